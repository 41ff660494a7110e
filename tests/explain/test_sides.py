"""Two sides of a comparison: the same length, the same weekdays, one thing differs."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from atalaia.explain.sides import default_split, period_before, side_before
from atalaia.metrics.catalogue import metric_of
from atalaia.metrics.question import Question

days = st.dates(date(2025, 1, 1), date(2027, 1, 1))
WEEK = Question(metric="M03", start=date(2026, 7, 6), end=date(2026, 7, 12))


@given(days, st.integers(0, 60))
def test_the_period_before_has_its_length_and_weekdays_and_no_day_of_it(start, more):
    end = start + timedelta(days=more)
    first, last = period_before(start, end)
    assert last - first == end - start
    assert first.weekday() == start.weekday()
    assert last < start
    assert start - last <= timedelta(days=7)


def test_one_end_of_the_earlier_period_gives_the_other():
    told = side_before(WEEK, start=date(2026, 6, 1), end=None, against={})
    assert (told.start, told.end) == (date(2026, 6, 1), date(2026, 6, 7))
    told = side_before(WEEK, start=None, end=date(2026, 6, 7), against={})
    assert (told.start, told.end) == (date(2026, 6, 1), date(2026, 6, 7))


def test_another_slice_is_compared_in_the_same_days():
    told = side_before(WEEK, start=None, end=None, against={"market": "MX"})
    assert (told.start, told.end) == (WEEK.start, WEEK.end)
    assert told.where == {"market": "MX"}


def test_a_filtered_dimension_is_no_default_split():
    """All of one market lies in that market: a split by it would say nothing."""
    metric = metric_of("M03")
    assert default_split(metric, fixed={}, by=()) == ("market",)
    assert default_split(metric, fixed={"market": "BR"}, by=()) == ("agency",)
    assert default_split(metric, fixed={}, by=("tier",)) == ("tier",)
