"""The page as a file: whole, alone, in the reader's language."""

import re
from dataclasses import replace

import pytest

from atalaia.domain.trilingual import Trilingual
from atalaia.language.catalogue import translator
from atalaia.language.format import Voice
from atalaia.reporting.contents.wording.brief import speak
from atalaia.reporting.formats.page import brief_page
from reporting.brief_builder import a_brief, a_figure


def page(language="en", **changes):
    brief = a_brief(**changes)
    voice = Voice(language=language, market="MX")
    spoken = speak(brief, voice=voice, words=translator(language))
    return brief_page(spoken)


def test_no_part_of_the_page_comes_from_elsewhere():
    """No address but the names of SVG's own vocabulary, no source, no import."""
    html = page()
    addresses = set(re.findall(r"https?://[^\"' )]+", html))
    assert addresses <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    assert not re.search(r"<link[^>]+href=\"(?!data:)|\bsrc=|@import", html)


@pytest.mark.parametrize(
    ("language", "tag"), [("en", "en"), ("es", "es-MX"), ("pt", "pt-BR")]
)
def test_the_page_names_its_language(language, tag):
    """A screen reader picks the voice from the tag."""
    assert f'<html lang="{tag}">' in page(language)


def test_every_chart_has_a_table_behind_it():
    """What a line shows can be read as rows too."""
    html = page()
    charts = html.count('role="img"')
    assert charts == 4
    assert html.count("<details>") == charts


def test_ids_are_used_once():
    """Drawings keep their inner names apart, and labels point at one thing."""
    ids = re.findall(r'\bid="([^"]+)"', page())
    assert len(ids) == len(set(ids))


def test_what_people_wrote_cannot_become_mark_up():
    """A name with tags in it is shown, not obeyed."""
    evil = "<script>alert(1)</script>"
    figure = a_figure(name=Trilingual(en=evil, es=evil, pt=evil))
    assert evil not in page(figures=(figure,), pairs=())


def test_a_provisional_figure_says_so_in_words():
    """Hatching alone would be colour without a word."""
    assert "provisional, 97% complete" in page()


def test_a_figure_with_one_day_has_no_chart():
    """A line needs two points; a lone one is not drawn."""
    lone = a_figure()
    lone = replace(lone, trend=lone.trend[:1])
    assert 'role="img"' not in page(figures=(lone,), pairs=())


def test_guard_rails_stand_side_by_side():
    """Overkill and leakage are never shown apart."""
    pairs = page().split('class="pair"')[1]
    assert "M10" in pairs
    assert "M12" in pairs
