"""A policy's text for a time: its consequence, its exceptions and its markets."""

from dataclasses import dataclass, replace
from datetime import date

from atalaia.domain.codes import Lane, PenaltyCode, Severity
from atalaia.domain.trilingual import Trilingual

__all__ = ["AllowNote", "MarketOverride", "PolicyVersion", "Season"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """A part of every year, both days included; it may span New Year.

    Days are (month, day). Movable feasts are given the widest range of their dates.
    """

    start: tuple[int, int]
    end: tuple[int, int]

    def includes(self, day: date) -> bool:
        """Whether the day falls in the season.

        >>> Season(start=(12, 20), end=(1, 6)).includes(date(2026, 1, 2))
        True
        """
        here = (day.month, day.day)
        if self.start <= self.end:
            return self.start <= here <= self.end
        return here >= self.start or here <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowNote:
    """What looks like a breach and is allowed; no markets means every market."""

    text: Trilingual
    markets: frozenset[str] = frozenset()
    season: Season | None = None

    def applies(self, *, market: str, on: date) -> bool:
        """Whether the note holds in a market on a local date."""
        here = not self.markets or market in self.markets
        return here and (self.season is None or self.season.includes(on))


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketOverride:
    """What differs in some markets, always or between two local dates.

    `effective_to` is the first day on which it no longer holds. A part that is None
    stays as the version states it.
    """

    markets: frozenset[str]
    why: Trilingual
    effective_from: date | None = None
    effective_to: date | None = None
    severity: Severity | None = None
    lane: Lane | None = None
    first_penalties: tuple[PenaltyCode, ...] | None = None
    repeat_penalties: tuple[PenaltyCode, ...] | None = None

    def applies(self, *, market: str, on: date) -> bool:
        """Whether the override holds in a market on a local date."""
        return market in self.markets and _between(
            on, start=self.effective_from, end=self.effective_to
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyVersion:
    """One wording of a policy with its consequence.

    No `effective_from` means that it has always been in force; `effective_to` is the
    first day on which it no longer is. `override` is set on a version that
    `PolicyTree.in_force` returned with a market's own rule applied.
    """

    policy_id: str
    label: str
    severity: Severity
    lane: Lane
    first_penalties: tuple[PenaltyCode, ...]
    repeat_penalties: tuple[PenaltyCode, ...]
    effective_from: date | None = None
    effective_to: date | None = None
    allow_notes: tuple[AllowNote, ...] = ()
    overrides: tuple[MarketOverride, ...] = ()
    override: MarketOverride | None = None
    change_note: Trilingual | None = None

    @property
    def id(self) -> str:
        """The name that decisions, penalties and verdicts carry."""
        return f"{self.policy_id}@{self.label}"

    def covers(self, on: date) -> bool:
        """Whether the version is in force on a local date."""
        return _between(on, start=self.effective_from, end=self.effective_to)

    def at(self, *, market: str, on: date) -> "PolicyVersion":
        """Return the version as a market reads it on a date: override and notes."""
        notes = tuple(
            note for note in self.allow_notes if note.applies(market=market, on=on)
        )
        chosen = (item for item in self.overrides if item.applies(market=market, on=on))
        override = next(chosen, None)
        if override is None:
            return replace(self, allow_notes=notes)
        return replace(
            self,
            severity=override.severity or self.severity,
            lane=override.lane or self.lane,
            first_penalties=_or(override.first_penalties, self.first_penalties),
            repeat_penalties=_or(override.repeat_penalties, self.repeat_penalties),
            allow_notes=notes,
            override=override,
        )


def _between(day: date, *, start: date | None, end: date | None) -> bool:
    return (start is None or start <= day) and (end is None or day < end)


def _or(
    changed: tuple[PenaltyCode, ...] | None, stated: tuple[PenaltyCode, ...]
) -> tuple[PenaltyCode, ...]:
    return stated if changed is None else changed
