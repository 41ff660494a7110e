"""What each button of a case does: one action, with what its form posted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.casework import actions
from atalaia.desk.casework.actions import Changes, Saved
from atalaia.desk.casework.posted import Posted
from atalaia.desk.casework.queries import one_case
from atalaia.desk.shell.errors import UnreadableError
from atalaia.domain.case_codes import (
    CaseLinkKind,
    CommentAudience,
    FixResult,
    PauseReason,
    RequestedOutcome,
    ReturnReason,
)
from atalaia.domain.work_codes import (
    CasePriority,
    CaseResolution,
    CentralTeam,
    RootCause,
    Ruling,
)

__all__ = ["DONE_MESSAGES", "Doing", "done"]

DONE_MESSAGES: Mapping[str, str] = {
    "claim": "You took {case}.",
    "release": "{case} is free for anybody again.",
    "assign": "{case} has a new owner.",
    "triage": "{case} is triaged.",
    "submit": "{case} went to central; its clock runs.",
    "pause": "{case} waits; the region's clock stands.",
    "resume": "{case} goes on; the pause moved its deadline.",
    "take_in_review": "{case} is being reviewed.",
    "decide": "The answer to {case} is written down.",
    "return": "{case} went back as incomplete.",
    "give_back": "{case} went back to who reported it.",
    "start_fix": "The fix of {case} is under way.",
    "verify_fix": "The check of {case} is written down.",
    "close": "{case} is closed.",
    "reopen": "{case} is open again.",
    "duplicate": "{case} was merged into the other case.",
    "link": "{case} is linked.",
    "unlink": "{case} is no longer linked.",
    "comment": "Your comment on {case} is saved.",
    "save": "{case} is saved.",
    "take_up": "{case} follows the newer procedure; its list says what is missing.",
    "give_back_sop": "{case} follows its earlier procedure again.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """Somebody about to do something with a case."""

    key: str
    form: Posted
    by: Actor
    now: datetime


def done(name: str, doing: Doing) -> Saved:
    """Do what a button says; raises UnreadableError for one that does not exist."""
    if name not in WAYS:
        raise UnreadableError
    return WAYS[name](doing)


def _claim(at: Doing) -> Saved:
    return actions.claim(at.key, by=at.by, now=at.now)


def _release(at: Doing) -> Saved:
    return actions.release(at.key, by=at.by, now=at.now)


def _assign(at: Doing) -> Saved:
    return actions.assign(at.key, to=at.form.number("to"), by=at.by, now=at.now)


def _triage(at: Doing) -> Saved:
    return actions.triage(
        at.key,
        priority=at.form.code("priority", CasePriority),
        central_team=at.form.code_or_none("central_team", CentralTeam),
        by=at.by,
        now=at.now,
    )


def _submit(at: Doing) -> Saved:
    return actions.submit(at.key, by=at.by, now=at.now, version=at.form.version)


def _pause(at: Doing) -> Saved:
    reason = at.form.code("reason", PauseReason)
    return actions.pause(at.key, reason=reason, by=at.by, now=at.now)


def _resume(at: Doing) -> Saved:
    return actions.resume(at.key, by=at.by, now=at.now)


def _take_in_review(at: Doing) -> Saved:
    return actions.take_in_review(
        at.key,
        by=at.by,
        now=at.now,
        central_owner=at.form.text("central_owner"),
    )


def _decide(at: Doing) -> Saved:
    return actions.decide(
        at.key,
        ruling=at.form.code("ruling", Ruling),
        answer=at.form.text("answer"),
        is_fix_promised=at.form.text("is_fix_promised") == "yes",
        fix_due_on=at.form.day_or_none("fix_due_on"),
        personal_data=at.form.personal_data,
        by=at.by,
        now=at.now,
    )


def _return(at: Doing) -> Saved:
    return actions.return_case(
        at.key,
        reason=at.form.code("reason", ReturnReason),
        note=at.form.text("note"),
        personal_data=at.form.personal_data,
        by=at.by,
        now=at.now,
    )


def _give_back(at: Doing) -> Saved:
    reason = at.form.code("reason", ReturnReason)
    return actions.reject_incomplete(at.key, reason=reason, by=at.by, now=at.now)


def _start_fix(at: Doing) -> Saved:
    due_on = at.form.day_or_none("fix_due_on")
    return actions.start_fix(at.key, due_on=due_on, by=at.by, now=at.now)


def _verify_fix(at: Doing) -> Saved:
    return actions.verify_fix(
        at.key,
        metric=at.form.text("metric"),
        checked_on=at.form.day("checked_on"),
        result=at.form.code("result", FixResult),
        note=at.form.text("note"),
        personal_data=at.form.personal_data,
        by=at.by,
        now=at.now,
    )


def _close(at: Doing) -> Saved:
    return actions.close(
        at.key,
        root_cause=at.form.code_or_none("root_cause", RootCause),
        resolution=at.form.code_or_none("resolution", CaseResolution),
        version=at.form.version,
        by=at.by,
        now=at.now,
    )


def _reopen(at: Doing) -> Saved:
    return actions.reopen(at.key, by=at.by, now=at.now)


def _duplicate(at: Doing) -> Saved:
    of = at.form.text("of").upper()
    return actions.mark_duplicate(at.key, of=of, by=at.by, now=at.now)


def _link(at: Doing) -> Saved:
    return actions.link(
        at.key,
        to=at.form.text("to").upper(),
        kind=at.form.code("kind", CaseLinkKind),
        by=at.by,
        now=at.now,
    )


def _unlink(at: Doing) -> Saved:
    return actions.unlink(at.key, to=at.form.text("to"), by=at.by, now=at.now)


def _comment(at: Doing) -> Saved:
    return actions.add_comment(
        at.key,
        at.form.text("text"),
        audience=at.form.code("audience", CommentAudience),
        personal_data=at.form.personal_data,
        by=at.by,
        now=at.now,
    )


def _save(at: Doing) -> Saved:
    detail = one_case(at.key, by=at.by, now=at.now)
    changes = Changes(
        language=at.form.kept("language"),
        requested_outcome=at.form.code_or_none("requested_outcome", RequestedOutcome),
        description=at.form.kept("description"),
        external_ref=at.form.kept("external_ref"),
        central_owner=at.form.kept("central_owner"),
        references=at.form.references(),
        fields=at.form.answers(detail.sop, market=detail.row.market),
    )
    return actions.edit_case(
        at.key,
        changes,
        version=at.form.number("version"),
        personal_data=at.form.personal_data,
        by=at.by,
        now=at.now,
    )


def _take_up(at: Doing) -> Saved:
    version = at.form.version
    return actions.take_up_procedure(at.key, version=version, by=at.by, now=at.now)


def _give_back_sop(at: Doing) -> Saved:
    return actions.give_back_procedure(at.key, by=at.by, now=at.now)


WAYS: Mapping[str, Callable[[Doing], Saved]] = MappingProxyType(
    {
        "claim": _claim,
        "release": _release,
        "assign": _assign,
        "triage": _triage,
        "submit": _submit,
        "pause": _pause,
        "resume": _resume,
        "take_in_review": _take_in_review,
        "decide": _decide,
        "return": _return,
        "give_back": _give_back,
        "start_fix": _start_fix,
        "verify_fix": _verify_fix,
        "close": _close,
        "reopen": _reopen,
        "duplicate": _duplicate,
        "link": _link,
        "unlink": _unlink,
        "comment": _comment,
        "save": _save,
        "take_up": _take_up,
        "give_back_sop": _give_back_sop,
    }
)
