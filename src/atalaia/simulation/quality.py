"""The quality desk of the simulated world: weekly samples, reviews and verdicts."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pyarrow as pa

from atalaia.domain.codes import SampleFrame
from atalaia.simulation.creators import day_number
from atalaia.simulation.day import Day
from atalaia.simulation.frames import Frame, frames_of
from atalaia.simulation.local_time import epoch
from atalaia.simulation.reckoning import reckon
from atalaia.simulation.review_rows import review_rows, reviewed_minutes, verdict_rows
from atalaia.simulation.reviews import Reviewed, judge_golden, review_units
from atalaia.simulation.samples import (
    Drawn,
    Window,
    draw_samples,
    sample_rows,
    week_window,
)
from atalaia.simulation.stage import Stage
from atalaia.simulation.streams import Concern
from atalaia.simulation.units import (
    Units,
    appealed_units,
    enforced_units,
    golden_units,
    passed_units,
    reported_units,
)

__all__ = ["QualityDesk"]

_DRAW_HOUR = 18
_MONDAY = 0
_NUMBERS = 1_000_000
"""Room for the identifiers of one frame's reviews in a week."""


class QualityDesk:
    """Guards the frames of the running week; on Monday it draws and forgets them.

    Units wait as plain arrays, sessions for at most eight days and appeals until they
    are decided, so memory does not grow.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._frames = frames_of(stage.plan.sampling)
        self._units: dict[SampleFrame, list[Units]] = {
            frame.code: [] for frame in self._frames
        }

    def tables_after(self, day: Day) -> Mapping[str, pa.Table]:
        """Take in the day's units; on a Monday, sample and judge the week before."""
        today = self._stage.plan.start + timedelta(days=day.at)
        found = _units_of(self._stage, day, drawn_at=_draw_at(_next_monday(today)))
        for frame in self._frames:
            self._units[frame.code].append(found[frame.code])
        if today.weekday() != _MONDAY or day.at == 0 or not self._frames:
            return {}
        parts = [self._week(frame, monday=today) for frame in self._frames]
        return {
            name: pa.concat_tables([part[name] for part in parts]) for name in parts[0]
        }

    def _week(self, frame: Frame, *, monday: date) -> dict[str, pa.Table]:
        """Draw and judge a frame's week; units of later days go on waiting.

        A room that the platform has not told by then is in no sample: no desk could
        have listed it, and the week's window is over when it comes.
        """
        stage, drawn_at = self._stage, _draw_at(monday)
        windows = [
            week_window(
                monday - timedelta(days=7),
                zone=place.principal_zone,
                start=stage.plan.start,
            )
            for place in stage.places
        ]
        ends = np.array([window.ends_at for window in windows])
        waiting = Units.joined(self._units[frame.code])
        is_over = waiting.at < ends[waiting.market]
        self._units[frame.code] = [waiting.kept(~is_over)]
        is_told = waiting.told_at <= drawn_at
        units = waiting.kept(is_over & is_told).last_of_each()
        drawn = self._drawn(frame, units=units, windows=windows, monday=monday)
        reviewed = self._reviewed(frame, drawn, units=units, monday=monday)
        number = day_number(monday) + [*SampleFrame].index(frame.code) * _NUMBERS
        return {
            "sample": sample_rows(
                drawn, markets=stage.catalogue.markets, drawn_at=drawn_at
            ),
            "review": review_rows(reviewed, stage=stage, first_number=number),
            "verdict": verdict_rows(reviewed, stage=stage, first_number=number),
            "session_segment": reviewed_minutes(reviewed, stage=stage),
        }

    def _drawn(
        self, frame: Frame, *, units: Units, windows: list[Window], monday: date
    ) -> list[Drawn]:
        stage = self._stage
        shares = np.array([share for _, share in stage.plan.shares])
        return draw_samples(
            stage.streams.of(
                Concern.SAMPLES, day=self._day_of(monday), part=frame.code
            ),
            frame,
            units=units,
            windows=windows,
            markets=stage.catalogue.markets,
            shares=shares / shares.max(),
        )

    def _reviewed(
        self, frame: Frame, drawn: list[Drawn], *, units: Units, monday: date
    ) -> Reviewed:
        judge = judge_golden if frame.code is SampleFrame.GOLDEN else review_units
        rng = self._stage.streams.of(
            Concern.REVIEWS, day=self._day_of(monday), part=frame.code
        )
        return judge(rng, drawn, units=units, drawn_at=_draw_at(monday))

    def _day_of(self, monday: date) -> int:
        return (monday - self._stage.plan.start).days


def _units_of(stage: Stage, day: Day, *, drawn_at: int) -> dict[SampleFrame, Units]:
    """Return what a day adds to each frame, as it stands when the week is drawn."""
    passed = passed_units(stage, day, reckon(day, ends_at=drawn_at))
    return {
        SampleFrame.ENFORCED: enforced_units(stage, day),
        SampleFrame.PASSED: passed,
        SampleFrame.APPEAL: appealed_units(stage, day),
        SampleFrame.REPORT: reported_units(day, passed),
        SampleFrame.GOLDEN: golden_units(stage, day),
    }


def _next_monday(day: date) -> date:
    return day + timedelta(days=7 - day.weekday())


def _draw_at(monday: date) -> int:
    return epoch(datetime.combine(monday, time(_DRAW_HOUR), tzinfo=UTC))
