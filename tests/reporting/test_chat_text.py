"""What the copy button puts on the clipboard."""

import pytest

from atalaia.language.catalogue import translator
from atalaia.language.format import Voice
from atalaia.reporting.contents.wording.brief import speak
from atalaia.reporting.formats.chat_text import chat_text
from reporting.brief_builder import a_brief


def spoken(language, **changes):
    voice = Voice(language=language, market="BR")
    return speak(a_brief(**changes), voice=voice, words=translator(language))


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
