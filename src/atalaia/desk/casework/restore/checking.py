"""Look at each decision before it is asked for: the bad rows cost no others."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from atalaia.desk.casework.fates import Fate
from atalaia.desk.casework.restore.errors import (
    AskedElsewhereError,
    MalformedDecisionError,
    NothingEnforcedError,
    OtherMarketError,
    PersonInsteadError,
    RepeatedDecisionError,
    RestoredBeforeError,
    UndoneBeforeError,
    UnknownDecisionError,
)
from atalaia.desk.casework.restore.known import KnownDecision
from atalaia.desk.casework.restore.lists import TypedDecision
from atalaia.desk.shell.trade import trade
from atalaia.domain.errors import AtalaiaError
from atalaia.domain.personal_data import personal_data_in

__all__ = ["Elsewhere", "RowOutcome", "Standing", "checked", "is_id"]

ID = re.compile(r"[A-Za-z0-9._:/-]{1,80}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOutcome:
    """What became of one row; `decision` is "" where the row names a person."""

    at: int
    decision: str
    fate: Fate
    error: AtalaiaError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Another case that asked for a decision, and whether it was granted there."""

    case: str
    is_restored: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What each decision is held against.

    Attributes:
        here: decisions that the case asks for already.
        known: what the facts hold; None where nobody could look.
        takes_unknown: whether what the facts do not hold is asked for all the same.
    """

    market: str
    here: frozenset[str]
    elsewhere: Mapping[str, Elsewhere]
    known: Mapping[str, KnownDecision] | None
    takes_unknown: bool


def is_id(text: str) -> bool:
    """Whether a text can be the id of a decision."""
    return ID.fullmatch(text) is not None


def checked(
    rows: Iterable[TypedDecision], standing: Standing
) -> tuple[RowOutcome, ...]:
    """Return what becomes of each row; of those that name one decision, the first."""
    first: dict[str, int] = {}
    outcomes = []
    for row in rows:
        error = _malformed(row.decision)
        if error is None and row.decision in first:
            error = RepeatedDecisionError(row=first[row.decision])
        first.setdefault(row.decision, row.at)
        outcomes.append(_outcome(row, error or _against(row.decision, standing)))
    new = {each.decision for each in outcomes} - standing.here
    return tuple(
        each
        if each.fate is Fate.REFUSED or each.decision in new
        else replace(each, fate=Fate.UNCHANGED)
        for each in outcomes
    )


def _outcome(row: TypedDecision, error: AtalaiaError | None) -> RowOutcome:
    shown = "" if isinstance(error, PersonInsteadError) else row.decision[:80]
    fate = Fate.SAVED if error is None else Fate.REFUSED
    return RowOutcome(at=row.at, decision=shown, fate=fate, error=error)


def _malformed(named: str) -> AtalaiaError | None:
    # Eleven digits alone are an id as often as an identity number.
    person = () if named.isdigit() else personal_data_in(named)
    if person:
        names = trade().reference.names
        kinds = dict.fromkeys(each.kind for each in person)
        return PersonInsteadError(kinds=[names.of(kind) for kind in kinds])
    return None if is_id(named) else MalformedDecisionError()


def _against(named: str, standing: Standing) -> AtalaiaError | None:
    if named in standing.here:
        return None
    other = standing.elsewhere.get(named)
    if other is None:
        return _against_facts(named, standing)
    kind = RestoredBeforeError if other.is_restored else AskedElsewhereError
    return kind(case=other.case)


def _against_facts(named: str, standing: Standing) -> AtalaiaError | None:
    if standing.known is None:
        return None
    fact = standing.known.get(named)
    if fact is None:
        return None if standing.takes_unknown else UnknownDecisionError()
    if fact.market != standing.market:
        markets = trade().reference.markets
        market, home = markets.of(fact.market).name, markets.of(standing.market).name
        return OtherMarketError(market=market, home=home)
    if not fact.is_enforced:
        return NothingEnforcedError()
    return UndoneBeforeError() if fact.is_undone else None
