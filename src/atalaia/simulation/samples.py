"""Weekly probability samples: stratified, without replacement, with their weights."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa

from atalaia.simulation import columns
from atalaia.simulation.arrays import Floats, Ints
from atalaia.simulation.frames import Frame
from atalaia.simulation.local_time import epoch
from atalaia.simulation.units import Units

__all__ = ["Drawn", "Window", "draw_samples", "sample_rows", "week_window"]

_FEWEST = 8
"""Units drawn in the smallest market, or its samples would say nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A week of a market: [starts_at, ends_at) in UTC microseconds."""

    week: str
    starts_at: int
    ends_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One sample; `unit` indexes the units, `weight` is 1 / inclusion probability.

    A targeted sample stands for nothing but itself: its weights are NaN.
    """

    id: str
    market: int
    frame: Frame
    window: Window
    unit: Ints
    weight: Floats
    sizes: Mapping[str, tuple[int, int]]
    seed: int


def week_window(monday: date, *, zone: str, start: date) -> Window:
    """Return the window of a week in a zone; a world's first week may be shorter."""
    first = max(monday, start)
    place = ZoneInfo(zone)
    iso = monday.isocalendar()
    return Window(
        week=f"{iso.year}W{iso.week:02d}",
        starts_at=epoch(datetime.combine(first, time(), tzinfo=place)),
        ends_at=epoch(
            datetime.combine(monday + timedelta(days=7), time(), tzinfo=place)
        ),
    )


def draw_samples(
    rng: np.random.Generator,
    frame: Frame,
    *,
    units: Units,
    windows: Sequence[Window],
    markets: Sequence[str],
    shares: Floats,
) -> list[Drawn]:
    """Draw one sample per market from the units in its window."""
    found = []
    for market, (name, window) in enumerate(zip(markets, windows, strict=True)):
        inside = (units.at >= window.starts_at) & (units.at < window.ends_at)
        here = np.flatnonzero(inside & (units.market == market))
        wanted = max(_FEWEST, round(frame.drawn * float(np.sqrt(shares[market]))))
        seed = int(rng.integers(0, 2**31))
        chosen, weights, sizes = _stratified(
            np.random.default_rng(seed), frame, here=here, units=units, wanted=wanted
        )
        found.append(
            Drawn(
                id=f"sample-{frame.code}-{name}-{window.week}",
                market=market,
                frame=frame,
                window=window,
                unit=chosen,
                weight=weights
                if frame.is_probability
                else np.full(weights.size, np.nan),
                sizes=sizes,
                seed=seed,
            )
        )
    return found


def _stratified(
    rng: np.random.Generator, frame: Frame, *, here: Ints, units: Units, wanted: int
) -> tuple[Ints, Floats, dict[str, tuple[int, int]]]:
    """Draw without replacement in every stratum: at least two, or all there are."""
    chosen, weights = [here[:0]], [np.zeros(0)]
    sizes = {}
    split = np.array(frame.split) / sum(frame.split)
    for stratum, name in enumerate(frame.strata):
        inside = here[units.stratum[here] == stratum]
        if inside.size:
            size = min(inside.size, max(2, round(wanted * float(split[stratum]))))
            chosen.append(rng.permutation(inside)[:size])
            weights.append(np.full(size, inside.size / size))
            sizes[name] = (int(inside.size), size)
    return np.concatenate(chosen), np.concatenate(weights), sizes


def sample_rows(
    drawn: Sequence[Drawn], *, markets: Sequence[str], drawn_at: int
) -> pa.Table:
    """Return the samples as contract rows; an empty frame gives a row of zeros."""
    count = len(drawn)
    order = np.arange(count)
    strata = [
        json.dumps(
            {name: {"population": n, "drawn": k} for name, (n, k) in one.sizes.items()}
        )
        for one in drawn
    ]
    population = [sum(n for n, _ in one.sizes.values()) for one in drawn]
    return columns.observations(
        "sample",
        {
            "sample_id": columns.text([one.id for one in drawn], order),
            "market": columns.text(markets, np.array([one.market for one in drawn])),
            "frame": columns.text([one.frame.code for one in drawn], order),
            "design": columns.text([one.frame.design for one in drawn], order),
            "unit": columns.text([one.frame.unit for one in drawn], order),
            "strata": columns.text(strata, order),
            "population_n": columns.whole(np.array(population)),
            "drawn_n": columns.whole(np.array([one.unit.size for one in drawn])),
            "seed": columns.whole(np.array([one.seed for one in drawn])),
            "drawn_at": columns.instants(np.full(count, drawn_at)),
            "window_start_at": columns.instants(
                np.array([one.window.starts_at for one in drawn])
            ),
            "window_end_at": columns.instants(
                np.array([one.window.ends_at for one in drawn])
            ),
        },
        known_at=np.full(count, drawn_at),
    )
