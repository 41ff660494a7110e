"""A statement of reasons is read and written by its official form."""

import json
from pathlib import Path

import pytest

from atalaia.domain.codes import Outcome, PenaltyCode
from atalaia.domain.dsa import (
    DsaMapping,
    NoRestrictionError,
    UnknownDsaCodeError,
    load_dsa,
)
from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.marked_yaml import package_data

SEED = package_data("dsa.yaml").read_text(encoding="utf-8")
SCHEMA = Path(__file__).parents[3] / "shared" / "data" / "dsa" / "schema.json"


@pytest.fixture(scope="module")
def dsa() -> DsaMapping:
    return load_dsa()


# The official schema is never copied into the project, which runs without it.
@pytest.mark.shared
@pytest.mark.skipif(not SCHEMA.exists(), reason="the official schema is not at hand")
def test_columns_and_codes_are_the_official_ones(dsa: DsaMapping):
    """Columns in order, multi-valued fields and every code agree with the schema."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert [c.name for c in dsa.of_form("full")] == schema["columns_full"]
    assert [c.name for c in dsa.of_form("light")] == schema["columns_light"]
    assert dsa.multi_valued == set(schema["multi_valued"])
    for field, codes in schema["enums"].items():
        expected = (
            schema["enums"]["category"] if field == "category_addition" else codes
        )
        assert list(dsa.codes(field)) == list(expected)


def test_light_form_lacks_the_explanations(dsa: DsaMapping):
    """The light export has 34 of the full form's 38 columns."""
    missing = {c.name for c in dsa.of_form("full")} - {
        c.name for c in dsa.of_form("light")
    }
    assert missing == {
        "illegal_content_explanation",
        "incompatible_content_explanation",
        "territorial_scope",
        "decision_facts",
    }


@pytest.mark.parametrize(
    ("penalty", "code", "end"),
    [
        ("interrupt", "DECISION_PROVISION_PARTIAL_SUSPENSION", True),
        ("live_suspend_7d", "DECISION_PROVISION_PARTIAL_SUSPENSION", True),
        ("fyf_ineligible", "DECISION_VISIBILITY_CONTENT_DEMOTED", True),
        ("live_ban_permanent", "DECISION_PROVISION_PARTIAL_TERMINATION", False),
        ("account_ban", "DECISION_ACCOUNT_TERMINATED", False),
    ],
)
def test_penalty_says_what_it_restricts(
    dsa: DsaMapping, penalty: str, code: str, *, end: bool
):
    """Suspensions have an end; bans have none."""
    restriction = dsa.restriction(PenaltyCode(penalty))
    assert restriction is not None
    assert (restriction.code, restriction.end_column is not None) == (code, end)


def test_warning_restricts_nothing(dsa: DsaMapping):
    """A warning needs no statement of reasons."""
    assert dsa.restriction(PenaltyCode.WARN) is None


def test_statement_with_several_decisions_is_its_heaviest(dsa: DsaMapping):
    """Removed content and a closed account is a ban."""
    codes = ["DECISION_ACCOUNT_TERMINATED", "DECISION_VISIBILITY_CONTENT_REMOVED"]
    assert dsa.outcome(codes) == Outcome.BAN


def test_statement_without_a_decision_is_refused(dsa: DsaMapping):
    """At least one of the four decisions must be there."""
    with pytest.raises(NoRestrictionError):
        dsa.outcome([])


def test_own_initiative_is_split_by_automated_detection(dsa: DsaMapping):
    """A model or a person found it; a notice stays a notice."""
    assert dsa.detection("SOURCE_VOLUNTARY", "Yes") == "proactive_model"
    assert dsa.detection("SOURCE_VOLUNTARY", "No") == "proactive_human"
    assert dsa.detection("SOURCE_ARTICLE_16", "Yes") == "legal_notice"


def test_unknown_code_is_answered_with_the_nearest(dsa: DsaMapping):
    """Codes, columns and sources each stop with what was meant."""
    with pytest.raises(UnknownDsaCodeError, match="DECISION_ACCOUNT_TERMINATED"):
        dsa.outcome(["DECISION_ACCOUNT_TERMINATE"])
    with pytest.raises(UnknownDsaCodeError, match="SOURCE_VOLUNTARY"):
        dsa.detection("VOLUNTARY", "Yes")
    with pytest.raises(UnknownDsaCodeError, match="content_type"):
        dsa.codes("content_typ")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  warn: null\n", ""),
        ("list: account_type", "list: account_types"),
        ("DECISION_ACCOUNT_TERMINATED: ban", "DECISION_ACCOUNT_ENDED: ban"),
        ("FULLY: full", "FULLY: fully"),
        ("kind: countries", "kind: country"),
        ("end: end_date_visibility", "end: end_visibility"),
    ],
)
def test_wrong_file_shows_its_line(tmp_path: Path, old: str, new: str):
    """Each invariant names file and line."""
    path = tmp_path / "dsa.yaml"
    path.write_text(SEED.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ReferenceDataError, match=r"dsa\.yaml:\d"):
        load_dsa(path)
