"""What an address asks for, and what it may not."""

from datetime import date

import pytest
from django.http import QueryDict

from atalaia.desk.rooms.metrics.asked import (
    BadDateError,
    BadNumberError,
    TwiceAskedError,
    UnknownParameterError,
    asked,
    page_number,
    query_of,
)
from atalaia.metrics.catalogue import CATALOGUE
from atalaia.metrics.question import UnknownGrainError

LAST = date(2026, 11, 18)


def question(query: str, *, metric: str = "M01"):
    return asked(QueryDict(query), metric=CATALOGUE[metric], last=LAST)


def test_an_empty_address_asks_for_the_last_four_weeks():
    """Day by day for a metric of days."""
    found = question("")

    assert (found.start, found.end, found.grain) == (date(2026, 10, 22), LAST, "day")


def test_a_split_is_asked_for_as_one_period():
    """Slices are compared before they are followed over time."""
    assert question("by=market").grain == "period"


def test_a_rare_metric_is_asked_for_week_by_week():
    """A day says too little of a sample."""
    assert question("", metric="M10").grain == "week"


def test_the_address_of_a_question_asks_the_same_question():
    """What is sent to a colleague shows the same."""
    found = question(
        "by=market,policy&from=2026-11-01&to=2026-11-07&queue=q1&grain=day"
    )

    assert question(query_of(found)) == found


def test_a_name_that_means_nothing_is_refused():
    """Ignored, it would show everything in place of what was meant."""
    with pytest.raises(UnknownParameterError) as refused:
        question("markets=BR")

    assert refused.value.fields["nearest"][0] == "market"


def test_a_name_given_twice_is_refused():
    """One of the two would be left out unsaid."""
    with pytest.raises(TwiceAskedError):
        question("market=BR&market=MX")


def test_an_empty_choice_asks_for_nothing():
    """A form sends every list, chosen or not."""
    assert question("market=&by=&grain=&from=&to=") == question("")


@pytest.mark.parametrize("value", ["2026-13-01", "yesterday", "01/11/2026"])
def test_a_day_that_is_none_is_refused(value):
    """Nobody guesses which day was meant."""
    with pytest.raises(BadDateError):
        question(f"from={value}")


def test_an_unknown_grain_is_refused():
    """The library's own error names those that there are."""
    with pytest.raises(UnknownGrainError):
        question("grain=year")


@pytest.mark.parametrize("value", ["0", "-1", "x", "1.5", "²"])
def test_a_page_that_cannot_be_is_refused(value):
    """It is no first page."""
    with pytest.raises(BadNumberError):
        page_number(QueryDict(f"page={value}"))
