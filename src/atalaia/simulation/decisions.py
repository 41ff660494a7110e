"""Decisions as the platform writes them, one per rung and one per unit passed."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from atalaia.domain.codes import Outcome
from atalaia.simulation import columns
from atalaia.simulation.agencies import agency_ids
from atalaia.simulation.arrays import Flags, Ints
from atalaia.simulation.candidates import Candidates
from atalaia.simulation.climb import OUTCOME_OF, OUTCOMES, Steps
from atalaia.simulation.creators import Tongues, creator_ids
from atalaia.simulation.moderation import ACTORS, AUTOMATED, DETECTIONS, Judged
from atalaia.simulation.queues import QUEUES
from atalaia.simulation.rules import LANES, SEVERITIES, Catalogue, Rules
from atalaia.simulation.sessions import Sessions, session_ids

__all__ = ["decision_ids", "decision_rows", "numbered"]


def numbered(steps: Steps, *, first_number: int) -> Ints:
    """Return each step's decision number, in the order of time."""
    number = np.zeros(steps.at.size, dtype=np.int64)
    order = np.argsort(steps.at, kind="stable")
    number[order] = first_number + np.arange(steps.at.size)
    return number


def decision_ids(number: Ints) -> pa.Array:
    """Return decision identifiers; -1 is empty."""
    return columns.ids("d", number)


def decision_rows(
    steps: Steps,
    *,
    number: Ints,
    judged: Judged,
    candidates: Candidates,
    sessions: Sessions,
    hides_creator: Flags,
    rules: Rules,
    catalogue: Catalogue,
    tongues: Tongues,
    moderators: Sequence[str],
    versions: Sequence[str],
) -> pa.Table:
    """Return the decisions as contract rows, known when taken."""
    row = steps.judged
    session = candidates.session[judged.candidate[row]]
    market, policy = sessions.market[session], judged.policy[row]
    creator = np.where(hides_creator[policy], -1, sessions.creator[session])
    outcome = np.where(
        steps.code < 0, OUTCOMES.index(Outcome.NO_ACTION), OUTCOME_OF[steps.code]
    )
    detection = judged.detection[row]
    return columns.observations(
        "moderation_decision",
        {
            "decision_id": decision_ids(number),
            "session_id": session_ids(sessions.number[session]),
            "creator_id": creator_ids(creator),
            "market": columns.text(catalogue.markets, market),
            "agency_id": agency_ids(sessions.agency[session]),
            "policy_id": columns.text(catalogue.policies, policy),
            "policy_version": columns.text(
                catalogue.versions, rules.version[market, policy]
            ),
            "lane": columns.text(LANES, rules.lane[market, policy]),
            "outcome": columns.text(OUTCOMES, outcome),
            "severity": columns.text(SEVERITIES, rules.severity[market, policy]),
            "decided_at": columns.instants(steps.at),
            "first_signal_at": columns.instants(judged.first_signal[row]),
            "detection": columns.text(DETECTIONS, detection),
            "automated_decision": columns.text(AUTOMATED, judged.automated[row]),
            "automated_detection": columns.flags(detection == 0),
            "actor": columns.text(ACTORS, judged.actor[row]),
            "queue": columns.text(QUEUES, judged.queue[row]),
            "moderator_id": columns.text(moderators, judged.moderator[row]),
            "language_skill_match": columns.flags(judged.is_match[row]),
            "model_version": columns.text(
                versions, candidates.version[judged.candidate[row]]
            ),
            "confidence": columns.numbers(judged.confidence[row]),
            "exception": columns.text(("none",), np.zeros(row.size, dtype=np.int64)),
            "dsa_category": columns.text(catalogue.dsa_categories, policy),
            "content_language": columns.text(
                tongues.languages, sessions.language[session]
            ),
            "content_date": columns.instants(sessions.starts_at[session]),
        },
        known_at=steps.at,
    )
