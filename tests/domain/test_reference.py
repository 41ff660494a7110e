"""All reference data load as one value, and an installation may replace a file."""

from datetime import date
from pathlib import Path

import pytest

from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.marked_yaml import package_data
from atalaia.domain.policies.invariants.dsa_category_is_known import (
    DSA_CATEGORIES,
    PREFIX,
)
from atalaia.domain.reference import (
    Reference,
    UnknownReferenceFileError,
    load_reference,
)


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference()


def replaced(folder: Path, name: str, *, old: str, new: str) -> Path:
    """Put an approved version of one file into a reference folder."""
    seed = package_data(name).read_text(encoding="utf-8")
    assert old in seed
    (folder / name).write_text(seed.replace(old, new, 1), encoding="utf-8")
    return folder


def test_approved_file_replaces_the_packages_own(tmp_path: Path):
    """DATA/reference rules over the seed, file by file."""
    folder = replaced(
        tmp_path, "markets.yaml", old="appeal_days: 90", new="appeal_days: 45"
    )
    own = load_reference(folder)
    assert own.markets.of("MX").appeal_days == 45
    assert own.names.lists == load_reference().names.lists


def test_folder_that_does_not_exist_replaces_nothing(
    tmp_path: Path, reference: Reference
):
    """A new installation has no approved versions yet."""
    own = load_reference(tmp_path / "reference")
    assert own.markets.codes == reference.markets.codes


def test_misspelt_file_is_not_passed_over(tmp_path: Path):
    """An approved version under a wrong name would silently not count."""
    (tmp_path / "market.yaml").write_text("{}", encoding="utf-8")
    with pytest.raises(UnknownReferenceFileError, match=r"markets\.yaml"):
        load_reference(tmp_path)


def test_event_of_an_unknown_policy_is_refused(tmp_path: Path):
    """The calendar names policies of the tree only."""
    folder = replaced(
        tmp_path,
        "calendar.yaml",
        old="policies: [tns.violence.altercation]",
        new="policies: [tns.violence.altercations]",
    )
    with pytest.raises(
        ReferenceDataError, match=r"(?s)calendar\.yaml:\d+.*altercation"
    ):
        load_reference(folder)


def test_every_leaf_falls_in_a_category_of_the_statement_of_reasons(
    reference: Reference,
):
    """Policies and the DSA mapping agree on the categories."""
    used = {leaf.dsa_category for leaf in reference.policies.leaves}
    assert used <= reference.dsa.categories.keys()


def test_a_policy_may_take_any_category_but_that_of_a_vague_notice(
    reference: Reference,
):
    """The invariant's list is the statement's own, so neither drifts."""
    allowed = {f"{PREFIX}{category}" for category in DSA_CATEGORIES}
    assert reference.dsa.categories.keys() - allowed == {
        f"{PREFIX}NOT_SPECIFIED_NOTICE"
    }
    assert allowed <= reference.dsa.categories.keys()


def test_every_penalty_of_every_policy_is_on_the_ladder(reference: Reference):
    """First and repeat penalties can be ranked in their policy's domain."""
    ranks = [
        reference.ladders.rank(code, leaf.domain)
        for leaf in reference.policies.leaves
        for version in leaf.versions
        for code in (*version.first_penalties, *version.repeat_penalties)
    ]
    assert min(ranks) >= 0


def test_calendar_knows_the_markets(reference: Reference):
    """Every market has at least one event at the turn of the year."""
    for market in reference.markets.codes:
        days = date(2026, 12, 31), date(2027, 1, 1)
        assert reference.calendar.events(market, *days)
