"""Every market of the team is there, with its clock and names."""

from pathlib import Path

import pytest

from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.markets import UnknownMarketError, load_markets

ONE = """\
defaults:
  appeal_days: 90
  retention_days: 730
  business_hours: {opens: 9, closes: 18, weekdays: [1]}
markets:
  CL:
    name: {en: Chile, es: Chile, pt: Chile}
    region: es-419
    languages: [es]
    currency: CLP
    appeal_days: 30
    zones: [America/Santiago]
"""


def a_file(folder: Path, text: str) -> Path:
    path = folder / "markets.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_brazil_and_all_of_spanish_latin_america_are_there():
    """The team's nineteen markets, Brazil first."""
    expected = "BR MX CO AR PE CL EC VE GT CR SV HN NI PA DO PR BO UY PY"
    assert " ".join(load_markets().codes) == expected


def test_principal_zone_is_the_first():
    """Brazil's day is São Paulo's unless the creator lives elsewhere."""
    brazil = load_markets().of("BR")
    assert brazil.principal_zone == "America/Sao_Paulo"
    assert "America/Manaus" in brazil.zones


def test_own_setting_rules_over_the_default(tmp_path: Path):
    """A market's appeal window replaces the default; the rest stays."""
    chile = load_markets(a_file(tmp_path, ONE)).of("CL")
    assert (chile.appeal_days, chile.retention_days) == (30, 730)


def test_unknown_market_is_answered_with_the_nearest():
    """A wrong code stops with what is known."""
    with pytest.raises(UnknownMarketError, match="Did you mean: BR"):
        load_markets().of("BRA")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("America/Santiago", "America/Santiagoo", 12),
        ("[America/Santiago]", "[]", 12),
        ("[es]", "[espanol]", 9),
        ("[es]", "[]", 9),
        ("es-419", "latam", 8),
    ],
)
def test_wrong_market_file_shows_its_line(
    tmp_path: Path, old: str, new: str, line: int
):
    """Each invariant names file and line."""
    with pytest.raises(ReferenceDataError, match=rf"markets\.yaml:{line}\n"):
        load_markets(a_file(tmp_path, ONE.replace(old, new, 1)))
