"""Build the hand-off of a case: all that central needs to decide, and gaps said."""

from collections.abc import Mapping
from datetime import datetime

from babel import Locale, UnknownLocaleError

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.handoff.answers import NOT_GIVEN, Answers
from atalaia.desk.casework.handoff.asked_decisions import (
    asked_decisions,
    decision_lines,
)
from atalaia.desk.casework.handoff.document import (
    AskedDecision,
    HandOff,
    Line,
    Section,
)
from atalaia.desk.casework.handoff.extent import extent_lines
from atalaia.desk.casework.handoff.moments import moment_lines, on_clocks
from atalaia.desk.casework.handoff.standing import AnsweredLike, answered_like
from atalaia.desk.casework.queries import CaseDetail, one_case
from atalaia.desk.shell.trade import trade
from atalaia.domain.policies import NotALeafError, PolicyNotInForceError
from atalaia.domain.reference import Reference

__all__ = ["hand_off_for", "hand_off_of", "language_in_english"]

TOLD_ELSEWHERE = frozenset(
    {
        "affected_n",
        "commercial_interest",
        "commercial_interest_what",
        "cost_if_granted",
        "counter_evidence",
        "decision_at",
        "in_app_appeal_1",
        "in_app_appeal_1_at",
        "in_app_appeal_2",
        "in_app_appeal_2_at",
        "local_context",
        "moment_at",
        "original_words",
        "original_words_gloss",
        "precedent_checked",
        "precedent_searched_in",
        "sample_frame_n",
        "sample_is_random",
        "sample_n",
        "sample_wrong_n",
        "session_started_at",
        "summary_in_english",
        "what_is_seen",
    }
)
IDS = {
    "creator_id": "Creator (pseudonym)",
    "session_id": "LIVE session",
    "decision_id": "Decision",
    "penalty_id": "Penalty",
    "agency_id": "Agency",
    "trap_id": "False-positive trap",
    "model_version": "Model version",
}


def hand_off_for(
    key: str, *, by: Actor, now: datetime, right: Right = Right.WORK_CASES
) -> HandOff:
    """Return the hand-off of a case as it stands; raises NotFoundError."""
    case = one_case(key, by=by, now=now, right=right)
    return hand_off_of(
        case,
        like=answered_like(case, by=by, now=now),
        decisions=asked_decisions(key, by=by),
        reference=trade().reference,
    )


def hand_off_of(
    case: CaseDetail,
    *,
    like: AnsweredLike,
    decisions: tuple[AskedDecision, ...] = (),
    reference: Reference,
) -> HandOff:
    """Return a case as central reads it.

    Args:
        like: what central answered on the same policy before.
        decisions: those of its bulk restore that have no result yet.
    """
    names, answers = reference.names, Answers.of(case)
    team = names.of(case.row.central_team).en
    ask = names.of(case.row.requested_outcome).en
    zones = _zones(case, reference)
    sections = {
        "Case": _case(case, reference, team=team, zones=zones),
        "Ask": [Line(label="Asked for", text=ask), *_summary(case, answers)],
        "Decisions to restore": decision_lines(
            decisions, root_cause=case.root_cause, names=names
        ),
        "What it is about": _ids(case),
        "Violating second": moment_lines(answers, **zones),
        "Policy": _policy(case, answers, reference),
        "Words and picture": _words(case, answers),
        "Extent": extent_lines(answers),
        "Counter-evidence": _counter(answers, like),
        "Cost if granted": [answers.line("Leakage if granted", "cost_if_granted")],
        "Commercial interest": [
            answers.line("Declared", "commercial_interest"),
            answers.line("What it is", "commercial_interest_what"),
        ],
        "Precedent": _precedent(case, answers),
        "In-app appeals": _appeals(answers, zones=zones),
        "Also asked by the procedure": _rest(case, answers),
    }
    return HandOff(
        reference=case.row.key,
        team=team,
        ask=ask,
        sections=_told(sections),
        decisions=decisions,
    )


def language_in_english(code: str) -> str:
    """Return what a language is called in English; its code where nobody knows it.

    >>> language_in_english("pt-BR")
    'Portuguese (Brazil)'
    """
    try:
        return str(Locale.parse(code, sep="-").get_display_name("en"))
    except (UnknownLocaleError, ValueError):
        return code


def _told(sections: Mapping[str, list[Line]]) -> tuple[Section, ...]:
    return tuple(
        Section(title=title, lines=tuple(lines))
        for title, lines in sections.items()
        if lines
    )


def _zones(case: CaseDetail, reference: Reference) -> dict[str, str]:
    """Return the clocks on which central reads when something was."""
    return {
        "market_zone": reference.markets.of(case.row.market).principal_zone,
        "central_zone": reference.central.zone,
    }


