"""A brief in one language: every string is ready to be shown, nothing is decided."""

from dataclasses import dataclass
from datetime import date

__all__ = [
    "DayTick",
    "Mark",
    "Section",
    "SpokenBrief",
    "SpokenFigure",
    "SpokenPair",
    "SpokenTrend",
    "Table",
    "Tick",
    "TrendPoint",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of words; `numeric` names the columns set flush right."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A labelled height of a trend, its unit in the label."""

    at: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTick:
    """A labelled day of a trend."""

    day: date
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What happened on a day of a trend: a letter on its line, the name in the key."""

    day: date
    letter: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPoint:
    """One day of a trend; `value` is empty on a day without one."""

    day: date
    value: float | None
    low: float | None
    high: float | None
    is_provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenTrend:
    """A trend ready to be drawn.

    `says` tells it whole to a screen reader, `caption` to a reader who has the name
    before their eyes. `marks` is what the lettered lines stand for.
    """

    says: str
    caption: str
    points: tuple[TrendPoint, ...]
    ticks: tuple[Tick, ...]
    days: tuple[DayTick, ...]
    marks: tuple[Mark, ...]
    target: float | None
    last: str
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenFigure:
    """One key figure in words; empty strings are lines that do not apply.

    `period` is empty for a figure of the brief's own day, `unit` where the value
    carries it. `interval` is a phrase; `no_interval` a sentence that says why there is
    none.
    """

    code: str
    name: str
    period: str
    value: str
    unit: str
    change: str
    word: str
    word_kind: str
    interval: str
    no_interval: str
    target: str
    base: str
    status: str
    reason: str
    caveats: tuple[str, ...]
    trend: SpokenTrend | None

    @property
    def notes(self) -> tuple[str, ...]:
        """What the value is measured against and how sure it is, in every format."""
        return tuple(n for n in (self.target, self.base, self.interval) if n)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenPair:
    """Figures that must be read together, with the reason why."""

    why: str
    figures: tuple[SpokenFigure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled part of the page: sentences, then a table where there is one."""

    key: str
    title: str
    sentences: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenBrief:
    """The whole brief in one language; `language` is a BCP 47 tag."""

    language: str
    title: str
    subtitle: str
    headline_title: str
    headline: tuple[str, ...]
    figures_title: str
    figures: tuple[SpokenFigure, ...]
    pairs_title: str
    pairs: tuple[SpokenPair, ...]
    sections: tuple[Section, ...]
    provenance: str
    copy_label: str
    copied_label: str
    copy_failed_label: str
    chat_label: str
    table_label: str
