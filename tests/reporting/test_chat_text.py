"""What the copy button puts on the clipboard."""

from io import StringIO

import pytest
from rich.console import Console

from atalaia.language.catalogue import translator
from atalaia.language.format import Voice
from atalaia.reporting.contents.brief import Owed
from atalaia.reporting.contents.wording.brief import speak
from atalaia.reporting.formats.chat_text import chat_text
from atalaia.reporting.formats.terminal import terminal_brief
from reporting.brief_builder import a_brief


def spoken(language, **changes):
    voice = Voice(language=language, market="BR")
    return speak(a_brief(**changes), voice=voice, words=translator(language))


def printed(brief):
    console = Console(width=250, file=StringIO())
    console.print(terminal_brief(brief))
    return console.file.getvalue()


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_the_whole_brief_reads_well_in_a_chat(language, snapshot):
    """Every line is a sentence or a figure in the reader's language."""
    assert chat_text(spoken(language)) == snapshot


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_no_line_is_left_with_an_empty_part(language):
    """No dangling separator shows where a line does not apply."""
    text = chat_text(spoken(language))
    assert not any(mark in text for mark in ("; ;", ": ;", "  ", "{", "}"))


def test_a_missing_number_says_why():
    """A figure without a value gives its reason instead."""
    line = next(x for x in chat_text(spoken("en")).splitlines() if "Leakage" in x)
    assert "No probability sample" in line


@pytest.mark.parametrize("show", [chat_text, printed], ids=["chat", "terminal"])
def test_every_number_shows_how_sure_it_is(show):
    """Each figure with a value gives its n and an interval, as the page does."""
    text = " ".join(show(spoken("en")).split())
    for figure in spoken("en").figures:
        assert figure.base in text
        assert figure.interval.rstrip(".") in text


@pytest.mark.parametrize("show", [chat_text, printed], ids=["chat", "terminal"])
def test_a_figure_of_seven_days_names_them(show):
    """A week's figure among those of the day says which days it covers."""
    line = next(x for x in show(spoken("en")).splitlines() if "Overkill" in x)
    assert "Jun 29" in line


def test_cases_without_due_dates_are_not_called_on_time():
    """A zero would say that somebody looked."""
    ours = Owed(open=5, urgent=0, past_due=None, oldest_hours=4.0)
    line = next(
        x
        for x in chat_text(spoken("en", owed_by_region=ours)).splitlines()
        if "We owe" in x
    )
    assert "Past SLA: unknown" in line
