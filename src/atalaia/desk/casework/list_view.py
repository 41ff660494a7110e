"""What a list of cases is asked for by its address, and the choices beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from urllib.parse import urlencode

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.errors import UnknownFilterError
from atalaia.desk.casework.queries import CaseFilters, Sort, filters_of
from atalaia.desk.shell.trade import trade
from atalaia.domain.case_codes import ClockState, NextMove, RequestedOutcome
from atalaia.domain.nearest import nearest
from atalaia.domain.work_codes import CasePriority, CaseState, CaseType, CentralTeam
from atalaia.language.catalogue import Translator

__all__ = [
    "OWED_MESSAGES",
    "OWNER_MESSAGES",
    "SORT_MESSAGES",
    "STANDING_MESSAGES",
    "Asked",
    "Chip",
    "Choice",
    "Group",
    "asked_of",
    "chips",
    "groups",
    "one_of_table",
]

OWN = ("q", "sort", "after", "open")
GROUP_MESSAGES: Mapping[str, str] = {
    "market": "Market",
    "priority": "Priority",
    "regional": "Clock of the region",
    "central": "Clock of central",
    "next_move": "Owes the next move",
    "state": "State",
    "type": "Type",
    "central_team": "Central team",
    "requested_outcome": "Ask",
}
FREE_MESSAGES: Mapping[str, str] = {
    "policy": "Policy",
    "trap": "False-positive trap",
    "model_version": "Model version",
    "creator": "Creator",
    "agency": "Agency",
    "session": "LIVE session",
    "language": "Language",
    "external_ref": "Reference of central",
    "words": "Words",
    "owed": "Owed",
    "owner": "Owner",
    "standing": "Open or ended",
}
OWNER_MESSAGES: Mapping[str, str] = {"me": "My cases", "nobody": "Nobody's cases"}
OWED_MESSAGES: Mapping[str, str] = {
    "urgent": "P0 and P1, open",
    "breaching": "Due within 4 hours",
    "late": "Past the deadline",
    "fixes": "Fixes to check",
    "central_due": "Central answers within 4 hours",
    "central_silent": "Central is silent past its deadline",
    "ahead": "Due within 72 hours",
    "diffs": "Diff candidates",
}
STANDING_MESSAGES: Mapping[str, str] = {
    "open": "Open",
    "ended": "Ended",
    "all": "Open and ended",
}
SORT_MESSAGES: Mapping[str, str] = {
    "priority": "Most urgent first",
    "due": "Region's deadline first",
    "answer_due": "Central's deadline first",
    "opened": "Newest first",
    "changed": "Changed last first",
}
CODES: Mapping[str, tuple[StrEnum, ...]] = MappingProxyType(
    {
        "priority": tuple(CasePriority),
        "regional": tuple(ClockState)[:4],
        "central": tuple(ClockState)[:3],
        "next_move": tuple(NextMove),
        "state": tuple(CaseState),
        "type": tuple(CaseType),
        "central_team": tuple(CentralTeam),
        "requested_outcome": tuple(RequestedOutcome),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an address asks for.

    Attributes:
        given: the filters as they stand in the address, without page and case in hand.
        open_key: the case in hand, "" for none.
    """

    filters: CaseFilters
    sort: Sort
    after: str
    open_key: str
    given: tuple[tuple[str, str], ...]

    @property
    def query(self) -> str:
        """The filters and the order as a query that can be kept and shared."""
        return urlencode(self.given)

    def without(self, name: str, value: str) -> str:
        """Return the query with one value taken out."""
        return urlencode([each for each in self.given if each != (name, value)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value of a filter as it is read."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One filter with its values."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A filter that is on, and the query without it."""

    label: str
    value: str
    without: str


def asked_of(given: Mapping[str, Sequence[str]]) -> Asked:
    """Read an address; raises UnknownFilterError for anything it does not know."""
    values = {name: [v for v in each if v.strip()] for name, each in given.items()}
    filters: dict[str, Sequence[str]] = {
        name: each for name, each in values.items() if name not in OWN and each
    }
    if values.get("q"):
        # Whoever looks for a case by name means ended ones too.
        filters = {"standing": ["all"], "words": values["q"][:1], **filters}
    sort = (values.get("sort") or [Sort.PRIORITY])[0]
    if sort not in tuple(Sort):
        raise UnknownFilterError(
            value=sort, filter="sort", nearest=nearest(sort, tuple(Sort))
        )
    kept = [(name, value) for name, each in filters.items() for value in each]
    order = [] if sort == Sort.PRIORITY else [("sort", str(sort))]
    return Asked(
        filters=filters_of(filters),
        sort=Sort(sort),
        after=_first(values, "after"),
        open_key=_first(values, "open"),
        given=(*kept, *order),
    )


def groups(filters: CaseFilters, *, by: Actor, words: Translator) -> tuple[Group, ...]:
    """Return the filters with a closed list, each value named for its reader."""
    names = trade().reference.names
    markets = trade().reference.markets
    seen = by.markets(Right.SEE_CASES, known=markets.codes)
    lists: dict[str, list[tuple[str, str]]] = {
        "market": [(code, markets.of(code).name.of(words.language)) for code in seen]
    }
    for name, members in CODES.items():
        lists[name] = [(each, names.of(each).of(words.language)) for each in members]
    return tuple(
        Group(
            name=name,
            label=words.text(message),
            choices=_choices(lists[name], chosen=getattr(filters, name)),
        )
        for name, message in GROUP_MESSAGES.items()
    )


def one_of_table(
    messages: Mapping[str, str], *, chosen: str, words: Translator
) -> tuple[Choice, ...]:
    """Return the values of a table of sentences as choices."""
    pairs = [(value, words.text(message)) for value, message in messages.items()]
    return _choices(pairs, chosen=(chosen,))


def chips(asked: Asked, *, words: Translator) -> tuple[Chip, ...]:
    """Return the filters that are on."""
    return tuple(
        Chip(
            label=words.text({**GROUP_MESSAGES, **FREE_MESSAGES}[name]),
            value=_named(name, value, words=words),
            without=asked.without(name, value),
        )
        for name, value in asked.given
        if name != "sort"
    )


def _named(name: str, value: str, *, words: Translator) -> str:
    reference = trade().reference
    if name in CODES:
        member = next(each for each in CODES[name] if each == value)
        return reference.names.of(member).of(words.language)
    if name == "market":
        return reference.markets.of(value).name.of(words.language)
    if name == "policy":
        return reference.policies.name(value).of(words.language)
    tables = {
        "owed": OWED_MESSAGES,
        "owner": OWNER_MESSAGES,
        "standing": STANDING_MESSAGES,
    }
    table = tables.get(name, {})
    return words.text(table[value]) if value in table else value


def _choices(
    pairs: Iterable[tuple[str, str]], *, chosen: Sequence[str]
) -> tuple[Choice, ...]:
    return tuple(
        Choice(value=value, label=label, is_chosen=value in chosen)
        for value, label in pairs
    )


def _first(values: Mapping[str, Sequence[str]], name: str) -> str:
    each = values.get(name)
    return each[0] if each else ""
