"""Procedures are data: whole, in three languages, one for each type of case."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from atalaia.domain.case_codes import FieldKind, PauseReason
from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.invariants.case_types_have_procedures import UncoveredTypeError
from atalaia.domain.invariants.procedure_fields_are_distinct import RepeatedFieldError
from atalaia.domain.invariants.procedure_terms_are_complete import UnaskedAnswerError
from atalaia.domain.invariants.procedure_versions_do_not_overlap import (
    OverlappingProceduresError,
)
from atalaia.domain.marked_entry import (
    MissingFieldError,
    MissingLanguageError,
    UnknownFieldError,
    UnknownReferenceError,
    WrongTypeError,
)
from atalaia.domain.marked_yaml import package_data
from atalaia.domain.sops import (
    NoProcedureError,
    UnknownProcedureError,
    load_sops,
    sop_of,
)
from atalaia.domain.work_codes import CasePriority, CaseType, CentralTeam

SOPS = load_sops()
DAY = date(2026, 11, 23)


def changed(folder: Path, *, old: str, new: str) -> Path:
    """Write the seed with one change, and return where."""
    seed = package_data("sops.yaml").read_text(encoding="utf-8")
    assert old in seed
    path = folder / "sops.yaml"
    path.write_text(seed.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize("case_type", CaseType)
def test_every_type_of_case_has_a_procedure(case_type: CaseType):
    """Nobody opens a case without knowing what it needs."""
    sop = SOPS.of(case_type, day=DAY)

    assert sop.required
    assert sop.steps
    assert set(sop.terms) == set(CasePriority)


@pytest.mark.parametrize("sop", SOPS.versions, ids=lambda sop: sop.id)
def test_a_higher_priority_is_never_promised_later(sop):
    """P0 is due before P1, and so on, for every promise."""
    promised = [sop.terms[priority] for priority in CasePriority]
    for name in ("acknowledge", "resolve"):
        hours = [
            getattr(terms, name).hours + 9 * getattr(terms, name).days
            for terms in promised
        ]
        assert hours == sorted(hours)


def test_a_manual_review_needs_both_appeals_in_the_app():
    """Central refuses a dispute before the second refusal in the app."""
    sop = SOPS.of(CaseType.PENALTY_DISPUTE, day=DAY)

    assert {"in_app_appeal_1", "in_app_appeal_2", "eligible_for_manual_review"} <= {
        field.key for field in sop.required
    }


def test_an_emergency_waits_for_nobody():
    """No reason pauses it."""
    assert SOPS.of(CaseType.EMERGENCY, day=DAY).pause_reasons == frozenset()


def test_only_what_the_region_answers_alone_is_owed_no_answer():
    """Whoever is asked owes one."""
    for sop in SOPS:
        is_asked = sop.central_team is not CentralTeam.NONE
        assert all((t.answer is not None) == is_asked for t in sop.terms.values())


@pytest.mark.parametrize(
    ("old", "new", "error", "shown"),
    [
        ("owner: regional_lead", "owner: boss", UnknownReferenceError, "boss"),
        ("kind: decision", "kind: verdict", UnknownReferenceError, "verdict"),
        ("case_types: [bug]", "case_types: [bugs]", UnknownReferenceError, "bugs"),
        ("pause_reasons: []", "pause_reasons: [lunch]", UnknownReferenceError, "lunch"),
        ("trigger:\n", "triger:\n", UnknownFieldError, "triger"),
        (
            "effective_from: 2026-01-01",
            "effective_to: 2026-01-01",
            MissingFieldError,
            "effective_from",
        ),
        ("es: Emergencia, ", "", MissingLanguageError, "es"),
        (
            "{acknowledge: {hours: 4}, resolve: {hours: 24}, answer",
            "{acknowledge: {hours: four}, resolve: {hours: 24}, answer",
            WrongTypeError,
            "four",
        ),
        (
            "P1: {acknowledge: {hours: 1}, resolve: {hours: 8}, answer: {hours: 4}}",
            "P1: {acknowledge: {hours: 1}, resolve: {hours: 8}}",
            MissingFieldError,
            "answer",
        ),
        ("central_team: tns", "central_team: none", UnaskedAnswerError, "answer"),
        (
            "{<<: *session, required: true}",
            "{<<: *decision, required: true}",
            RepeatedFieldError,
            "decision_id",
        ),
        (
            "case_types: [bug]",
            "case_types: [bug, leakage]",
            OverlappingProceduresError,
            "leakage",
        ),
        (
            "effective_from: 2026-01-01\n",
            "effective_from: 2026-01-01\n    effective_to: 2026-02-01\n",
            UncoveredTypeError,
            "penalty_dispute",
        ),
    ],
)
def test_a_procedure_that_breaks_a_rule_is_refused_with_its_line(  # noqa: PLR0917
    tmp_path: Path, old: str, new: str, error: type[ReferenceDataError], shown: str
):
    """File, line and what is wrong: a misspelt word must not pass as nothing."""
    with pytest.raises(error, match=rf"(?s)sops\.yaml:\d+.*{shown}"):
        load_sops(changed(tmp_path, old=old, new=new))


def test_a_choice_belongs_to_a_field_that_is_one(tmp_path: Path):
    """A list of choices that nothing reads would be lost."""
    path = changed(
        tmp_path,
        old="kind: choice\n    label: {en: First",
        new="kind: text\n    label: {en: First",
    )
    with pytest.raises(WrongTypeError, match="choice"):
        load_sops(path)


def test_a_version_that_nobody_wrote_is_named():
    """The hint is the nearest one."""
    with pytest.raises(UnknownProcedureError, match="overkill 1"):
        SOPS.version("overkil", "1")


def test_before_the_first_version_there_is_no_procedure():
    """A case of the day before cannot follow it."""
    with pytest.raises(NoProcedureError, match="bug"):
        SOPS.of(CaseType.BUG, day=date(2025, 12, 31))


def test_a_mistake_in_an_edited_procedure_shows_its_line():
    """Who edits in the desk sees the line as a file would have it."""
    seed = yaml.safe_load(package_data("sops.yaml").read_text(encoding="utf-8"))
    wrong = {**seed["procedures"][0], "pause_reasons": ["lunch"]}

    with pytest.raises(UnknownReferenceError, match=r"draft:\d+\n.*lunch"):
        sop_of(wrong, name="draft")


def test_what_is_read_is_what_was_written():
    """Kinds, choices and reasons to pause come through as their codes."""
    sop = SOPS.version("penalty_dispute", "1")
    appeal = next(field for field in sop.fields if field.key == "in_app_appeal_1")

    assert appeal.kind is FieldKind.CHOICE
    assert [choice.key for choice in appeal.choices][:2] == ["upheld", "reduced"]
    assert PauseReason.APPEAL_UNDER_WAY in sop.pause_reasons
