"""Where one can go depends on what one may do."""

from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from django.apps import apps

from atalaia.desk.shell.navigation import Entry, Job, Search, found_by, links, rail
from atalaia.language.catalogue import translator

WORDS = translator("en")


@dataclass(frozen=True)
class Holds:
    """Somebody with these rights."""

    rights: tuple[str, ...] = ()

    def may(self, right: str) -> bool:
        return right in self.rights


@pytest.fixture
def offered(monkeypatch):
    """Apps that offer two jobs, one of them with two pages, and a search."""
    config = SimpleNamespace(
        navigation=(
            Entry(job=Job.CASES, page="shell:live", right="see"),
            Entry(job=Job.CASES, page="shell:ready", right="see", label="Chase list"),
            Entry(job=Job.TODAY, page="account_login"),
        ),
        searches=(Search(page="shell:live", label="Search cases", right="see"),),
    )
    monkeypatch.setattr(apps, "get_app_configs", lambda: [config])


def labels(stops):
    return [stop.link.label for stop in stops]


def test_the_rail_follows_the_order_of_the_day(offered):
    """Today stands first, whichever app was loaded first."""
    stops = rail(actor=Holds(("see",)), words=WORDS, path="/")
    assert labels(stops) == ["Today", "Cases"]


def test_a_job_without_the_right_is_not_shown(offered):
    """Nobody is led to a page that refuses them."""
    assert labels(rail(actor=Holds(), words=WORDS, path="/")) == ["Today"]


def test_the_job_at_hand_shows_its_pages(offered):
    """Pages beyond the first appear where one is within their job."""
    stops = rail(actor=Holds(("see",)), words=WORDS, path="/health/ready")
    cases = stops[1]
    assert (cases.link.is_here, [p.label for p in cases.within]) == (
        True,
        ["Chase list"],
    )


def test_another_job_keeps_its_pages_folded(offered):
    """The rail stays short."""
    assert rail(actor=Holds(("see",)), words=WORDS, path="/")[1].within == ()


def test_every_page_can_be_named_in_the_palette(offered):
    """The palette lists what the rail folds away."""
    shown = [link.label for link in links(actor=Holds(("see",)), words=WORDS)]
    assert shown == ["Today", "Cases", "Chase list"]


def test_a_search_needs_its_right_too(offered):
    """What one may not see, one may not look for."""
    assert found_by(actor=Holds(), words=WORDS) == ()
    assert [s.label for s in found_by(actor=Holds(("see",)), words=WORDS)] == [
        "Search cases"
    ]
