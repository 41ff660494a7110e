"""What the quality desk samples from: each frame with its unit, strata and design."""

from dataclasses import dataclass

from atalaia.domain.codes import (
    Actor,
    AppealResult,
    SampleDesign,
    SampleFrame,
    SampleUnit,
)
from atalaia.simulation.plan import Sampling
from atalaia.simulation.reckoning import STRATA

__all__ = [
    "APPEAL_RESULTS",
    "GOLDEN_STRATA",
    "REPORT_BANDS",
    "REPORT_STRATA",
    "Frame",
    "frames_of",
]

APPEAL_RESULTS = (AppealResult.UPHELD, AppealResult.OVERTURNED, AppealResult.REDUCED)
"""Strata of the appeal frame: what the appeal decided."""
REPORT_STRATA = ("one", "few", "many")
"""Strata of the report frame: how many viewers' reports a room drew."""
REPORT_BANDS = (2, 5)
"""Reports from which a room counts as having drawn a few, and many."""
GOLDEN_STRATA = ("innocent", "violating")
_PASSED_SPLIT = (0.40, 0.17, 0.18, 0.20, 0.05)
_ENFORCED_SPLIT = {
    Actor.MODEL: 0.35,
    Actor.INHOUSE: 0.2,
    Actor.BPO: 0.35,
    Actor.CENTRAL: 0.1,
    Actor.REGIONAL: 0.0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What is sampled: its code, unit and strata, and how the draw is split.

    `drawn` units are wanted a week in the largest market.
    """

    code: SampleFrame
    unit: SampleUnit
    design: SampleDesign = SampleDesign.STRATIFIED
    strata: tuple[str, ...]
    split: tuple[float, ...]
    drawn: int

    @property
    def is_probability(self) -> bool:
        """Whether every unit had a known chance, so that weights mean something."""
        return self.design is not SampleDesign.TARGETED


def frames_of(sampling: Sampling) -> tuple[Frame, ...]:
    """Return the frames that the plan draws from; one with nothing to draw is none."""
    frames = (
        Frame(
            code=SampleFrame.ENFORCED,
            unit=SampleUnit.DECISION,
            strata=tuple(map(str, Actor)),
            split=tuple(_ENFORCED_SPLIT[actor] for actor in Actor),
            drawn=sampling.enforced,
        ),
        Frame(
            code=SampleFrame.PASSED,
            unit=SampleUnit.SESSION,
            strata=STRATA[:-1],
            split=_PASSED_SPLIT,
            drawn=sampling.passed,
        ),
        Frame(
            code=SampleFrame.APPEAL,
            unit=SampleUnit.DECISION,
            strata=tuple(map(str, APPEAL_RESULTS)),
            split=(0.5, 0.4, 0.1),
            drawn=sampling.appeal,
        ),
        Frame(
            code=SampleFrame.REPORT,
            unit=SampleUnit.SESSION,
            strata=REPORT_STRATA,
            split=(0.4, 0.3, 0.3),
            drawn=sampling.report,
        ),
        Frame(
            code=SampleFrame.GOLDEN,
            unit=SampleUnit.DECISION,
            design=SampleDesign.TARGETED,
            strata=GOLDEN_STRATA,
            split=(0.5, 0.5),
            drawn=sampling.golden,
        ),
    )
    return tuple(frame for frame in frames if frame.drawn)
