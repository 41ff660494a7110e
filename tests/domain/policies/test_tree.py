"""Policies are found by id and word, and judged by the version in force."""

from datetime import UTC, date, datetime

import pytest

from atalaia.domain.codes import Domain, Lane, PenaltyCode, Severity, Subject
from atalaia.domain.markets import UnknownMarketError
from atalaia.domain.policies import (
    NotALeafError,
    PolicyGroup,
    PolicyNotInForceError,
    PolicyTree,
    UnknownPolicyError,
    load_policies,
)

VAPES = "tns.regulated.tobacco_sale"


@pytest.fixture(scope="module")
def tree() -> PolicyTree:
    return load_policies()


def test_mexican_vape_ban_begins_on_its_day(tree: PolicyTree):
    """A sale before 16 January 2026 is judged by the milder text."""
    before = tree.in_force(VAPES, at=date(2026, 1, 15), market="MX")
    after = tree.in_force(VAPES, at=date(2026, 1, 16), market="MX")
    assert (before.severity, after.severity) == (Severity.MEDIUM, Severity.HIGH)
    assert before.id != after.id
    assert after.lane == Lane.REMOVE


def test_override_stays_in_its_market(tree: PolicyTree):
    """The Mexican ban changes nothing in Argentina."""
    argentina = tree.in_force(VAPES, at=date(2026, 6, 1), market="AR")
    assert argentina.severity == Severity.MEDIUM
    assert argentina.override is None


def test_law_begins_at_local_midnight(tree: PolicyTree):
    """An instant is read as the local date: 05:59 UTC is still the day before."""
    last = datetime(2026, 1, 16, 5, 59, tzinfo=UTC)
    first = datetime(2026, 1, 16, 6, 0, tzinfo=UTC)
    assert tree.in_force(VAPES, at=last, market="MX").override is None
    assert tree.in_force(VAPES, at=first, market="MX").override is not None


def test_deferred_ruling_waits_three_years(tree: PolicyTree):
    """Colombia's ruling on coleo changes the lane in 2028, not before."""
    now = tree.in_force("tns.animals.cultural", at=date(2026, 11, 22), market="CO")
    then = tree.in_force("tns.animals.cultural", at=date(2028, 10, 1), market="CO")
    assert (now.lane, then.lane) == (Lane.FYF_INELIGIBLE, Lane.REMOVE)


def test_eca_digital_counts_from_march(tree: PolicyTree):
    """Brazil's law is in force from 17 March 2026 and only in Brazil."""
    policy = "tns.minors.host_under18"
    brazil = tree.in_force(policy, at=date(2026, 3, 17), market="BR")
    mexico = tree.in_force(policy, at=date(2026, 3, 17), market="MX")
    assert PenaltyCode.ACCOUNT_BAN in brazil.repeat_penalties
    assert PenaltyCode.ACCOUNT_BAN not in mexico.repeat_penalties


@pytest.mark.parametrize(
    ("on", "severity"),
    [
        (date(2026, 8, 15), Severity.HIGH),
        (date(2026, 10, 4), Severity.CRITICAL),
        (date(2026, 11, 22), Severity.HIGH),
    ],
)
def test_election_lies_are_critical_in_the_window(
    tree: PolicyTree, on: date, severity: Severity
):
    """Election misinformation is high, critical in the window, never for the police."""
    found = tree.in_force("tns.integrity.election", at=on, market="BR")
    assert found.severity == severity
    assert PenaltyCode.LAW_ENFORCEMENT_REFERRAL not in found.first_penalties


def test_no_effective_from_means_always(tree: PolicyTree):
    """A policy without a date judges a decision of any year."""
    found = tree.in_force("eco.quality.sleep", at=date(2019, 1, 1), market="PE")
    assert found.effective_from is None


