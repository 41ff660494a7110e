"""Penalties have one order of weight per domain."""

from pathlib import Path

import pytest

from atalaia.domain.codes import Domain, PenaltyCode, Subject
from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.ladder import (
    Ladders,
    NothingToRankError,
    UnknownPenaltyError,
    load_ladders,
)
from atalaia.domain.marked_yaml import package_data
from atalaia.domain.names import load_names

SEED = package_data("penalties.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def ladders() -> Ladders:
    return load_ladders(load_names())


def test_incident_counts_its_heaviest_action(ladders: Ladders):
    """Warn, interrupt, suspend in one room is one incident: a suspension."""
    codes = ["warn", "live_suspend_1d", "interrupt", "law_enforcement_referral"]
    assert ladders.heaviest(codes, domain=Domain.TNS) == PenaltyCode.LIVE_SUSPEND_1D


def test_ladders_differ_by_domain(ladders: Ladders):
    """A stopped room outweighs lost features in TnS, not in Ecosystem."""
    codes = ["interrupt", "feature_restrict"]
    assert ladders.heaviest(codes, domain=Domain.TNS) == "interrupt"
    assert ladders.heaviest(codes, domain=Domain.ECOSYSTEM) == "feature_restrict"


def test_suspensions_grow_heavier_with_their_length(ladders: Ladders):
    """1, 7, 30, 90 days, for good: each outweighs the one before on both ladders."""
    steps = ["1d", "7d", "30d", "90d"]
    codes = [f"live_suspend_{step}" for step in steps] + ["live_ban_permanent"]
    for domain in Domain:
        ranks = [ladders.rank(code, domain) for code in codes]
        assert ranks == sorted(set(ranks))


def test_interruption_loses_time_for_good_but_not_its_strike(ladders: Ladders):
    """The room's time is gone; the strike can be taken back."""
    rung = ladders.of("interrupt")
    assert (rung.reversible, ladders.strike_reversible("interrupt")) == (False, True)


def test_hours_tell_at_once_from_without_end(ladders: Ladders):
    """0 is done at once, None has no end of its own."""
    codes = ("warn", "live_suspend_7d", "live_ban_permanent")
    assert [ladders.hours(code) for code in codes] == [0, 168, None]


def test_suspension_means_no_live(ladders: Ladders):
    """Suspensions, age holds and bans keep a creator from LIVE; lost money does not."""
    stopping = {code for code in PenaltyCode if ladders.is_suspension(code)}
    assert stopping == {
        "live_suspend_1d",
        "live_suspend_7d",
        "live_suspend_30d",
        "live_suspend_90d",
        "age_verification_hold",
        "live_ban_permanent",
        "account_ban",
    }


def test_support_is_for_a_person_and_no_rung(ladders: Ladders):
    """A referral for support goes beside the ladder, never up it."""
    assert ladders.subject("welfare_escalation") == Subject.PERSON
    assert ladders.rank("welfare_escalation", Domain.TNS) == 0


def test_heaviest_of_nothing_is_refused(ladders: Ladders):
    """An incident without penalties is a question gone wrong."""
    with pytest.raises(NothingToRankError):
        ladders.heaviest([], domain=Domain.TNS)


def test_unknown_penalty_is_answered_with_the_nearest(ladders: Ladders):
    """A misspelt code stops with what was meant."""
    with pytest.raises(UnknownPenaltyError, match="live_suspend_7d"):
        ladders.hours("live_suspend_7")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  warn:\n", "  warning:\n"),
        ("rank: {tns: 12, ecosystem: 12}", "rank: {tns: 10, ecosystem: 12}"),
        ("subject: guest", "subject: guests"),
        ("hours: 24", "hours: a day"),
        ("stops_live: true, hours: 24", "hours: 24"),
    ],
)
def test_wrong_ladder_file_shows_its_line(tmp_path: Path, old: str, new: str):
    """Each invariant names file and line."""
    path = tmp_path / "penalties.yaml"
    path.write_text(SEED.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ReferenceDataError, match=r"penalties\.yaml:\d"):
        load_ladders(load_names(), path)
