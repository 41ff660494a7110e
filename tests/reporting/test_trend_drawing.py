"""Where the parts of a small trend lie."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from atalaia.domain.trilingual import Trilingual
from atalaia.language.catalogue import translator
from atalaia.language.format import Voice
from atalaia.reporting.contents.brief import Happening, Unit
from atalaia.reporting.contents.wording.trends import speak_trend
from atalaia.reporting.formats.trend_drawing import HEIGHT, WIDTH, drawn
from reporting.brief_builder import DAY, a_figure, a_trend


def a_mark(days_ago, name="Holiday"):
    day = DAY - timedelta(days=days_ago)
    same = Trilingual(en=name, es=name, pt=name)
    return Happening(start=day, end=day, name=same, kind=same, markets=("BR",))


def spoken(figure, *, marks=(), language="en"):
    voice = Voice(language=language, market="BR")
    return speak_trend(figure, marks=marks, voice=voice, words=translator(language))


@pytest.mark.parametrize("language", ["en", "es", "pt"])
@pytest.mark.parametrize("unit", list(Unit))
def test_no_label_of_a_day_runs_into_another(unit, language):
    """Whatever the unit takes of the width, the days' labels stay apart."""
    level = 2_000.0 if unit is Unit.SECONDS else 0.4
    figure = a_figure(unit=unit, trend=a_trend(level), target=None)
    days = drawn(spoken(figure, language=language)).days
    width = max(len(day.text) for day in days) * 5.5
    places = [day.x - (width if day.anchor == "end" else width / 2) for day in days]
    assert len(days) >= 2
    assert all(b - a >= width for a, b in itertools.pairwise(places))
    assert places[-1] + width <= WIDTH + 1


def test_everything_lies_inside_the_drawing():
    """Line, band, target and labels keep to the frame."""
    figure = a_figure(trend=a_trend(0.06, spread=0.03), target=0.2)
    found = drawn(spoken(figure))
    points = [pair.split(",") for line in found.bands for pair in line.split()]
    heights = [float(y) for _, y in points] + [found.target, found.last.y]
    assert all(found.top <= y <= found.bottom for y in heights)
    assert all(0 <= float(x) <= WIDTH for x, _ in points)
    assert found.bottom < HEIGHT


def test_a_missing_day_breaks_the_line():
    """A line across a day without facts would claim what nobody saw."""
    trend = list(a_trend(0.03))
    trend[10] = replace(trend[10], value=None)
    found = drawn(spoken(a_figure(trend=tuple(trend))))
    assert [len(line.split()) for line in found.lines] == [10, 17]


def test_what_fell_on_one_day_shares_a_letter():
    """Lines of the same day would lie upon each other."""
    marks = (a_mark(3, "Match"), a_mark(3, "Release"), a_mark(9))
    told = spoken(a_figure(), marks=marks)
    assert [(m.letter, m.name) for m in told.marks] == [
        ("A", "Holiday"),
        ("B", "Match and Release"),
    ]


def test_what_fell_outside_the_trend_is_not_drawn():
    """A letter without a line would send the reader looking."""
    assert spoken(a_figure(), marks=(a_mark(40),)).marks == ()


@pytest.mark.parametrize(
    ("unit", "level", "said"),
    [
        (Unit.SHARE, 0.04, "%"),
        (Unit.SECONDS, 240.0, " min"),
        (Unit.SECONDS, 40.0, " s"),
        (Unit.SECONDS, 9_000.0, " h"),
        (Unit.HOURS, 30.0, " h"),
    ],
)
def test_the_axis_says_its_unit(unit, level, said):
    """Minutes and hours look alike without it."""
    told = spoken(a_figure(unit=unit, trend=a_trend(level), target=None))
    assert all(tick.label.endswith(said) for tick in told.ticks)


def test_a_count_is_drawn_from_zero():
    """Otherwise a few cases more would look like a wave."""
    figure = a_figure(unit=Unit.COUNT, trend=a_trend(900.0), target=None)
    assert spoken(figure).ticks[0].at == 0
