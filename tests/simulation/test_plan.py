"""A wrong plan is refused with the line, the value and the nearest name."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.reference import Reference
from atalaia.simulation.incidents import UnreleasedVersionError
from atalaia.simulation.plan import packaged
from atalaia.simulation.plan_file import load_plan
from atalaia.simulation.rates import UnscoredPolicyError, load_rates
from atalaia.simulation.releases import NoReleaseListedError

CHANGES = [
    ("  BR: 0.40", "  BX: 0.40", "'BX'"),
    ("  BR: 0.40", "  BR: 0.80", "add up to 1.4"),
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
    ("days: 28", "days: 0", "between 1 and 3660"),
    ("creators: 6500", "creators: 100", "1786 sessions a day"),
    ("miss_share: 0.02\n", "miss_share: 2\n", "between 0 and 1"),
    ("{qu: 2.0", "{quechua: 2.0", "'quechua'"),
    ("{minors: 0.7", "{minor: 0.7", "minors"),
    ("offence_factor: 0.6", "offence_factor: 1.6", "between 0 and 1"),
    ("offence_factor: 0.6", "offense_factor: 0.6", "offence_factor"),
    ("late_share: 0.002", "late_share: 1.5", "late_share"),
    ("moves_market: 0.00005", "moves: 0.00005", "moves_market"),
    ("id: gift-bait-wave", "id: funk-overkill", "a second time"),
    (
        "tns.mature.suggestive_dance\n    model: live-vision",
        "tns.mature.suggestive_dance\n    model: live-speech",
        "live-vision",
    ),
    ("start: 2026-10-22", "start: soon", "'soon'"),
]
OLDEST_APP = "  - {version: 41.1.0, from_day: -40}\n"
OLDEST_SPEECH = "  - {model: live-speech, version: s4.0, from_day: -60, auc: 0.986}\n"
RELEASES = [
    (OLDEST_SPEECH, "", "no release of 'live-speech'"),
    (
        OLDEST_SPEECH,
        OLDEST_SPEECH.replace("-60", "3"),
        "'s4.0' is the first, from day 3",
    ),
    (OLDEST_SPEECH, OLDEST_SPEECH.replace("speech", "speach"), "live-speech"),
    (OLDEST_APP, OLDEST_APP.replace("-40", "-5"), "'41.2.0' is from day -12"),
    (OLDEST_APP, OLDEST_APP.replace("41.1.0", "41.2.0"), "a second time"),
    ("from_day: 10,", "from_day: -60,", "'v7.3' is from day -60"),
]


@pytest.mark.parametrize("change", [*CHANGES, *RELEASES])
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


def test_plan_that_says_nothing_of_education_has_no_effect(
    tmp_path: Path, reference: Reference
) -> None:
    """Plans that were written before programmes worked keep their worlds."""
    text = packaged("demo.yaml").read_text(encoding="utf-8")
    block = "education: {offence_factor: 0.6}\n"
    assert block in text
    path = tmp_path / "plan.yaml"
    path.write_text(text.replace(block, ""), encoding="utf-8")
    assert load_plan(path, reference=reference).education.offence_factor == 1


def test_plan_without_app_versions_is_refused(
    tmp_path: Path, reference: Reference
) -> None:
    """Every session runs on some version, so an empty list cannot be a world."""
    text = packaged("demo.yaml").read_text(encoding="utf-8")
    start, end = text.index("app_versions:"), text.index("# Chance that")
    path = tmp_path / "plan.yaml"
    path.write_text(f"{text[:start]}app_versions: []\n{text[end:]}", encoding="utf-8")
    with pytest.raises(NoReleaseListedError, match="app_versions"):
        load_plan(path, reference=reference)


def test_fault_of_a_version_that_is_not_out_is_refused(
    tmp_path: Path, reference: Reference
) -> None:
    """A fault that ends before its version is released would change nothing."""
    text = packaged("demo.yaml").read_text(encoding="utf-8")
    fault = (
        "  - {id: fault, kind: traffic_fault, starts_day: 2, lasts_days: 3, "
        "app_version: 41.4.0, source: fyf, kept_share: 0.3}\n"
    )
    path = tmp_path / "plan.yaml"
    path.write_text(f"{text}{fault}", encoding="utf-8")
    with pytest.raises(UnreleasedVersionError, match="comes out on day 18"):
        load_plan(path, reference=reference)


def test_policy_that_no_model_scores_is_refused(
    tmp_path: Path, reference: Reference
) -> None:
    """A prefix that fits no policy's id leaves it unscored; it is named."""
    text = packaged("rates.yaml").read_text(encoding="utf-8")
    path = tmp_path / "rates.yaml"
    path.write_text(text.replace("  tns: live-vision\n", ""), encoding="utf-8")
    with pytest.raises(UnscoredPolicyError, match=r"rates\.yaml:.*\n.*\n?.*'tns\."):
        load_rates(
            path,
            markets=("BR",),
            policies=tuple(leaf.id for leaf in reference.policies.leaves),
            known_markets=reference.markets.codes,
        )
