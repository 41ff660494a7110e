"""The quality desk of the simulated world: weekly samples, reviews and verdicts."""

from collections.abc import Mapping

import pyarrow as pa

from atalaia.simulation.day import Day
from atalaia.simulation.reckoning import Reckoning
from atalaia.simulation.stage import Stage

__all__ = ["QualityDesk"]


class QualityDesk:
    """Guards the week's frames until they are sampled."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def tables_after(self, day: Day, reckoning: Reckoning) -> Mapping[str, pa.Table]:
        """Return the samples, reviews and verdicts that the day brings."""
        del day, reckoning
        return {}
