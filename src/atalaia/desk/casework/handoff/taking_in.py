"""Take answers in that came outside the desk: a pasted reply, or a file of statuses."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from atalaia.desk.accounts.access import found, seen
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.fates import Fate
from atalaia.desk.casework.handoff.answering import write_down
from atalaia.desk.casework.handoff.errors import (
    ContradictoryRowError,
    SeveralReferencesError,
    UnknownReferenceError,
)
from atalaia.desk.casework.handoff.pasted import Understood, understood
from atalaia.desk.casework.handoff.status_file import StatusRow, answer_of_row
from atalaia.desk.casework.handoff.verdicts import Answer, Way
from atalaia.desk.casework.models import Case
from atalaia.desk.casework.workflow import IN_CENTRAL
from atalaia.desk.shell.trade import trade
from atalaia.domain.case_codes import ReturnReason
from atalaia.domain.errors import AtalaiaError
from atalaia.domain.trilingual import Trilingual

__all__ = ["RowOutcome", "read_reply", "take_in_statuses"]

OTHER_CASE = Trilingual(
    "the case and central's reference belong to different cases",
    "el caso y la referencia del equipo central son de casos distintos",
    "o caso e a referência do time central são de casos diferentes",
)
OTHER_ROW = Trilingual(
    "another row of the same case says something else",
    "otra fila del mismo caso dice otra cosa",
    "outra linha do mesmo caso diz outra coisa",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOutcome:
    """What became of one row of a file; `case` is "" where none was found."""

    row: StatusRow
    case: str
    fate: Fate
    error: AtalaiaError | None = None


def read_reply(text: str, *, by: Actor) -> Understood:
    """Return what a pasted reply says of one of the reader's cases; saves nothing.

    Raises:
        UnknownReferenceError: the case is not theirs, or does not exist.
        NoReferenceError, SeveralReferencesError, NoVerdictError, AmbiguousReplyError,
        NegatedVerdictError, QuestionedVerdictError: it does not clearly say one thing.
    """
    rows = seen(Case, by=by, right=Right.WORK_CASES)
    asked = rows.filter(state__in=IN_CENTRAL).exclude(external_ref="")
    names = trade().reference.names
    read = understood(
        text,
        external_refs=frozenset(asked.values_list("external_ref", flat=True)),
        reasons={each: tuple(names.of(each)) for each in ReturnReason},
    )
    case = _case_of(read.case, external_ref=read.external_ref, by=by)
    return replace(read, case=case)


def take_in_statuses(
    rows: Iterable[StatusRow], *, by: Actor, now: datetime
) -> tuple[RowOutcome, ...]:
    """Write the answers of a file down, row by row.

    A row that is refused costs its neighbours nothing; the same file again changes
    nothing. Rows of one case that do not agree are all refused.
    """
    read = [_read(row, by=by) for row in rows]
    said: dict[str, set[tuple[object, ...]]] = {}
    for each in read:
        if isinstance(each, _Read):
            said.setdefault(each.case, set()).add(each.said)
    return tuple(
        _apply(each, agrees=len(said[each.case]) == 1, by=by, now=now)
        if isinstance(each, _Read)
        else each
        for each in read
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    row: StatusRow
    case: str
    answer: Answer

    @property
    def said(self) -> tuple[object, ...]:
        answer = self.answer
        return (answer.verdict, answer.reason, answer.fix_due_on)


def _read(row: StatusRow, *, by: Actor) -> _Read | RowOutcome:
    case = ""
    try:
        case = _case_of_row(row, by=by)
        return _Read(row=row, case=case, answer=answer_of_row(row))
    except AtalaiaError as error:
        return RowOutcome(row=row, case=case, fate=Fate.REFUSED, error=error)


def _apply(read: _Read, *, agrees: bool, by: Actor, now: datetime) -> RowOutcome:
    try:
        if not agrees:
            raise ContradictoryRowError(row=read.row.at, why=OTHER_ROW)
        before = _moves_n(read.case, by=by)
        write_down(read.case, read.answer, way=Way.FILE, by=by, now=now)
        after = _moves_n(read.case, by=by)
    except AtalaiaError as error:
        return RowOutcome(row=read.row, case=read.case, fate=Fate.REFUSED, error=error)
    fate = Fate.UNCHANGED if after == before else Fate.SAVED
    return RowOutcome(row=read.row, case=read.case, fate=fate)


def _moves_n(key: str, *, by: Actor) -> int:
    return found(Case, key, by=by, right=Right.WORK_CASES).moves_n


def _case_of_row(row: StatusRow, *, by: Actor) -> str:
    """Return the one case that a row names by either column."""
    if not row.case:
        return _case_of("", external_ref=row.external_ref, by=by)
    case = _case_of(row.case, external_ref="", by=by)
    if row.external_ref:
        held = found(Case, case, by=by, right=Right.WORK_CASES).external_ref
        if held and held.casefold() != row.external_ref.casefold():
            raise ContradictoryRowError(row=row.at, why=OTHER_CASE)
    return case


def _case_of(key: str, *, external_ref: str, by: Actor) -> str:
    """Return the key of a case of this person; raises UnknownReferenceError."""
    rows = seen(Case, by=by, right=Right.WORK_CASES)
    if key or not external_ref:
        rows = rows.filter(key=key)
    else:
        rows = rows.filter(external_ref__iexact=external_ref)
    keys = list(rows.order_by("key").values_list("key", flat=True)[:2])
    if len(keys) > 1:
        raise SeveralReferencesError(found=keys)
    if not keys:
        raise UnknownReferenceError(reference=key or external_ref)
    return keys[0]
