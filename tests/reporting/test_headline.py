"""The three lines that a lead reads first."""

from datetime import timedelta

from atalaia.language.catalogue import translator
from atalaia.language.format import Voice
from atalaia.reporting.contents.brief import Owed, Word
from atalaia.reporting.contents.wording.headline import LINES, headline
from reporting.brief_builder import DAY, STILL, a_brief, a_figure


def told(**changes):
    words = translator("en")
    return headline(a_brief(**changes), voice=Voice(language="en"), words=words)


def test_never_more_than_three_lines():
    """However much there is to say, the headline stays short."""
    figures = tuple(a_figure(f"M{n:02d}") for n in range(9))
    assert len(told(figures=figures)) <= LINES


def test_noise_is_never_a_headline():
    """A change within what chance does is not told as a rise or a fall."""
    lines = told(
        figures=(a_figure(word=Word.NOISE, target=None),),
        moved=STILL,
        owed_by_region=None,
    )
    assert "No key figure moved more than chance" in lines[0]


def test_too_little_to_tell_is_not_called_calm():
    """Wide intervals are no proof that nothing happened."""
    lines = told(
        figures=(a_figure(word=Word.UNCLEAR, target=None),),
        moved=STILL,
        owed_by_region=None,
    )
    assert "too little to tell" in lines[0]


def test_the_worst_real_change_comes_first():
    """A change for the worse is told before one for the better."""
    better = a_figure("M05", change=-0.02, value=0.01, before=0.03, target=None)
    worse = a_figure("M02", change=0.006, value=0.0312, before=0.0252)
    assert " up from 2.52% to 3.12%" in told(figures=(better, worse))[1]


def test_a_real_mover_says_where_to_look():
    """When the whole stands still, the slice that moved is the headline."""
    lines = told(figures=(a_figure(word=Word.NOISE, target=None),))
    assert lines[1].startswith("Suggestive dance, Jun 29")
    assert "Penalty cases up from 41 to 97" in lines[1]


def test_a_figure_on_its_target_is_no_headline():
    """A figure exactly at its target does not miss it."""
    lines = told(figures=(a_figure(value=0.03, word=Word.NOISE),))
    assert not any("off its target" in line for line in lines)


def test_a_figure_of_seven_days_names_them():
    """Beside figures of the day, a week's figure says that it is one."""
    week = a_figure(start=DAY - timedelta(days=6))
    assert "Jun 29" in told(figures=(week,))[1]


def test_cases_without_due_dates_are_not_called_on_time():
    """Nobody can be late where no date was agreed, nor be on time."""
    ours = Owed(open=5, urgent=2, past_due=None, oldest_hours=4.0)
    lines = told(figures=(), moved=STILL, owed_by_region=ours)
    assert any("no open case has a due date" in line for line in lines)


def test_an_incomplete_day_says_so():
    """Readers learn that the day is not whole before they read on."""
    calm = (a_figure(word=Word.NOISE, target=None),)
    lines = told(figures=calm, owed_by_region=None, moved=STILL, completeness=0.9)
    assert lines[-1].startswith("The day is 90.0% complete")


def test_a_headline_says_how_sure_it_is():
    """A real change carries its n and interval, a real mover its interval."""
    _, moved, where = told()
    assert "n = 12,431; 95% interval of the change +0.21 pp to +1.01 pp" in moved
    assert "real change; 99.9% interval of the change +21 to +91" in where


def test_nothing_urgent_is_no_headline():
    """Cases past SLA are told without a count of zero urgent ones."""
    ours = Owed(open=5, urgent=0, past_due=3, oldest_hours=4.0)
    lines = told(figures=(), moved=STILL, owed_by_region=ours)
    assert "3 cases past their SLA wait for us." in lines


def test_a_person_at_risk_comes_before_every_figure():
    """However much moved, urgent cases that wait are the first line."""
    ours = Owed(open=5, urgent=1, past_due=1, oldest_hours=30.0)
    figures = tuple(a_figure(f"M{n:02d}") for n in range(5))
    assert "Urgent cases" in told(figures=figures, owed_by_region=ours)[0]
