"""What world to simulate: its size, its days, its quality, its incidents."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from atalaia.domain.marked_entry import Entry, root_of
from atalaia.domain.marked_yaml import read_marked
from atalaia.domain.reference import Reference
from atalaia.simulation.incidents import Incident, read_incidents
from atalaia.simulation.vocabulary import OutOfBoundsError, Vocabulary, bounded

__all__ = [
    "EXPORT_HOUR",
    "AppVersion",
    "ModelVersion",
    "Moderation",
    "Sampling",
    "WorldPlan",
    "load_plan",
    "packaged",
]

EXPORT_HOUR = 15
"""UTC hour of the daily export: the local day is over and its rooms have ended."""


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
class Moderation:
    """How moderators err; shares of what they see.

    `market_factors` multiplies both errors; the trap share replaces the false share
    where an innocent session carries a trap.
    """

    miss_share: float
    false_share: float
    trap_false_share: float
    mismatch_share: float
    mismatch_factor: float
    wrong_policy_share: float
    over_severe_share: float
    market_factors: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """Units drawn per market and week, in the largest market; others get less."""

    enforced: int
    passed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldPlan:
    """A whole plan. `shares` are of creators and sum to 1 over the markets."""

    name: str
    seed: int
    start: date
    days: int
    sessions: int
    creators: int
    shares: tuple[tuple[str, float], ...]
    violation_scale: float
    test_share: float
    app_versions: tuple[AppVersion, ...]
    models: tuple[ModelVersion, ...]
    moderation: Moderation
    sampling: Sampling
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


_FIELDS = (
    "name",
    "seed",
    "start",
    "days",
    "sessions",
    "creators",
    "markets",
    "violation_scale",
    "test_share",
    "app_versions",
    "models",
    "moderation",
    "sampling",
    "incidents",
)


def packaged(name: str) -> Traversable:
    """Return a file of the simulation's own data, such as `demo.yaml`."""
    return files("atalaia.simulation").joinpath("data", name)


def load_plan(path: Path | None = None, *, reference: Reference) -> WorldPlan:
    """Read a plan from YAML; without a path, the demo's.

    Raises a ReferenceDataError with file, line and nearest name on anything unknown.
    """
    root = root_of(read_marked(packaged("demo.yaml") if path is None else path))
    root.only(*_FIELDS)
    markets = tuple(reference.markets.codes)
    models = tuple(_models(root))
    versions = tuple(_app_versions(root))
    words = Vocabulary(
        markets=markets,
        policies=tuple(str(leaf.id) for leaf in reference.policies.leaves),
        models=tuple(sorted({model.model for model in models})),
        app_versions=tuple(version.version for version in versions),
        days=int(bounded(root, "days", low=1, high=3660)),
    )
    shares = _shares(root, words=words)
    # An incident in a market that the plan leaves out would change nothing.
    played = replace(words, markets=tuple(market for market, _ in shares))
    plan = WorldPlan(
        name=root.text("name"),
        seed=int(bounded(root, "seed", low=0, high=2**62)),
        start=root.day("start"),
        days=words.days,
        sessions=int(bounded(root, "sessions", low=1, high=10**9)),
        creators=int(bounded(root, "creators", low=1, high=10**8)),
        shares=shares,
        violation_scale=bounded(root, "violation_scale", low=0, high=20),
        test_share=words.share(root, "test_share"),
        app_versions=versions,
        models=models,
        moderation=_moderation(root.child("moderation"), words=words),
        sampling=_sampling(root.child("sampling")),
        incidents=read_incidents(root.items("incidents"), vocabulary=played),
    )
    _check_creators(plan, root)
    return plan


def _check_creators(plan: WorldPlan, root: Entry) -> None:
    needed = -(-plan.sessions // plan.days)
    if plan.creators < needed:
        raise OutOfBoundsError(
            place=root.child("creators").mark,
            field="creators",
            value=plan.creators,
            expected=f"at least {needed}, the sessions of one day",
        )


def _shares(root: Entry, *, words: Vocabulary) -> tuple[tuple[str, float], ...]:
    found = []
    for entry in root.fields("markets"):
        if entry.key not in words.markets:
            raise replace(entry, value=entry.key).unknown(
                kind="market", known=words.markets
            )
        found.append((entry.key, words.share(root.child("markets"), entry.key)))
    total = sum(share for _, share in found)
    if abs(total - 1) > 1e-6:
        raise OutOfBoundsError(
            place=root.child("markets").mark,
            field="markets",
            value=f"{total:g} in all",
            expected="1 in all",
        )
    return tuple(found)


def _app_versions(root: Entry) -> list[AppVersion]:
    found = []
    for entry in root.items("app_versions"):
        entry.only("version", "from_day")
        found.append(
            AppVersion(version=entry.text("version"), from_day=entry.whole("from_day"))
        )
    return found


def _models(root: Entry) -> list[ModelVersion]:
    found = []
    for entry in root.items("models"):
        entry.only("model", "version", "from_day", "auc")
        found.append(
            ModelVersion(
                model=entry.text("model"),
                version=entry.text("version"),
                from_day=entry.whole("from_day"),
                auc=bounded(entry, "auc", low=0.5, high=0.9999),
            )
        )
    return found


def _moderation(entry: Entry, *, words: Vocabulary) -> Moderation:
    entry.only(*Moderation.__dataclass_fields__)
    factors = []
    for market in entry.fields("market_factors"):
        replace(market, value=market.key).one_of(words.markets, kind="market")
        whole = entry.child("market_factors")
        factors.append((market.key, bounded(whole, market.key, low=0, high=10)))
    return Moderation(
        miss_share=words.share(entry, "miss_share"),
        false_share=words.share(entry, "false_share"),
        trap_false_share=words.share(entry, "trap_false_share"),
        mismatch_share=words.share(entry, "mismatch_share"),
        mismatch_factor=bounded(entry, "mismatch_factor", low=0, high=10),
        wrong_policy_share=words.share(entry, "wrong_policy_share"),
        over_severe_share=words.share(entry, "over_severe_share"),
        market_factors=tuple(factors),
    )


def _sampling(entry: Entry) -> Sampling:
    entry.only(*Sampling.__dataclass_fields__)
    return Sampling(
        enforced=int(bounded(entry, "enforced", low=0, high=10**6)),
        passed=int(bounded(entry, "passed", low=0, high=10**6)),
    )
