"""Every page speaks three languages, and says nothing that nobody translated."""

import pytest

from atalaia.domain.trilingual import LANGUAGES
from desk.unspoken import every_sentence_marked, unspoken
from desk.visits import DATA, VISITS, Visit, visitor

pytestmark = pytest.mark.django_db


def named(visit: Visit) -> str:
    """What a failing visit is called."""
    return f"{visit.address}{'+post' if visit.posts else ''} {visit.by}"


@pytest.mark.parametrize("visit", VISITS, ids=named)
def test_no_word_reaches_a_page_but_through_the_catalogue(visit, monkeypatch):
    """What has letters outside the marks would stay English for everybody."""
    somebody = visitor(visit.by)
    with every_sentence_marked(monkeypatch):
        html = somebody.see(visit)

    assert unspoken(html, data=(*DATA, *visit.data)) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("visit", VISITS, ids=named)
def test_a_page_is_in_the_language_of_its_reader(visit, language):
    """As its first line tells a browser and a screen reader."""
    html = visitor(visit.by, language=language).see(visit)

    assert f'<html lang="{language}"' in html


@pytest.mark.parametrize(
    "html",
    [
        "<p>Not translated</p>",
        '<input placeholder="Name">',
        '<button aria-label="Close">⟦x⟧</button>',
        "<p>⟦A sentence.⟧ and a tail</p>",
        "<title>Sign in · Atalaia</title>",
        '<input type="submit" value="Go">',
        "<svg><use></use></svg><script>x</script>Not translated",
    ],
)
def test_the_search_finds_what_nobody_translated(html):
    """A search that finds nothing would prove nothing."""
    assert len(unspoken(html)) == 1


@pytest.mark.parametrize(
    "html",
    [
        "<p>⟦Due ⟦3 h⟧.⟧ · 12</p>",
        "<p>ana@example.org</p>",
        "<script>let x</script><kbd>g</kbd>",
        '<p translate="no">original words</p>',
        '<meta name="viewport" content="width"><img alt="">',
    ],
)
def test_the_search_lets_data_be(html):
    """Names, ids and keys are nobody's sentence."""
    assert unspoken(html, data=["ana@example.org"]) == []
