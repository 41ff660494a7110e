"""What central can answer, and an answer as people read it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from atalaia.desk.casework.handoff.models import Reply
from atalaia.domain.case_codes import ReturnReason

__all__ = ["VERDICT_MESSAGES", "Answer", "Told", "Verdict", "Way", "told_of"]


class Verdict(StrEnum):
    """The three answers of central, and the question that is none."""

    ACCEPT = "accept"
    RETURN = "return"
    REJECT = "reject"
    ASK = "ask"


VERDICT_MESSAGES = {
    Verdict.ACCEPT: "Accepted",
    Verdict.RETURN: "Returned",
    Verdict.REJECT: "Rejected",
    Verdict.ASK: "Question asked",
}


class Way(StrEnum):
    """How an answer came."""

    LINK = "link"
    TEXT = "text"
    FILE = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What central says about a case.

    Attributes:
        reason: why it is returned; None for every other verdict.
        text: why, in words; a rejection and a question need it.
        from_name, from_email: who answers, as they typed it.
    """

    verdict: Verdict
    reason: ReturnReason | None = None
    text: str = ""
    is_fix_promised: bool = False
    fix_due_on: date | None = None
    from_name: str = ""
    from_email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An answer that was written down, when and by which way."""

    answer: Answer
    way: Way
    said_at: datetime


def told_of(row: Reply) -> Told:
    """Return an answer as it was written down."""
    return Told(
        answer=Answer(
            verdict=Verdict(row.verdict),
            reason=ReturnReason(row.reason) if row.reason else None,
            text=row.text,
            is_fix_promised=row.is_fix_promised,
            fix_due_on=row.fix_due_on,
            from_name=row.from_name,
            from_email=row.from_email,
        ),
        way=Way(row.way),
        said_at=row.said_at,
    )
