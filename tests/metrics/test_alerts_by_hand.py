"""Alerts counted by hand: what they turned out to be, and who took them when."""

from dataclasses import replace
from datetime import timedelta

import pytest

from answers import ask, only
from atalaia.metrics.arrival import NoFactsError
from builders import (
    AS_OF,
    DAY,
    FactsInMemory,
    an_alert,
    at,
    some_facts,
    stored,
)


class Remembered(FactsInMemory):
    """Facts whose earlier observations of alerts are known too."""

    def raw(self, name):
        known = "history" if name == "alert" else name
        return self.engine.rows(self.tables[known])


def alerts(*rows):
    return some_facts(alert=list(rows))


def closed(state, **given):
    return an_alert(state=state, closed_at=at("18:00"), **given)


def test_explained_and_actioned_alerts_were_worth_raising():
    """Two of four; an open one is no part of it."""
    facts = alerts(
        closed("explained"),
        closed("actioned"),
        closed("false"),
        closed("closed"),
        an_alert(state="explained"),
    )
    row = only(ask("M53", facts))
    assert (row.numerator, row.denominator) == (2, 4)


def test_a_closed_alert_keeps_its_last_finding():
    """First false, then explained, then closed: explained."""
    final = closed("closed")
    earlier = [
        final | {"state": state, "observed_at": at(moment)}
        for state, moment in (("false", "10:00"), ("explained", "12:00"))
    ]
    plain = alerts(final)
    tables = plain.tables | {"history": stored("alert", [final, *earlier])}
    facts = Remembered(
        engine=plain.engine, reference=plain.reference, as_of=AS_OF, tables=tables
    )
    assert only(ask("M53", facts)).numerator == 1


def test_an_alert_belongs_to_the_day_it_was_closed():
    """Raised on Monday, closed early on Tuesday UTC: still Monday in Brazil."""
    tuesday = at("02:30", day=DAY + timedelta(days=1))
    facts = alerts(*(an_alert(state="false", closed_at=tuesday) for _ in range(5)))
    assert only(ask("M53", facts)).n == 5
    later = ask("M53", facts, start=DAY + timedelta(days=1), end=DAY + timedelta(1))
    assert later[0].n == 0


def test_alerts_split_by_rule_and_by_the_metric_watched():
    """Each rule has a precision of its own."""
    facts = alerts(
        *(closed("actioned", rule="spike") for _ in range(5)),
        *(closed("false", rule="drift", metric="M10") for _ in range(5)),
    )
    found = ask("M53", facts, by=("rule", "watched_metric"))
    assert {tuple(row.dims.values()): row.value for row in found} == {
        ("spike", "M01"): 1,
        ("drift", "M10"): 0,
    }


def test_the_mean_wait_is_of_alerts_that_were_taken():
    """Ten and thirty minutes: twenty; the one nobody took is left out."""
    facts = alerts(
        an_alert(acked_at=at("09:10")), an_alert(acked_at=at("09:30")), an_alert()
    )
    row = only(ask("M54", facts))
    assert (row.value, row.n) == (1200, 2)


def test_an_acknowledgement_to_come_is_not_known_yet():
    """Asked as of 09:20, the alert taken at 09:30 still waits."""
    facts = alerts(an_alert(acked_at=at("09:10")), an_alert(acked_at=at("09:30")))
    early = replace(facts, as_of=at("09:20"))
    assert only(ask("M54", early)).value == 600


@pytest.mark.parametrize("metric", ["M53", "M54"])
def test_without_alerts_there_is_no_data(metric):
    """No alert ever arrived: that is said, and no zero is made of it."""
    with pytest.raises(NoFactsError, match="never arrived"):
        ask(metric, some_facts())
