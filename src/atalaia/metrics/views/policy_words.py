"""Read a policy's first level and domain off its dotted id."""

import ibis

from atalaia.domain.codes import Domain

__all__ = [
    "DECISION_WORDS",
    "ORGANIC",
    "UNKNOWN",
    "known",
    "or_organic",
    "policy_levels",
]

UNKNOWN = "unknown"
ORGANIC = "organic"
"""In place of the agency of a creator who has none."""
DECISION_WORDS = (
    "domain",
    "policy_l1",
    "policy",
    "severity",
    "lane",
    "actor",
    "queue",
    "automated",
    "model_version",
)


def known(column: ibis.Value) -> ibis.Value:
    """Return the text, with null and empty said as "unknown"."""
    return column.nullif("").fill_null(UNKNOWN)


def or_organic(agency: ibis.Value) -> ibis.Value:
    """Return the agency, with null and empty said as "organic"."""
    return agency.nullif("").fill_null(ORGANIC)


def policy_levels(policy: ibis.Value) -> dict[str, ibis.Value]:
    """Return the columns that a policy's id is told by: itself, first level, domain."""
    return {
        "policy": policy,
        "policy_l1": _first_level(policy),
        "domain": _domain(policy),
    }


def _first_level(policy: ibis.Value) -> ibis.Value:
    """Return the first two parts: "tns.minors" of "tns.minors.gift_bait"."""
    return policy.re_extract(r"^[^.]+\.[^.]+", 0).nullif("").fill_null(policy)


def _domain(policy: ibis.Value) -> ibis.Value:
    """Return the domain that the id's first part stands for."""
    return ibis.cases(
        (policy.startswith("tns."), Domain.TNS.value),
        (policy.startswith("eco."), Domain.ECOSYSTEM.value),
        else_=UNKNOWN,
    )
