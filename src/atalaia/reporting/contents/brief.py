"""What a day's brief says, as frozen data that no language has touched yet.

Contents are computed once (`compose.py`), put into words per language
(`wording/`) and shown by any format (`reporting/formats`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from atalaia.domain.trilingual import Trilingual
from atalaia.metrics.metric import Unit

__all__ = [
    "Brief",
    "Caveat",
    "Figure",
    "Freshness",
    "Happening",
    "Moved",
    "Mover",
    "Owed",
    "Pair",
    "Point",
    "StepAway",
    "StepsAway",
    "Unit",
    "Word",
]


class Word(StrEnum):
    """Whether a change stands out from what chance alone does."""

    NOISE = "noise"
    REAL = "real"
    UNCLEAR = "cannot tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One day of a trend; `value` is empty when the day has no base."""

    day: date
    value: float | None
    low: float | None = None
    high: float | None = None
    is_provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Caveat:
    """A reason to read a figure with care: an English key and its fields."""

    message: str
    fields: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One key figure over a period, against the period it is compared with.

    `low` and `high` bound the value itself and exist for sampled figures only;
    `change_low` and `change_high` bound the change, in the unit of the value.
    `reason` says why `value` is missing, `interval_reason` why its interval is, and
    `change_reason` why the change or the interval of the change is; all three are
    English catalogue keys. `part` names the cell of `dims` that a figure is of, where
    it is not of the whole; `worst_case` bounds it had all that nobody could review been
    right, or wrong; `caveats` are what to bear in mind, one short sentence each.
    """

    metric: str
    name: Trilingual
    unit: Unit
    start: date
    end: date
    value: float | None
    compared_start: date
    compared_end: date
    before: float | None = None
    low: float | None = None
    high: float | None = None
    change: float | None = None
    change_low: float | None = None
    change_high: float | None = None
    confidence: float = 0.95
    word: Word = Word.UNCLEAR
    target: float | None = None
    lower_is_better: bool | None = None
    n: int = 0
    is_provisional: bool = False
    completeness: float | None = None
    reason: str | None = None
    reason_fields: Mapping[str, object] = field(default_factory=dict)
    interval_reason: str | None = None
    change_reason: str | None = None
    trend: tuple[Point, ...] = ()
    dims: Mapping[str, str] = field(default_factory=dict)
    part: Trilingual | None = None
    worst_case: tuple[float, float] | None = None
    caveats: tuple[Caveat, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """A slice whose figure moved between `start` and `end` and as many days before.

    `change_low` and `change_high` bound the change with this confidence, in the unit of
    the figure. `also` are slices in which most of the same cases show again. The slice
    is `value` of `dimension`; `market` is where most of its change lies.
    """

    metric: str
    name: Trilingual
    unit: Unit
    slice_name: Trilingual
    start: date
    end: date
    before: float
    after: float
    word: Word
    change_low: float | None = None
    change_high: float | None = None
    confidence: float = 0.95
    also: tuple[Trilingual, ...] = ()
    dimension: str = ""
    value: str = ""
    market: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What moved, out of `compared` slices; `movers` is None where nobody can tell.

    Of the movers called real a share of `false_share` may be false alarms. `reason`
    says why nobody can tell; `left_out_days` counts market-days of the last seven that
    could not be compared.
    """

    movers: tuple[Mover, ...] | None
    false_share: float
    compared: int = 0
    left_out_days: int = 0
    reason: Caveat | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """Open cases whose next move one side owes.

    `past_due` is empty where none of the open cases has a due date.
    """

    open: int
    urgent: int
    past_due: int | None
    oldest_hours: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepAway:
    """Creators of one agency whose next penalty on a ladder is a suspension.

    Each creator counts once, however many policy areas it is so close in. `areas` are
    those areas, the most frequent first; `next_penalty` is the longest suspension that
    a repeat would bring one of them. `agency` is empty for creators without one.
    """

    agency: str | None
    creators: int
    areas: tuple[Trilingual, ...]
    next_penalty: Trilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class StepsAway:
    """All creators one step from suspension, `managed` of them by an agency.

    `lines` holds the agencies with most of them; there are `agencies` of them in all.
    `untold` are open penalties that do not say whether they count as a strike, and
    `unplaced` strikes whose policy is no policy of ours; nobody can tell of them.
    `known` is how many penalties say it.
    """

    creators: int
    managed: int
    agencies: int
    lines: tuple[StepAway, ...]
    known: int = 1
    untold: int = 0
    unplaced: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something in the next 72 hours that tends to move the figures."""

    start: date
    end: date
    name: Trilingual
    kind: Trilingual
    markets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """How late the newest row of one kind of fact is."""

    table: Trilingual
    newest_event_at: datetime
    lag_hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Figures that must not be read apart; `why` is an English catalogue key."""

    why: str
    metrics: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """One day of one market, or of the region when `market` is empty.

    `owed_by_region` and `owed_by_central` are empty while no case is on record, and
    `steps_away` while no penalty is.
    `marks` are the releases and holidays drawn as thin lines over the trends.
    """

    market: str | None
    market_name: Trilingual
    zone: str
    day: date
    as_of: datetime
    figures: tuple[Figure, ...]
    pairs: tuple[Pair, ...]
    moved: Moved
    owed_by_region: Owed | None
    owed_by_central: Owed | None
    steps_away: StepsAway | None
    happenings: tuple[Happening, ...]
    marks: tuple[Happening, ...]
    freshness: tuple[Freshness, ...]
    completeness: float | None
    caveats: tuple[Caveat, ...]
    catalogue_hash: str
    snapshot: str

    @property
    def movers(self) -> tuple[Mover, ...]:
        """The slices that moved; none where nobody can tell."""
        return self.moved.movers or ()

    def figure(self, metric: str) -> Figure | None:
        """Return the figure of one metric, or None when the brief lacks it."""
        return next((f for f in self.figures if f.metric == metric), None)