def test_policy_of_one_market_is_not_in_force_elsewhere(tree: PolicyTree):
    """The Brazilian rule on child routines cannot judge a Mexican room."""
    policy = "tns.minors.monetised_routine_br"
    with pytest.raises(PolicyNotInForceError, match=r"not in force in MX.*\(BR\)"):
        tree.in_force(policy, at=date(2026, 6, 1), market="MX")


def test_superseded_policy_judges_only_its_time(tree: PolicyTree):
    """The rule on rooms that drive people elsewhere ended in September 2025."""
    policy = "eco.redirect.primary"
    assert tree.is_in_force(policy, at=date(2025, 9, 12), market="BR")
    assert not tree.is_in_force(policy, at=date(2025, 9, 13), market="BR")
    assert tree.leaf(policy).superseded_by == "eco.redirect.purchase"


def test_allow_note_holds_in_its_season_and_market(tree: PolicyTree):
    """Catrina make-up is allowed around 2 November in Mexico, and not in May."""

    def notes(on: date, market: str) -> str:
        found = tree.in_force("eco.quality.scary", at=on, market=market)
        return " ".join(note.text.en for note in found.allow_notes)

    assert "Catrina" in notes(date(2026, 11, 2), "MX")
    assert "Catrina" not in notes(date(2026, 5, 2), "MX")
    assert "Catrina" not in notes(date(2026, 11, 2), "AR")


def test_unknown_policy_names_the_nearest(tree: PolicyTree):
    """A misspelt id is answered with what it may have meant."""
    with pytest.raises(UnknownPolicyError, match=r"mean: tns\.hate\.slur"):
        tree.leaf("tns.hate.sluur")


def test_group_is_refused_where_a_leaf_is_needed(tree: PolicyTree):
    """Nothing is judged by a first-level policy; its leaves are offered."""
    with pytest.raises(NotALeafError, match=r"tns\.hate\.slur"):
        tree.leaf("tns.hate")


def test_unknown_market_is_refused(tree: PolicyTree):
    """A market that does not exist is not silently one without overrides."""
    with pytest.raises(UnknownMarketError):
        tree.in_force(VAPES, at=date(2026, 6, 1), market="XX")


def test_leaf_knows_its_family(tree: PolicyTree):
    """A leaf's first-level policy and domain follow from the tree."""
    assert tree.first_level("tns.minors.csae") == "tns.minors"
    assert tree.first_level("tns.minors") == "tns.minors"
    assert tree.domain_of("eco.quality.sleep") == Domain.ECOSYSTEM


def test_children_of_a_domain_are_its_groups(tree: PolicyTree):
    """Below a domain stand first-level policies, and below them leaves."""
    groups = tree.children("eco")
    assert all(isinstance(group, PolicyGroup) for group in groups)
    assert {leaf.parent for leaf in tree.children("eco.agency")} == {"eco.agency"}


@pytest.mark.parametrize(
    ("word", "policy"),
    [
        ("tigrinho", "tns.regulated.gambling_slots"),
        ("VAPE", "tns.regulated.tobacco_use"),
        ("pelea", "tns.violence.altercation"),
        ("briga", "tns.violence.altercation"),
        ("bebiendo", None),
        ("xingamento discriminatorio", "tns.hate.slur"),
    ],
)
def test_policy_is_found_by_the_word_an_analyst_types(
    tree: PolicyTree, word: str, policy: str | None
):
    """Aliases and names match in any language, without case or accents."""
    assert [leaf.id for leaf in tree.called(word)] == ([policy] if policy else [])


def test_gifting_minor_is_judged_as_a_viewer(tree: PolicyTree):
    """The host did nothing, so nothing falls on the host."""
    policy = tree.leaf("tns.minors.gifter_under18")
    assert policy.subject == Subject.VIEWER
    assert PenaltyCode.DEMONETISE not in policy.repeat_penalties


def test_suicide_calls_for_care_first(tree: PolicyTree):
    """The first answer to a person at risk is help."""
    first = tree.leaf("tns.selfharm.suicide").first_penalties
    assert first == (PenaltyCode.WELFARE_ESCALATION, PenaltyCode.INTERRUPT)
