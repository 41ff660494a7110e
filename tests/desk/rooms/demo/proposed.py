"""Cases as the simulation proposes them."""

from datetime import UTC, datetime, timedelta

from atalaia.domain.work_codes import CaseState
from atalaia.simulation.proposals import Proposal, ProposedMove

__all__ = ["MONDAY", "SENT", "a_proposal"]

MONDAY = datetime(2026, 11, 16, 12, tzinfo=UTC)
SENT = ("triaged", "evidence_complete", "submitted_central")


def a_proposal(*path: str, number: int = 1, **told: object) -> Proposal:
    """Return a case that takes a path, a step an hour."""
    opened = MONDAY + timedelta(minutes=number)
    values = {
        "case_id": f"k{number}",
        "market": "BR",
        "type": "penalty_dispute",
        "priority": "P2",
        "opened_at": opened,
        "central_team": "tns",
        "policy_id": "tns.harassment.profanity",
        "trap_id": "",
        "creator_id": "c100",
        "agency_id": "ag1",
        "session_id": "s1",
        "decision_id": "d1",
        "model_version": "v7.4",
        "decided_at": opened - timedelta(hours=3),
        "root_cause": "",
        "resolution": "",
        "is_fix_promised": False,
        "moves": tuple(
            ProposedMove(at=opened + timedelta(hours=at), to=CaseState(state))
            for at, state in enumerate(path, start=1)
        ),
    }
    return Proposal(**{**values, **told})
