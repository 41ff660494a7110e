"""Whatever code a person meets has a name in three languages."""

from pathlib import Path

import pytest

from atalaia.domain.codes import RoleCode, Severity
from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.marked_yaml import package_data
from atalaia.domain.names import UnknownCodeError, code_lists, load_names
from atalaia.domain.roles import load_roles

SEED = package_data("codes.yaml").read_text(encoding="utf-8")


def test_every_code_is_named_and_every_name_has_its_code():
    """The lists of codes and the file of names agree exactly."""
    named = {
        (kind, code) for kind, codes in load_names().lists.items() for code in codes
    }
    coded = {
        (kind, member.value) for kind, codes in code_lists().items() for member in codes
    }
    assert named == coded


def test_name_is_found_by_member():
    """A member of a list is asked for directly."""
    assert load_names().of(Severity.HIGH).pt == "Alta"


@pytest.mark.parametrize(
    ("kind", "value", "near"),
    [("Severty", "high", "Severity"), ("Lane", "remov", "remove")],
)
def test_unknown_list_or_code_is_answered_with_the_nearest(
    kind: str, value: str, near: str
):
    """A misspelt list or code stops with what was meant."""
    with pytest.raises(UnknownCodeError, match=f"Did you mean: {near}"):
        load_names().named(kind, value)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  remove: {", "  removed: {"),
        ("  tns: {en: Trust & Safety, es: Trust & Safety, pt: Trust & Safety}\n", ""),
        ("Lane:\n", "Lanes:\n"),
        ("pt: Crítica}", "pt: ''}"),
    ],
)
def test_missing_or_stray_name_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str
):
    """A name without its code, a code without its name, a text in two languages."""
    path = tmp_path / "codes.yaml"
    path.write_text(SEED.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ReferenceDataError, match=r"codes\.yaml:\d"):
        load_names(path)


def test_every_role_has_a_duty_in_three_languages():
    """Roles are complete; an agency sees only its own."""
    roles = load_roles(load_names())
    assert {role.code for role in roles.by_code.values()} == set(RoleCode)
    assert roles.of(RoleCode.AGENCY_VIEWER).scope == "own_agency"