def _case(
    case: CaseDetail, reference: Reference, *, team: str, zones: dict[str, str]
) -> list[Line]:
    names, row = reference.names, case.row
    due = "From when it is sent, by the procedure."
    if case.clocks.answer.due_at is not None:
        due = on_clocks(case.clocks.answer.due_at, **zones)
    told = {
        "Reference": row.key,
        "Your reference": row.external_ref or NOT_GIVEN,
        "For": team,
        "Owner in central": row.central_owner or NOT_GIVEN,
        "Type": names.of(row.type).en,
        "Priority": names.of(row.priority).en,
        "Market": reference.markets.of(row.market).name.en,
        "Procedure": f"{case.sop.name.en}, version {case.sop.version}",
        "Opened": on_clocks(row.opened_at, **zones),
        "Answer due": due,
    }
    return [Line(label=label, text=text) for label, text in told.items()]


def _summary(case: CaseDetail, answers: Answers) -> list[Line]:
    if answers.value("summary_in_english") is not None:
        return [answers.line("Summary", "summary_in_english")]
    spoken = language_in_english(case.row.language)
    return [Line(label=f"As reported, in {spoken}", text=case.description)]


def _ids(case: CaseDetail) -> list[Line]:
    held = {label: case.references[column] for column, label in IDS.items()}
    return [Line(label=label, text=text or NOT_GIVEN) for label, text in held.items()]


def _policy(case: CaseDetail, answers: Answers, reference: Reference) -> list[Line]:
    policy = case.row.policy_id
    if not policy:
        return [Line(label="Clause", text=NOT_GIVEN)]
    clause = f"{policy} ({reference.policies.name(policy).en})"
    return [
        Line(label="Clause", text=clause),
        Line(label="Version in force", text=_version(case, answers, reference)),
    ]


def _version(case: CaseDetail, answers: Answers, reference: Reference) -> str:
    decided, seen_at = answers.instant("decision_at"), answers.instant("moment_at")
    at = decided or seen_at
    if at is None:
        return (
            "Unknown: neither the time of the decision nor of the violation is given."
        )
    when = "the decision" if decided else "the violation (the decision's is not given)"
    try:
        version = reference.policies.in_force(
            case.row.policy_id, at=at, market=case.row.market
        )
    except (PolicyNotInForceError, NotALeafError) as error:
        return str(error)
    names = reference.names
    lane, severity = names.of(version.lane).en, names.of(version.severity).en
    return f"{version.label}, at the time of {when}; {severity.lower()}, {lane.lower()}"


def _words(case: CaseDetail, answers: Answers) -> list[Line]:
    spoken = language_in_english(case.row.language)
    return [
        answers.line(f"Original words ({spoken})", "original_words", is_quote=True),
        answers.line("In English", "original_words_gloss", is_quote=True),
        answers.line("Seen and heard", "what_is_seen"),
        answers.line("Local context", "local_context"),
    ]


def _counter(answers: Answers, like: AnsweredLike) -> list[Line]:
    typed = answers.line("Cases in which central was right", "counter_evidence")
    if not like.policy_id:
        return [typed]
    told = f"Central decided no case on {like.policy_id} in the last {like.days} days."
    if like.decided_n:
        named = f": {', '.join(like.stood_keys)}" if like.stood_keys else ""
        told = (
            f"In {like.stood_n:,} of {like.decided_n:,} cases decided on "
            f"{like.policy_id} in the last {like.days} days, central's decision "
            f"stood{named}."
        )
    return [typed, Line(label="Earlier answers on this policy", text=told)]


def _precedent(case: CaseDetail, answers: Answers) -> list[Line]:
    keys = [each.row.key for each in case.links if each.kind is not None]
    found = ", ".join(keys) if keys else "None found."
    return [
        answers.line("Looked up", "precedent_checked"),
        Line(label="Cases linked", text=found),
        answers.line("Where it was looked for", "precedent_searched_in"),
    ]


def _appeals(answers: Answers, *, zones: dict[str, str]) -> list[Line]:
    lines = []
    for label, key in (("Round 1", "in_app_appeal_1"), ("Round 2", "in_app_appeal_2")):
        said = answers.said(key)
        if answers.value(key) in ("upheld", "reduced"):
            at = answers.instant(f"{key}_at")
            when = "its date is not given" if at is None else on_clocks(at, **zones)
            said = f"{said}, {when}"
        lines.append(Line(label=label, text=said))
    return lines


def _rest(case: CaseDetail, answers: Answers) -> list[Line]:
    told = TOLD_ELSEWHERE | {*IDS, "policy_id"}
    return [
        answers.line(each.field.label.en, each.field.key)
        for each in case.answers
        if each.field.key not in told
    ]
