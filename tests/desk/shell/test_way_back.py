"""A form leads to a page of this desk, whatever was posted with it."""

import pytest

from atalaia.desk.shell.way_back import way_back


@pytest.mark.parametrize("posted", ["/cases/?market=MX", "/"])
def test_an_address_of_ours_is_gone_to(posted: str):
    assert way_back(posted, otherwise="/watch/") == posted


@pytest.mark.parametrize(
    "posted",
    ["", "0", "cases", "//elsewhere.example/", "https://elsewhere.example", "/\\e.com"],
)
def test_anything_else_leads_to_the_page_of_the_form(posted: str):
    assert way_back(posted, otherwise="/watch/") == "/watch/"


def test_a_page_can_be_named():
    assert way_back("", otherwise="casework:list") == "/cases/"
