"""The fact views: a named reading of the facts per file, holding the hard logic."""

from collections.abc import Mapping
from types import MappingProxyType

from atalaia.metrics.views import (
    actions_due,
    agency_creators,
    alerts_closed,
    alerts_raised,
    appeals_last_round,
    case_spells,
    cases,
    cases_closed,
    cases_decided,
    cases_due,
    cases_submitted,
    changes_deployed,
    changes_reviewed,
    creator_days,
    diff_recurrence,
    diffs_adopted,
    diffs_presented,
    double_reviews,
    enforced_decisions,
    enrolments,
    exposed_incidents,
    first_closings,
    freshness,
    incidents,
    ineligible_time,
    judgments,
    penalised_sessions,
    penalties,
    penalty_outcomes,
    repeat_waits,
    reviewed_decisions,
    reviewed_enforced,
    reviewed_passed,
    rooms_by_frame,
    time_to_action,
    traffic,
    trial_outcomes,
    valid_sessions,
)
from atalaia.metrics.views.view import View

__all__ = ["VIEWS", "View"]

VIEWS: Mapping[str, View] = MappingProxyType(
    {
        module.VIEW.name: module.VIEW
        for module in (
            valid_sessions,
            creator_days,
            agency_creators,
            enforced_decisions,
            incidents,
            penalties,
            penalty_outcomes,
            penalised_sessions,
            appeals_last_round,
            reviewed_enforced,
            reviewed_passed,
            reviewed_decisions,
            rooms_by_frame,
            exposed_incidents,
            double_reviews,
            judgments,
            time_to_action,
            repeat_waits,
            traffic,
            ineligible_time,
            trial_outcomes,
            enrolments,
            alerts_raised,
            alerts_closed,
            case_spells,
            cases,
            cases_due,
            cases_submitted,
            cases_decided,
            cases_closed,
            first_closings,
            diffs_presented,
            diffs_adopted,
            diff_recurrence,
            actions_due,
            changes_reviewed,
            changes_deployed,
            freshness,
        )
    }
)
