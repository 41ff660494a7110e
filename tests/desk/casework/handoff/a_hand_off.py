"""Cases on their way to central, for the tests of the hand-off."""

from datetime import datetime
from typing import Any

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.casework.handoff.building import hand_off_for
from atalaia.desk.casework.handoff.document import HandOff, Line
from atalaia.desk.casework.handoff.sending import Sent, send
from atalaia.desk.casework.handoff.tokens import new_key
from atalaia.domain.work_codes import CaseType
from desk.a_case import REFERENCES, a_triaged_case
from desk.people import NOW

__all__ = ["OVERKILL", "a_link", "an_overkill_case", "line", "text_of"]

OVERKILL: dict[str, Any] = {
    "what_is_seen": "Hosts dance; a toy gun lies on the table.",
    "affected_n": 786,
    "sample_n": 120,
    "sample_wrong_n": 41,
    "sample_frame_n": 2300,
    "sample_is_random": True,
    "counter_evidence": "In 9 of 120 the gun was real.",
    "cost_if_granted": "About 2 missed violations a week.",
    "commercial_interest": "agency",
    "commercial_interest_what": "Agency a-3, gold tier, asked twice.",
    "precedent_checked": True,
    "precedent_searched_in": "The diff board and cases since May.",
    "moment_at": "2026-11-22T21:14:09-03:00",
    "session_started_at": "2026-11-22T20:00:00-03:00",
    "decision_at": "2026-11-22T21:16:00-03:00",
    "original_words": "É de brinquedo, gente",
    "original_words_gloss": "It is a toy, folks",
}


def a_link(by: Actor, *, now: datetime = NOW, **told: Any) -> Sent:
    """Open a disputed penalty, send it, and return its link."""
    key = a_triaged_case(by, now=now, **told)
    return send(key, form_key=new_key(), by=by, now=now)


def an_overkill_case(by: Actor, **fields: Any) -> str:
    """Open and triage a case of overkill with all that can be told of it."""
    return a_triaged_case(
        by,
        type=CaseType.OVERKILL,
        references=REFERENCES,
        fields={**OVERKILL, **fields},
    )


def line(hand_off: HandOff, label: str) -> Line:
    """Return the one line of a label."""
    (found,) = [each for each in hand_off.lines if each.label == label]
    return found


def text_of(label: str, *, by: Actor, **fields: Any) -> str:
    """Return what a case of overkill with these answers says under a label."""
    key = an_overkill_case(by, **fields)
    return line(hand_off_for(key, by=by, now=NOW), label).text
