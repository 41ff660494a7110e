"""What people read in place of a dimension's name and of its values."""

from atalaia.domain.fact_names import FACT_NAMES
from atalaia.domain.reference import Reference
from atalaia.language.catalogue import Translator
from atalaia.metrics.dimensions import DIMENSION_NAMES
from atalaia.metrics.views.policy_words import ORGANIC, UNKNOWN

__all__ = ["dimension_header", "slice_name"]

CODE_LISTS = {
    "domain": "Domain",
    "severity": "Severity",
    "lane": "Lane",
    "actor": "Actor",
    "automated": "AutomatedDecision",
    "tier": "Tier",
    "genre": "Genre",
    "category": "Genre",
    "traffic_source": "TrafficSource",
    "channel": "AppealChannel",
    "unit": "SampleUnit",
    "frame": "SampleFrame",
    "case_type": "CaseType",
    "priority": "CasePriority",
    "central_team": "CentralTeam",
    "diff_type": "DiffType",
    "action_type": "ActionType",
}
"""The closed list that a dimension's values are of; the others are open."""


def dimension_header(dimension: str, *, words: Translator) -> str:
    """Return a dimension's name as the header of a column."""
    name = DIMENSION_NAMES[dimension].of(words.language)
    return name[:1].upper() + name[1:]


def slice_name(
    dimension: str, value: str, *, reference: Reference, words: Translator
) -> str:
    """Return a value's name; one that has none, such as an agency's id, as it is."""
    if value == UNKNOWN:
        return words.text("unknown")
    if dimension == "agency" and value == ORGANIC:
        return words.text("no agency")
    codes = reference.names.lists.get(CODE_LISTS.get(dimension, ""), {})
    if value in codes:
        return codes[value].of(words.language)
    if dimension == "table" and value in FACT_NAMES:
        return FACT_NAMES[value].of(words.language)
    policies = reference.policies
    if dimension in ("policy", "policy_l1") and (
        value in policies.by_id or value in policies.groups
    ):
        return policies.name(value).of(words.language)
    return value
