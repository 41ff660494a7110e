"""The shipped policies: all there, and as the trade has corrected them."""

import pytest

from atalaia.domain.policies import PolicyTree, load_policies


@pytest.fixture(scope="module")
def tree() -> PolicyTree:
    return load_policies()


def test_every_leaf_is_shipped(tree: PolicyTree):
    """125 policies, 39 of them of Ecosystem."""
    by_domain = [leaf.domain for leaf in tree.leaves]
    assert (len(by_domain), by_domain.count("ecosystem")) == (125, 39)


@pytest.mark.parametrize(
    "split",
    [
        ("tns.minors.exposure", "exposure_sexualised", "exposure_incidental"),
        ("tns.violence.orgs", "orgs_support", "orgs_symbols"),
        ("tns.regulated.tobacco", "tobacco_use", "tobacco_sale"),
    ],
    ids=lambda split: split[0],
)
def test_split_leaf_has_both_halves_and_no_whole(
    tree: PolicyTree, split: tuple[str, str, str]
):
    """A leaf that hid two harms is two leaves."""
    whole, *halves = split
    ids = {leaf.id for leaf in tree.leaves}
    group = whole.rpartition(".")[0]
    assert whole not in ids
    assert {f"{group}.{half}" for half in halves} <= ids


def test_names_differ_within_a_language(tree: PolicyTree):
    """No two policies share a name, so a page never shows one twice."""
    for language in ("en", "es", "pt"):
        names = [leaf.name.of(language) for leaf in tree.leaves]
        assert len(set(names)) == len(names), language


@pytest.mark.parametrize(
    ("policy", "severity", "lane"),
    [
        ("tns.account.evasion", "high", "remove"),
        ("tns.mature.services", "high", "remove"),
        ("tns.integrity.election", "high", "remove"),
        ("tns.minors.exposure_sexualised", "critical", "remove"),
        ("tns.minors.exposure_incidental", "medium", "fyf_ineligible"),
        ("tns.violence.orgs_support", "critical", "remove"),
        ("tns.mature.suggestive", "medium", "age_restrict"),
        ("tns.mature.suggestive_dance", "medium", "age_restrict"),
        ("tns.mature.ncii", "critical", "remove"),
        ("tns.violence.recruitment", "critical", "remove"),
        ("tns.violence.domestic", "critical", "remove"),
        ("tns.minors.guest_under18", "high", "remove"),
        ("tns.minors.gift_bait", "critical", "remove"),
        ("tns.regulated.gambling_slots", "high", "remove"),
        ("tns.regulated.medicines", "high", "remove"),
        ("tns.fraud.spiritual", "high", "remove"),
        ("tns.danger.battle_forfeit", "medium", "remove"),
        ("tns.danger.intoxication", "medium", "remove"),
        ("tns.harassment.vulnerable", "high", "remove"),
        ("eco.engage.gift_for_act", "medium", "fyf_ineligible"),
        ("eco.engage.coin_resale", "high", "monetisation"),
        ("eco.redirect.payment", "medium", "fyf_ineligible"),
    ],
)
def test_consequence_is_the_trade_s(
    tree: PolicyTree, policy: str, severity: str, lane: str
):
    """Severity and lane are those that the trade settled."""
    leaf = tree.leaf(policy)
    assert (leaf.severity, leaf.lane) == (severity, lane)
