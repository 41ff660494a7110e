"""The quality desk of the simulated world: weekly samples, reviews and verdicts."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pyarrow as pa

from atalaia.domain.codes import Actor, SampleFrame
from atalaia.simulation.creators import day_number
from atalaia.simulation.day import Day
from atalaia.simulation.local_time import epoch
from atalaia.simulation.reckoning import STRATA, reckon
from atalaia.simulation.reviews import (
    review_rows,
    review_units,
    reviewed_minutes,
    verdict_rows,
)
from atalaia.simulation.samples import (
    Drawn,
    Frame,
    Window,
    draw_samples,
    sample_rows,
    week_window,
)
from atalaia.simulation.stage import Stage
from atalaia.simulation.streams import Concern
from atalaia.simulation.units import Units, enforced_units, passed_units

__all__ = ["QualityDesk"]

_DRAW_HOUR = 18
_PASSED_SPLIT = (0.40, 0.17, 0.18, 0.20, 0.05)
_ENFORCED_SPLIT = {
    Actor.MODEL: 0.35,
    Actor.INHOUSE: 0.2,
    Actor.BPO: 0.35,
    Actor.CENTRAL: 0.1,
    Actor.REGIONAL: 0.0,
}
_MONDAY = 0


class QualityDesk:
    """Guards the frames of the running week; on Monday it draws and forgets them.

    Sessions wait as plain arrays for at most eight days, so memory does not grow.
    """

    def __init__(self, stage: Stage) -> None:
        sampling = stage.plan.sampling
        self._stage = stage
        self._frames = (
            Frame(
                code=SampleFrame.ENFORCED,
                unit="decision",
                strata=tuple(str(actor) for actor in Actor),
                split=tuple(_ENFORCED_SPLIT[actor] for actor in Actor),
                drawn=sampling.enforced,
            ),
            Frame(
                code=SampleFrame.PASSED,
                unit="session",
                strata=STRATA[:-1],
                split=_PASSED_SPLIT,
                drawn=sampling.passed,
            ),
        )
        self._units: dict[SampleFrame, list[Units]] = {
            frame.code: [] for frame in self._frames
        }

    def tables_after(self, day: Day) -> Mapping[str, pa.Table]:
        """Take in the day's units; on a Monday, sample and judge the week before."""
        today = self._stage.plan.start + timedelta(days=day.at)
        reckoning = reckon(day, ends_at=_draw_at(_next_monday(today)))
        self._units[SampleFrame.ENFORCED].append(enforced_units(self._stage, day))
        passed = passed_units(self._stage, day, reckoning)
        self._units[SampleFrame.PASSED].append(passed)
        if today.weekday() != _MONDAY or day.at == 0:
            return {}
        parts = [self._week(frame, monday=today) for frame in self._frames]
        return {
            name: pa.concat_tables([part[name] for part in parts]) for name in parts[0]
        }

    def _week(self, frame: Frame, *, monday: date) -> dict[str, pa.Table]:
        stage = self._stage
        drawn_at = _draw_at(monday)
        units = Units.joined(self._units[frame.code])
        windows = [
            week_window(
                monday - timedelta(days=7),
                zone=place.principal_zone,
                start=stage.plan.start,
            )
            for place in stage.places
        ]
        ends = np.array([window.ends_at for window in windows])
        self._units[frame.code] = [units.kept(units.at >= ends[units.market])]
        order = self._frames.index(frame)
        day = (monday - stage.plan.start).days * len(self._frames) + order
        drawn = self._drawn(frame, units=units, windows=windows, day=day)
        reviewed = review_units(
            stage.streams.of(Concern.REVIEWS, day=day),
            drawn,
            units=units,
            drawn_at=drawn_at,
        )
        number = day_number(monday) + order * 1_000_000
        return {
            "sample": sample_rows(
                drawn, markets=stage.catalogue.markets, drawn_at=drawn_at
            ),
            "review": review_rows(
                reviewed, drawn=drawn, stage=stage, first_number=number
            ),
            "verdict": verdict_rows(
                reviewed, drawn=drawn, stage=stage, first_number=number
            ),
            "session_segment": reviewed_minutes(reviewed, stage=stage),
        }

    def _drawn(
        self,
        frame: Frame,
        *,
        units: Units,
        windows: Sequence[Window],
        day: int,
    ) -> list[Drawn]:
        stage = self._stage
        shares = np.array([share for _, share in stage.plan.shares])
        return draw_samples(
            stage.streams.of(Concern.SAMPLES, day=day),
            frame,
            units=units,
            windows=windows,
            markets=stage.catalogue.markets,
            shares=shares / shares.max(),
        )


def _next_monday(day: date) -> date:
    return day + timedelta(days=7 - day.weekday())


def _draw_at(monday: date) -> int:
    return epoch(datetime.combine(monday, time(_DRAW_HOUR), tzinfo=UTC))
