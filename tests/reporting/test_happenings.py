"""What the calendar tells of the next days, with an installation's own events."""

from datetime import UTC, date, datetime

import pytest

from atalaia.domain.codes import EventKind
from atalaia.domain.reference import load_reference
from atalaia.reporting.contents.happenings import coming, marks_between

NOW = datetime(2026, 11, 19, 15, tzinfo=UTC)
OWN = """
events:
  model_v75:
    name: {en: Model v7.5, es: Modelo v7.5, pt: Modelo v7.5}
    kind: release
    markets: [BR, MX]
    when: {dates: [{first: 2026-11-21, last: 2026-11-21}]}
    policies: []
    direction: unclear
  black_friday:
    name: {en: Our sale, es: Nuestra venta, pt: Nossa venda}
    kind: commerce
    markets: [BR]
    when: {dates: [{first: 2026-11-20, last: 2026-11-20}]}
    policies: []
    direction: up
"""


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reference")
    (folder / "events.yaml").write_text(OWN)
    return load_reference(folder)


def test_a_release_of_ones_own_is_coming(reference):
    """One release for two markets is told once, beside holidays and matches."""
    found = coming(reference, market=None, now=NOW)
    release = next(event for event in found if event.name.en == "Model v7.5")
    assert release.markets == ("BR", "MX")
    assert release.kind.es == "Lanzamiento"
    assert any("Zumbi" in event.name.en for event in found)


def test_an_event_of_ones_own_stands_in_the_place_of_the_package_s(reference):
    """The same id is the same event, with the installation's date."""
    found = coming(reference, market="BR", now=NOW)
    assert "Our sale" in [event.name.en for event in found]
    days = {"start": date(2026, 11, 27), "end": date(2026, 11, 27)}
    marks = marks_between(reference, market="BR", kinds=tuple(EventKind), **days)
    assert [mark.name.en for mark in marks] == []


def test_a_region_s_trends_are_marked_with_releases_alone(reference):
    """Twenty markets' holidays would hide the line."""
    days = {"start": date(2026, 11, 1), "end": date(2026, 11, 30)}
    marks = marks_between(reference, market=None, kinds=(EventKind.RELEASE,), **days)
    assert [mark.name.en for mark in marks] == ["Model v7.5"]
