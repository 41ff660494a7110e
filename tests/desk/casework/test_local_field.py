"""A field of date and time shows market time, and gives back what is no time."""

import pytest

from atalaia.desk.casework.templatetags.case_words import local_field


def test_an_instant_is_shown_in_the_market_s_time():
    assert local_field("2026-11-23T18:00:00+00:00", "BR") == "2026-11-23T15:00:00"


@pytest.mark.parametrize("typed", ["", " ", "yesterday", "0001-01-01T00:00+00:00"])
def test_what_is_no_time_is_given_back_as_it_was_typed(typed: str):
    assert local_field(typed, "MX") == typed
