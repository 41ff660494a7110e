"""What central reads says everything that it needs, and says what is missing."""

from dataclasses import FrozenInstanceError
from datetime import timedelta

import pytest

from atalaia.desk.casework import actions
from atalaia.desk.casework.handoff.answering import answer_by_link
from atalaia.desk.casework.handoff.building import hand_off_for
from atalaia.desk.casework.handoff.document import hand_off_from
from atalaia.desk.casework.handoff.verdicts import Answer, Verdict
from atalaia.domain.case_codes import CaseLinkKind
from atalaia.domain.codes import RoleCode
from desk.a_case import DISPUTE, a_triaged_case
from desk.casework.handoff.a_hand_off import a_link, an_overkill_case, line, text_of
from desk.people import NOW, an_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return an_actor(RoleCode.ANALYST, "MX")


def test_the_violating_second_is_told_on_every_clock(region):
    """In the room, in UTC, where the creator lives, and where central works."""
    told = hand_off_for(an_overkill_case(region), by=region, now=NOW)

    room = "Violating second in the room"
    assert line(told, room).text == "01:14:09 after the start (second 4,449)"
    assert line(told, "Violating second, UTC").text == "2026-11-23 00:14:09 UTC"
    market = line(told, "Violating second, market").text
    assert market == "2026-11-22 18:14:09 America/Mexico_City"
    central = line(told, "Violating second, central").text
    assert central == "2026-11-23 08:14:09 Asia/Singapore"


def test_a_moment_before_the_start_is_not_turned_into_a_second(region):
    """A minus would send central to the wrong place."""
    started = "2026-11-22T22:00:00-03:00"
    told = text_of(
        "Violating second in the room", by=region, session_started_at=started
    )

    assert told == "Unknown: the moment given lies before the start of the LIVE."


def test_the_policy_is_quoted_in_the_version_of_the_decision(region):
    """Whoever reads knows by which text the decision is judged, and as of when."""
    told = hand_off_for(an_overkill_case(region), by=region, now=NOW)

    assert line(told, "Clause").text.startswith("tns.danger.significant (")
    assert "at the time of the decision;" in line(told, "Version in force").text


def test_without_the_time_of_the_decision_the_version_says_by_what_it_goes(region):
    """Another moment stands in openly, never in silence."""
    told = text_of("Version in force", by=region, decision_at="")

    assert "the violation (the decision's is not given)" in told


def test_the_interval_is_exact_and_scaled_to_the_decisions(region):
    """A share comes with n, method, and what it means in decisions."""
    told = text_of("Interval", by=region)

    assert told == (
        "34.2 % (25.8 to 43.4 %; 95 % interval, n = 120, Clopper-Pearson)"
        "; of 2,300 decisions: 786 (592 to 998)"
    )


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"sample_wrong_n": ""}, "None: the number of wrong decisions in it"),
        ({"sample_n": ""}, "None: the size of a sample was not given."),
        ({"sample_is_random": False}, "None: cases picked by hand do not tell"),
        ({"sample_wrong_n": 130}, "None: the sample does not add up (130"),
        ({"sample_n": 0, "sample_wrong_n": 0}, "None: the sample does not add up"),
    ],
)
def test_a_missing_interval_says_why(region, fields, said):
    """A number without its uncertainty says so instead of looking certain."""
    assert text_of("Interval", by=region, **fields).startswith(said)


def test_an_undeclared_way_of_drawing_makes_the_interval_conditional(region):
    """The interval holds for a random sample only, and the reader is told."""
    told = text_of("Interval", by=region, sample_is_random="")

    assert told.endswith(", if the sample was drawn at random")


def test_words_are_quoted_and_glossed_in_the_language_named(region):
    """The quote stays as it was said; its meaning stands beside it, in English."""
    told = hand_off_for(an_overkill_case(region), by=region, now=NOW)

    quote = line(told, "Original words (Spanish)")
    assert (quote.text, quote.is_quote) == ("É de brinquedo, gente", True)
    assert line(told, "In English").text == "It is a toy, folks"


def test_both_appeals_are_told_with_their_dates_or_that_these_are_missing(region):
    """Central looks by hand only after both rounds."""
    at = {"in_app_appeal_1_at": "2026-11-20T10:00:00+00:00"}
    key = a_triaged_case(region, fields={**DISPUTE, **at})
    told = hand_off_for(key, by=region, now=NOW)

    assert line(told, "Round 1").text.startswith("Upheld, 2026-11-20 10:00:00 UTC")
    assert line(told, "Round 2").text == "Upheld, its date is not given"


def test_precedents_are_those_linked_or_none_with_where_it_was_looked(region):
    """'None found' is worth what was searched."""
    key, other = an_overkill_case(region), a_triaged_case(region)
    assert line(hand_off_for(key, by=region, now=NOW), "Cases linked").text == (
        "None found."
    )
    actions.link(key, to=other, kind=CaseLinkKind.RELATED, by=region, now=NOW)

    told = hand_off_for(key, by=region, now=NOW)

    assert line(told, "Cases linked").text == other
    where = line(told, "Where it was looked for").text
    assert where == "The diff board and cases since May."


def test_earlier_answers_in_which_central_was_right_are_counted(region):
    """The case shows both sides: how often central's decision stood."""
    sent = a_link(region)
    refused = Answer(verdict=Verdict.REJECT, text="It was real.", from_name="Ana")
    answer_by_link(sent.token, refused, form_key="a" * 12, now=NOW)
    later = NOW + timedelta(days=1)

    told = hand_off_for(an_overkill_case(region), by=region, now=later)

    assert line(told, "Earlier answers on this policy").text == (
        "In 1 of 1 cases decided on tns.danger.significant in the last 365 days, "
        f"central's decision stood: {sent.case}."
    )


def test_what_a_procedure_does_not_ask_for_is_told_apart_from_what_is_missing(region):
    """A gap of the case is not a gap of the procedure."""
    told = hand_off_for(a_triaged_case(region), by=region, now=NOW)

    assert line(told, "Affected (N)").text == "Not asked for by this procedure."
    assert line(told, "Local context").text == "Not given."


def test_every_answer_of_the_procedure_reaches_central(region):
    """No field that somebody filled in is left out."""
    told = hand_off_for(an_overkill_case(region), by=region, now=NOW)
    text = "\n".join(each.text for each in told.lines)

    for said in ("9 of 120", "2 missed", "gold tier", "Of the agency", "toy gun"):
        assert said in text


def test_the_hand_off_is_a_frozen_value_that_is_kept_whole(region):
    """What was sent is read back as it was."""
    told = hand_off_for(an_overkill_case(region), by=region, now=NOW)

    assert hand_off_from(told.plain) == told
    with pytest.raises(FrozenInstanceError):
        told.reference = "X"  # type: ignore[misc]
