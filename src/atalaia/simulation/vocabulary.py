"""The names that a plan may use, and the bounds its numbers must keep."""

from dataclasses import dataclass

from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.marked_entry import Entry

__all__ = ["OutOfBoundsError", "Vocabulary", "bounded"]


class OutOfBoundsError(ReferenceDataError):
    """A number of a plan lies outside what it can mean."""

    message = "{place}\nThe field '{field}' is {value}; it must be {expected}."
    next_step = "Change the number."


def bounded(entry: Entry, field: str, *, low: float, high: float) -> float:
    """Return a number within [low, high]; raises OutOfBoundsError."""
    value = entry.number(field)
    if not low <= value <= high:
        raise OutOfBoundsError(
            place=entry.child(field).mark,
            field=field,
            value=f"{value:g}",
            expected=f"from {low:g} to {high:g}",
        )
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Markets, policies, models and versions that exist; days of the world."""

    markets: tuple[str, ...]
    policies: tuple[str, ...]
    models: tuple[str, ...]
    app_versions: tuple[str, ...]
    days: int

    def market(self, entry: Entry) -> str:
        """Return a known market; an unknown one is an error with its nearest."""
        return entry.one_of(self.markets, kind="market")

    def policy(self, entry: Entry) -> str:
        """Return a known policy; an unknown one is an error with its nearest."""
        return entry.one_of(self.policies, kind="policy")

    def share(self, entry: Entry, field: str) -> float:
        """Return a share between 0 and 1."""
        return bounded(entry, field, low=0, high=1)

    def day(self, entry: Entry, field: str) -> int:
        """Return a day of the world, counted from 0."""
        return int(bounded(entry, field, low=0, high=self.days - 1))
