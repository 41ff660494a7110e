"""The fact views: a named reading of the facts per file, holding the hard logic."""

from collections.abc import Mapping
from types import MappingProxyType

from atalaia.metrics.views import (
    agency_creators,
    appeals_last_round,
    creator_days,
    double_reviews,
    enforced_decisions,
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
    time_to_action,
    traffic,
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
            double_reviews,
            judgments,
            time_to_action,
            repeat_waits,
            traffic,
            ineligible_time,
            freshness,
        )
    }
)
