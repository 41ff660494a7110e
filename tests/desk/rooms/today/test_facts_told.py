"""How fresh and how whole the facts are, at the head of the page."""

import re
from html import unescape

import pytest

from atalaia.desk.rooms.today import facts_told
from atalaia.desk.shell.trade import trade
from atalaia.domain.codes import RoleCode


def text(page) -> str:
    """What a reader reads."""
    words = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", page.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", unescape(words))


@pytest.fixture
def is_open(answers, monkeypatch):
    """Somebody looked at the facts before."""
    monkeypatch.setattr(facts_told, "is_open", lambda _: True)


def test_the_page_opens_no_snapshot_by_itself(browse, monkeypatch):
    """Who comes first in the morning does not wait for it."""
    monkeypatch.setattr(facts_told, "is_open", lambda _: False)
    page = browse(RoleCode.ANALYST, "BR").get("/").content.decode()
    assert 'hx-get="/today/facts/"' in page


def test_what_is_open_is_told_at_once_or_follows(browse, is_open):
    """Either way the reader comes to read it."""
    client = browse(RoleCode.ANALYST, "BR")
    told = text(client.get("/today/facts/"))
    assert re.search(r"Facts as of .+ UTC; the last whole day is .+\.", told)
    assert told.strip() in text(client.get("/"))


def test_every_market_is_counted_as_whole_or_named_as_lacking(browse):
    """No market of the reader's is passed over."""
    told = text(browse(RoleCode.REGIONAL_LEAD).get("/today/facts/"))
    lacking = re.findall(r"\d+%", told)
    whole = re.search(r"That day is whole in (\d+) market", told)
    known = trade().reference.markets.codes
    assert len(lacking) + int(whole[1] if whole else 0) == len(known)


def test_another_market_s_feed_is_not_told(browse):
    """An analyst reads of theirs alone."""
    told = text(browse(RoleCode.ANALYST, "BR").get("/today/facts/"))
    assert "Mexico" not in told


def test_an_agency_is_told_of_no_market_s_feed(browse):
    """Its viewer reads the moment, the day, and whose creators they see."""
    viewer = browse(RoleCode.AGENCY_VIEWER, agency="ag100")
    told = text(viewer.get("/today/facts/"))
    assert "Only the creators of agency ag100." in told
    assert "%" not in told
    assert "whole in" not in told
