"""What world to simulate: its size, its days, its quality, its incidents."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable

from atalaia.simulation.incidents import Incident

__all__ = [
    "EXPORT_HOUR",
    "AppVersion",
    "Changes",
    "Education",
    "Factors",
    "ModelVersion",
    "Moderation",
    "Sampling",
    "Scoring",
    "WorldPlan",
    "factors_of",
    "packaged",
]

EXPORT_HOUR = 15
"""UTC hour of the daily export: the local day is over and its rooms have ended."""

Factors = tuple[tuple[str, float], ...]
"""A number for each name that a plan lists; the plan's other names keep the usual."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppVersion:
    """An application version and the day of its release, counted from the start."""

    version: str
    from_day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelVersion:
    """A model version; `auc` is how often it ranks a violation above an innocent."""

    model: str
    version: str
    from_day: int
    auc: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """How models err beside their AUC, in standard deviations of innocent scores.

    An innocent session scores higher by `trap_shift` where it carries a trap, and by
    its language's shift where the plan names one.
    """

    trap_shift: float
    language_shifts: Factors


@dataclass(frozen=True, slots=True, kw_only=True)
class Moderation:
    """How moderators err; shares of what they see.

    The factors multiply both errors by market, by the content's language and by queue;
    the trap share replaces the false share where an innocent session carries a trap.
    `technical_share` of what is enforced hit the wrong room by a fault of the system.
    """

    miss_share: float
    false_share: float
    trap_false_share: float
    mismatch_share: float
    mismatch_factor: float
    wrong_policy_share: float
    over_severe_share: float
    under_severe_share: float
    technical_share: float
    market_factors: Factors
    language_factors: Factors
    queue_factors: Factors


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """Units drawn per market and week, in the largest market; others get less."""

    enforced: int
    passed: int
    appeal: int
    report: int
    golden: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changes from one day to the next: shares of the creators who could."""

    joins_agency: float
    leaves_agency: float
    rises_tier: float
    moves_market: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Education:
    """What a programme whose arms chance chose really does.

    Creators who completed it break rules `offence_factor` times as often as they would
    have; 1 for a programme that does nothing.
    """

    offence_factor: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldPlan:
    """A whole plan. `shares` are of creators and sum to 1 over the markets.

    `test_share` of the rooms are tests or of staff; `late_share` of a day's rooms are
    told one to three exports late, but never after the world's last.
    """

    name: str
    seed: int
    start: date
    days: int
    sessions: int
    creators: int
    shares: Factors
    violation_scale: float
    test_share: float
    late_share: float
    app_versions: tuple[AppVersion, ...]
    models: tuple[ModelVersion, ...]
    scoring: Scoring
    moderation: Moderation
    sampling: Sampling
    changes: Changes
    education: Education
    incidents: tuple[Incident, ...]

    @property
    def last_day(self) -> date:
        """The last local day that the world holds whole."""
        return self.start + timedelta(days=self.days - 1)

    @property
    def ends_at(self) -> datetime:
        """The last export: nothing after it is known."""
        return self.exported_at(self.days - 1)

    def exported_at(self, day: int) -> datetime:
        """The moment at which a day, counted from the start, is exported."""
        morning = self.start + timedelta(days=day + 1)
        return datetime.combine(morning, time(EXPORT_HOUR), tzinfo=UTC)

    def of_size(self, *, sessions: int, creators: int | None = None) -> "WorldPlan":
        """Return the same world with other numbers of sessions and creators."""
        ratio = sessions / self.sessions
        people = (
            max(round(self.creators * ratio), 300) if creators is None else creators
        )
        return replace(self, sessions=sessions, creators=people)


def packaged(name: str) -> Traversable:
    """Return a file of the simulation's own data, such as `demo.yaml`."""
    return files("atalaia.simulation").joinpath("data", name)


def factors_of(
    factors: Factors, names: tuple[str, ...], *, usual: float
) -> list[float]:
    """Return the number of each name, `usual` where the plan lists none."""
    listed = dict(factors)
    return [listed.get(name, usual) for name in names]
