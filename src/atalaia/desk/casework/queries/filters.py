"""What a list of cases is narrowed to; what does not exist is refused, not ignored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.colleagues import person_id_of
from atalaia.desk.casework.errors import UnknownFilterError
from atalaia.desk.casework.queries.clock_states import CENTRAL, REGIONAL, Condition
from atalaia.desk.casework.queries.heaps import HEAPS, HeapName
from atalaia.desk.casework.workflow import NEXT_MOVE
from atalaia.desk.shell.trade import trade
from atalaia.domain.case_codes import ClockState, NextMove, RequestedOutcome
from atalaia.domain.nearest import nearest
from atalaia.domain.work_codes import CasePriority, CaseState, CaseType, CentralTeam

__all__ = ["FILTERS", "CaseFilters", "Owner", "filters_of", "narrowed"]


class Owner(StrEnum):
    """Whose cases, where no person is named by their id."""

    ME = "me"
    NOBODY = "nobody"


class Standing(StrEnum):
    """Open cases, ended ones, or both."""

    OPEN = "open"
    ENDED = "ended"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilters:
    """Values to narrow a list by; an empty one narrows nothing.

    Attributes:
        owner: "me", "nobody" or a person's id.
        regional, central: how the region's or central's clock stands.
        owed: what has to be done next, as the first screen heaps it up.
        policy: a policy or a group of them; what lies below counts.
        words: part of a key, of central's reference or of the description.
    """

    standing: str = Standing.OPEN
    market: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    priority: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    next_move: tuple[str, ...] = ()
    central_team: tuple[str, ...] = ()
    requested_outcome: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    regional: tuple[str, ...] = ()
    central: tuple[str, ...] = ()
    owed: tuple[str, ...] = ()
    owner: str = ""
    policy: str = ""
    trap: str = ""
    model_version: str = ""
    creator: str = ""
    agency: str = ""
    session: str = ""
    external_ref: str = ""
    words: str = ""


CLOCK_STATES = (
    ClockState.ON_TIME,
    ClockState.DUE_SOON,
    ClockState.BREACHED,
    ClockState.PAUSED,
)
FREE = (
    "model_version",
    "creator",
    "agency",
    "session",
    "external_ref",
    "words",
    "language",
)
FILTERS = tuple(CaseFilters.__dataclass_fields__)
"""The names of all filters, as they stand in an address."""


def filters_of(given: Mapping[str, Sequence[str]]) -> CaseFilters:
    """Read filters as an address holds them; raises UnknownFilterError."""
    many = {
        name for name in FILTERS if CaseFilters.__dataclass_fields__[name].default == ()
    }
    known = _known()
    values: dict[str, str | tuple[str, ...]] = {}
    for name, each in given.items():
        texts = tuple(text.strip() for text in each if text.strip())
        if name not in FILTERS:
            _refuse(name, filter_name="", known=FILTERS)
        for text in texts:
            if name in known and text not in known[name]:
                _refuse(text, filter_name=name, known=known[name])
        if name == "owner" and texts and not _is_owner(texts[0]):
            _refuse(texts[0], filter_name=name, known=tuple(Owner))
        if texts:
            values[name] = texts if name in many else texts[0]
    return CaseFilters(**values)  # type: ignore[arg-type] # by the field's own default


def narrowed(filters: CaseFilters, *, by: Actor, now: datetime) -> Q:
    """Return the condition that the filters make."""
    rows = _standing(filters)
    for name in ("market", "type", "priority", "central_team", "requested_outcome"):
        rows &= _among(name, getattr(filters, name))
    rows &= _among("state", filters.state) & _among("language", filters.language)
    moves = [state for state, move in NEXT_MOVE.items() if move in filters.next_move]
    rows &= Q(state__in=moves) if filters.next_move else Q()
    rows &= _owner(filters.owner, by=by) & _policy(filters.policy)
    exact = {
        "trap_id": filters.trap,
        "model_version": filters.model_version,
        "creator_id": filters.creator,
        "agency_id": filters.agency,
        "session_id": filters.session,
        "external_ref": filters.external_ref,
    }
    rows &= Q(**{name: value for name, value in exact.items() if value})
    rows &= _either(filters.regional, REGIONAL, now=now)
    rows &= _either(filters.central, CENTRAL, now=now)
    rows &= _either(filters.owed, HEAPS, now=now)
    if filters.words:
        rows &= (
            Q(key__icontains=filters.words)
            | Q(external_ref__icontains=filters.words)
            | Q(description__icontains=filters.words)
        )
    return rows


def _known() -> Mapping[str, tuple[str, ...]]:
    reference = trade().reference
    return {
        "standing": tuple(Standing),
        "market": reference.markets.codes,
        "type": tuple(CaseType),
        "priority": tuple(CasePriority),
        "state": tuple(CaseState),
        "next_move": tuple(NextMove),
        "central_team": tuple(CentralTeam),
        "requested_outcome": tuple(RequestedOutcome),
        "regional": CLOCK_STATES,
        "central": CLOCK_STATES,
        "owed": tuple(HeapName),
        "policy": (*reference.policies.groups, *reference.policies.by_id),
        "trap": tuple(trap.id for trap in reference.traps),
    }


def _refuse(value: str, *, filter_name: str, known: Sequence[str]) -> None:
    raise UnknownFilterError(
        value=value, filter=filter_name or "?", nearest=nearest(value, known)
    )


def _is_owner(text: str) -> bool:
    # No database numbers rows beyond 18 digits, and few digits of Unicode are numbers.
    is_number = text.isascii() and text.isdigit() and len(text) <= 18
    return text in tuple(Owner) or is_number


def _standing(filters: CaseFilters) -> Q:
    if filters.state or filters.standing == Standing.ALL:
        return Q()
    return Q(is_open=filters.standing != Standing.ENDED)


def _among(name: str, values: Sequence[str]) -> Q:
    return Q(**{f"{name}__in": values}) if values else Q()


def _owner(owner: str, *, by: Actor) -> Q:
    if not owner:
        return Q()
    if owner == Owner.NOBODY:
        return Q(owner=None)
    return Q(owner=person_id_of(by) if owner == Owner.ME else int(owner))


def _policy(policy: str) -> Q:
    below = Q(policy_id=policy) | Q(policy_id__startswith=f"{policy}.")
    return below if policy else Q()


def _either(
    states: Sequence[str], conditions: Mapping[str, Condition], *, now: datetime
) -> Q:
    rows = Q()
    for state in states:
        rows |= conditions[state](now)
    return rows
