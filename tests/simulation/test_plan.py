"""A wrong plan is refused with the line, the value and the nearest name."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.reference import Reference
from atalaia.simulation.plan import load_plan, packaged

CHANGES = [
    ("  BR: 0.40", "  BX: 0.40", "'BX'"),
    ("  BR: 0.40", "  BR: 0.80", "1.4 in all"),
    ("eco.engage.gift_bait", "eco.engage.gift_baits", "eco.engage.gift_bait"),
    ("queue: tns-es", "queue: tns-se", "tns-es"),
    ("kind: agency_wave", "kind: agency_waves", "agency_wave"),
    ("genre: dance", "genre: dances", "dance"),
    (
        "model: live-vision\n    version: v7.4",
        "model: vision\n    version: v7.4",
        "live-vision",
    ),
    ("    market: BR\n    genre", "    market: UY\n    genre", "'UY'"),
    ("rank: 1", "rank: 0", "rank"),
    ("lasts_days: 6", "lasts_days: 0", "lasts_days"),
    ("starts_day: 22", "starts_day: 40", "starts_day"),
    ("violation_scale:", "violations_scale:", "violation_scale"),
    ("days: 28", "days: 0", "from 1 to 3660"),
    ("creators: 6500", "creators: 100", "at least 1786"),
    ("miss_share: 0.02\n", "miss_share: 2\n", "from 0 to 1"),
    ("start: 2026-10-22", "start: soon", "'soon'"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_wrong_plan_is_refused(
    change: tuple[str, str, str], tmp_path: Path, reference: Reference
) -> None:
    """The error shows the place and what would be right."""
    old, new, told = change
    text = packaged("demo.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "plan.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ReferenceDataError) as caught:
        load_plan(path, reference=reference)
    assert told in str(caught.value)
    assert "plan.yaml:" in str(caught.value)


def test_demo_ends_on_a_stated_day(reference: Reference) -> None:
    """The demo is 28 days and 50,000 sessions that end on 18 November 2026."""
    plan = load_plan(reference=reference)
    assert (plan.days, plan.sessions) == (28, 50_000)
    assert plan.last_day == date(2026, 11, 18)
    assert plan.ends_at == datetime(2026, 11, 19, 15, tzinfo=UTC)


def test_plan_of_other_size_keeps_its_days(reference: Reference) -> None:
    """A larger world has more creators, not more days."""
    plan = load_plan(reference=reference).of_size(sessions=100_000)
    assert (plan.sessions, plan.creators, plan.days) == (100_000, 13_000, 28)
