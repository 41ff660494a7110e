"""The labelled steps of a chart's axis, each with its unit."""

from collections.abc import Sequence
from dataclasses import dataclass

from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice
from atalaia.reporting.contents.axis import round_steps
from atalaia.reporting.contents.brief import Unit
from atalaia.reporting.contents.spoken import Tick

__all__ = ["axis_ticks"]

MOST_STEPS = 3
MOST_DIGITS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """A unit as an axis counts it: `size` is one of its steps in the figure's unit."""

    unit: Unit
    size: float


def axis_ticks(
    values: Sequence[float], unit: Unit, *, voice: Voice, words: Translator
) -> tuple[Tick, ...]:
    """Return round steps that hold all values; their labels carry the unit."""
    scale = _scale(unit, largest=max(abs(value) for value in values))
    steps = round_steps([value / scale.size for value in values], at_most=MOST_STEPS)
    digits = _digits(steps)
    return tuple(
        Tick(
            at=step * scale.size,
            label=_label(step, scale, digits=digits, voice=voice, words=words),
        )
        for step in steps
    )


def _scale(unit: Unit, *, largest: float) -> _Scale:
    """Count shares in percent, and seconds in what a reader counts them in."""
    if unit is Unit.SHARE:
        return _Scale(unit=unit, size=0.01)
    if unit is not Unit.SECONDS or largest < 120:
        return _Scale(unit=unit, size=1.0)
    return _Scale(unit=unit, size=60.0 if largest < 7200 else 3600.0)


def _digits(steps: Sequence[float]) -> int:
    """Return the fewest decimals that tell every step exactly."""
    exact = (
        digits
        for digits in range(MOST_DIGITS)
        if all(abs(step - round(step, digits)) < 1e-9 for step in steps)
    )
    return next(exact, MOST_DIGITS)


def _label(
    step: float, scale: _Scale, *, digits: int, voice: Voice, words: Translator
) -> str:
    number = voice.number(step, digits=digits)
    match scale.unit, scale.size:
        case Unit.SHARE, _:
            return voice.percent(step * scale.size, digits=digits)
        case (Unit.HOURS, _) | (Unit.SECONDS, 3600.0):
            return words.text("{hours} h", hours=number)
        case Unit.SECONDS, 60.0:
            return words.text("{minutes} min", minutes=number)
        case Unit.SECONDS, _:
            return words.text("{seconds} s", seconds=number)
        case _:
            return number
