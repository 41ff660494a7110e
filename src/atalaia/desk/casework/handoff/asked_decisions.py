"""The decisions of a bulk restore as central is told of them."""

from collections.abc import Sequence

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.casework.handoff.document import AskedDecision, Line
from atalaia.desk.casework.restore.rows import restore_lines
from atalaia.domain.case_codes import RestoreState
from atalaia.domain.names import CodeNames

__all__ = ["asked_decisions", "decision_lines"]

SHOWN = 20


def asked_decisions(key: str, *, by: Actor) -> tuple[AskedDecision, ...]:
    """Return the decisions of a case that have no result yet."""
    return tuple(
        AskedDecision(decision=each.decision, session=each.session, policy=each.policy)
        for each in restore_lines(key, by=by, state=RestoreState.ASKED)
    )


def decision_lines(
    decisions: Sequence[AskedDecision], *, root_cause: str, names: CodeNames
) -> list[Line]:
    """Return what is told of them in few lines: the workbook holds each of them."""
    if not decisions:
        return []
    first = ", ".join(each.decision for each in decisions[:SHOWN])
    rest = len(decisions) - SHOWN
    listed = f"{first}, and {rest:,} more in the workbook" if rest > 0 else first
    cause = names.named("RootCause", root_cause).en if root_cause else "Not given."
    return [
        Line(label="How many", text=f"{len(decisions):,}"),
        Line(label="Their one cause", text=cause),
        Line(label="Decisions", text=f"{listed}."),
        Line(
            label="A result for each",
            text='Fill in Result and Reason on the sheet "Decisions" of the workbook, '
            "and send it back.",
        ),
    ]
