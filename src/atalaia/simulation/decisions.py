"""Decisions as the platform writes them, one per rung and one per unit passed."""

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from atalaia.domain.codes import Detection, Outcome, ReviewException
from atalaia.simulation import columns
from atalaia.simulation.agencies import agency_ids
from atalaia.simulation.arrays import Flags, Ints
from atalaia.simulation.candidates import Candidates
from atalaia.simulation.climb import OUTCOME_OF, OUTCOMES, Steps
from atalaia.simulation.creators import Tongues, creator_ids
from atalaia.simulation.moderation import ACTORS, AUTOMATED, DETECTIONS, Judged
from atalaia.simulation.queues import QUEUES
from atalaia.simulation.rules import LANES, SEVERITIES, Catalogue, Rulings
from atalaia.simulation.sessions import Sessions, session_ids

__all__ = ["decision_ids", "decision_rows", "numbered"]

_NO_ACTION = OUTCOMES.index(Outcome.NO_ACTION)


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
    rulings: Rulings,
    catalogue: Catalogue,
    tongues: Tongues,
    moderators: Sequence[str],
    versions: Sequence[str],
) -> pa.Table:
    """Return the decisions as contract rows, known when taken.

    `rulings` says how each step's policy reads at that moment.
    """
    row = steps.judged
    session = candidates.session[judged.candidate[row]]
    policy = judged.policy[row]
    creator = np.where(hides_creator[policy], -1, sessions.creator[session])
    version = candidates.version[judged.candidate[row]]
    outcome = np.where(steps.code < 0, _NO_ACTION, OUTCOME_OF[steps.code])
    return columns.observations(
        "moderation_decision",
        {
            "decision_id": decision_ids(number),
            "creator_id": creator_ids(creator),
            "outcome": columns.text(OUTCOMES, outcome),
            "decided_at": columns.instants(steps.at),
            "moderator_id": columns.text(moderators, judged.moderator[row]),
            "model_version": columns.text(versions, version),
            **_room(sessions, which=session, tongues=tongues, catalogue=catalogue),
            **_rule(policy, rulings=rulings, catalogue=catalogue),
            **_handling(judged.kept(row)),
        },
        known_at=steps.at,
    )


def _room(
    sessions: Sessions, *, which: Ints, tongues: Tongues, catalogue: Catalogue
) -> Mapping[str, pa.Array]:
    return {
        "session_id": session_ids(sessions.number[which]),
        "market": columns.text(catalogue.markets, sessions.market[which]),
        "agency_id": agency_ids(sessions.agency[which]),
        "content_language": columns.text(tongues.languages, sessions.language[which]),
        "content_date": columns.instants(sessions.starts_at[which]),
    }


def _rule(
    policy: Ints, *, rulings: Rulings, catalogue: Catalogue
) -> Mapping[str, pa.Array]:
    return {
        "policy_id": columns.text(catalogue.policies, policy),
        "policy_version": columns.text(catalogue.versions, rulings.version),
        "lane": columns.text(LANES, rulings.lane),
        "severity": columns.text(SEVERITIES, rulings.severity),
        "dsa_category": columns.text(catalogue.dsa_categories, policy),
    }


def _handling(judged: Judged) -> Mapping[str, pa.Array]:
    same = np.zeros(judged.candidate.size, dtype=np.int64)
    by_model = judged.detection == DETECTIONS.index(Detection.PROACTIVE_MODEL)
    return {
        "first_signal_at": columns.instants(judged.first_signal),
        "detection": columns.text(DETECTIONS, judged.detection),
        "automated_decision": columns.text(AUTOMATED, judged.automated),
        "automated_detection": columns.flags(by_model),
        "actor": columns.text(ACTORS, judged.actor),
        "queue": columns.text(QUEUES, judged.queue),
        "language_skill_match": columns.flags(judged.is_match),
        "confidence": columns.numbers(judged.confidence),
        "exception": columns.text((ReviewException.NONE,), same),
    }
