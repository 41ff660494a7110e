"""The names that a plan may use, and the bounds its numbers must keep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.marked_entry import Entry

__all__ = [
    "OutOfBoundsError",
    "RepeatedNameError",
    "Vocabulary",
    "bounded",
    "refuse_repeated",
]


class OutOfBoundsError(ReferenceDataError):
    """A number of a plan lies outside what it can mean."""

    message = (
        "{place}\nThe field '{field}' is {value}; it must lie between {low} and {high}."
    )
    next_step = "Change the number."


class RepeatedNameError(ReferenceDataError):
    """Two members of a list carry the name that should tell them apart."""

    message = "{place}\nThe field '{field}' is '{value}' a second time."
    next_step = "Give each its own name."


def bounded(entry: Entry, field: str, *, low: float, high: float) -> float:
    """Return a number within [low, high]; raises OutOfBoundsError."""
    value = entry.number(field)
    if not low <= value <= high:
        raise OutOfBoundsError(
            place=entry.child(field).mark,
            field=field,
            value=f"{value:g}",
            low=f"{low:g}",
            high=f"{high:g}",
        )
    return value


def refuse_repeated(entries: Sequence[Entry], *, field: str) -> None:
    """Raise RepeatedNameError at the first member whose `field` came before."""
    seen = set[str]()
    for entry in entries:
        name = entry.text(field)
        if name in seen:
            raise RepeatedNameError(
                place=entry.child(field).mark, field=field, value=name
            )
        seen.add(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Names that exist; `days` of the world.

    `model_of` names the model of each policy that a session can break; `app_versions`
    gives the day from which each is in use.
    """

    markets: tuple[str, ...]
    model_of: Mapping[str, str]
    app_versions: Mapping[str, int]
    days: int

    def market(self, entry: Entry) -> str:
        """Return a known market; an unknown one is an error with its nearest."""
        return entry.one_of(self.markets, kind="market")

    def policy(self, entry: Entry) -> str:
        """Return a known policy; an unknown one is an error with its nearest."""
        return entry.one_of(self.model_of, kind="policy")

    def share(self, entry: Entry, field: str) -> float:
        """Return a share between 0 and 1."""
        return bounded(entry, field, low=0, high=1)

    def day(self, entry: Entry, field: str) -> int:
        """Return a day of the world, counted from 0."""
        return int(bounded(entry, field, low=0, high=self.days - 1))
