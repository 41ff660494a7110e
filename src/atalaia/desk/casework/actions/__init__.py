"""Everything that can be done with cases, one function per intention."""

from atalaia.desk.casework.actions.alerting import (
    NewAlert,
    TakenIn,
    bring_back_alert,
    dismiss_alert,
    open_case_from_alert,
    take_in_alert,
)
from atalaia.desk.casework.actions.bulk import RowResult, in_bulk
from atalaia.desk.casework.actions.editing import Changes, add_comment, edit_case
from atalaia.desk.casework.actions.ending import (
    close,
    missing_for_closure,
    reopen,
    start_fix,
    verify_fix,
)
from atalaia.desk.casework.actions.following import (
    give_back_procedure,
    take_up_procedure,
)
from atalaia.desk.casework.actions.handing_over import (
    decide,
    return_case,
    submit,
    take_in_review,
)
from atalaia.desk.casework.actions.holding import assign, claim, release
from atalaia.desk.casework.actions.opening import Opening, open_case
from atalaia.desk.casework.actions.skills import drop_skill, set_skill
from atalaia.desk.casework.actions.sop_versions import (
    draft_procedure,
    drop_draft,
    put_in_force,
    save_draft,
)
from atalaia.desk.casework.actions.sorting import (
    complete_evidence,
    pause,
    reject_incomplete,
    resume,
    triage,
)
from atalaia.desk.casework.actions.tying import link, mark_duplicate, unlink
from atalaia.desk.casework.free_text import PersonalData
from atalaia.desk.casework.turn import Saved

__all__ = [
    "Changes",
    "NewAlert",
    "Opening",
    "PersonalData",
    "RowResult",
    "Saved",
    "TakenIn",
    "add_comment",
    "assign",
    "bring_back_alert",
    "claim",
    "close",
    "complete_evidence",
    "decide",
    "dismiss_alert",
    "draft_procedure",
    "drop_draft",
    "drop_skill",
    "edit_case",
    "give_back_procedure",
    "in_bulk",
    "link",
    "mark_duplicate",
    "missing_for_closure",
    "open_case",
    "open_case_from_alert",
    "pause",
    "put_in_force",
    "reject_incomplete",
    "release",
    "reopen",
    "resume",
    "return_case",
    "save_draft",
    "set_skill",
    "start_fix",
    "submit",
    "take_in_alert",
    "take_in_review",
    "take_up_procedure",
    "triage",
    "unlink",
    "verify_fix",
]
