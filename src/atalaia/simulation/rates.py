"""Base rates of true violations and of traps, read from the simulation's own data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable

import numpy as np

from atalaia.domain.codes import Genre
from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.marked_entry import Entry, root_of
from atalaia.domain.marked_yaml import read_marked
from atalaia.simulation.arrays import Floats
from atalaia.simulation.plan import packaged
from atalaia.simulation.vocabulary import bounded

__all__ = ["Rates", "UnscoredPolicyError", "load_rates"]

_PER = 100_000
_AGENCY = "eco.agency."
_GENRES = tuple(Genre)
_MOST = 1e6


class UnscoredPolicyError(ReferenceDataError):
    """No prefix in the list of models fits a policy."""

    message = "{place}\nNo model scores the policy '{policy}'."
    next_step = "Add a prefix of its id, with the model that scores it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Expected events per session; arrays over the given markets and policies.

    `violations` is market x genre x policy. `trap_genres` maps a trap's kind to a
    factor per genre; `model_of` holds the model of each policy.
    """

    violations: Floats
    model_of: tuple[str, ...]
    trap_rate: float
    trap_genres: Mapping[str, Floats]
    event_volume: float
    event_risk: float


def load_rates(
    source: Traversable | None = None,
    *,
    markets: Sequence[str],
    policies: Sequence[str],
    known_markets: Sequence[str],
) -> Rates:
    """Read the rates; an id that the policy tree lacks is an error with its nearest."""
    root = root_of(read_marked(packaged("rates.yaml") if source is None else source))
    root.only("default", "models", "calendar", "traps", "rates")
    table = np.zeros((len(markets), len(_GENRES), len(policies)))
    table[:] = bounded(root, "default", low=0, high=_MOST) / _PER
    for entry in root.fields("rates"):
        column = policies.index(_known(entry, policies, kind="policy"))
        table[:, :, column] = _policy(entry, markets=markets, known=known_markets)
    table[:, :, [policy.startswith(_AGENCY) for policy in policies]] = 0
    traps = root.child("traps")
    traps.only("rate", "genres")
    calendar = root.child("calendar")
    calendar.only("volume", "risk")
    return Rates(
        violations=table,
        model_of=_models(root, policies),
        trap_rate=bounded(traps, "rate", low=0, high=_MOST) / _PER,
        trap_genres={kind.key: _by_genre(kind) for kind in traps.fields("genres")},
        event_volume=bounded(calendar, "volume", low=0, high=100),
        event_risk=bounded(calendar, "risk", low=0, high=100),
    )


def _known(entry: Entry, names: Sequence[str], *, kind: str) -> str:
    if entry.key not in names:
        named = Entry(marked=entry.marked, path=entry.path, value=entry.key)
        raise named.unknown(kind=kind, known=names)
    return entry.key


def _policy(entry: Entry, *, markets: Sequence[str], known: Sequence[str]) -> Floats:
    entry.only("rate", "genres", "markets")
    by_market = np.ones(len(markets))
    for factor in entry.fields("markets") if entry.has("markets") else ():
        code = _known(factor, known, kind="market")
        if code in markets:
            there = entry.child("markets")
            by_market[markets.index(code)] = bounded(there, code, low=0, high=_MOST)
    by_genre = np.ones(len(_GENRES))
    if entry.has("genres"):
        by_genre = _by_genre(entry.child("genres"))
    rate = bounded(entry, "rate", low=0, high=_MOST) / _PER
    return rate * np.outer(by_market, by_genre)


def _by_genre(entry: Entry) -> Floats:
    factors = np.ones(len(_GENRES))
    for genre in entry.fields():
        code = _known(genre, _GENRES, kind="genre")
        factors[_GENRES.index(Genre(code))] = bounded(entry, code, low=0, high=_MOST)
    return factors


def _models(root: Entry, policies: Sequence[str]) -> tuple[str, ...]:
    """Return the model of each policy: that of the longest prefix of its id."""
    prefixes = {entry.key: entry.text() for entry in root.fields("models")}
    found = []
    for policy in policies:
        fitting = [name for name in prefixes if f"{policy}.".startswith(f"{name}.")]
        if not fitting:
            raise UnscoredPolicyError(place=root.child("models").mark, policy=policy)
        found.append(prefixes[max(fitting, key=len)])
    return tuple(found)
