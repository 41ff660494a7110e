"""Which columns of the views are amounts, and how small each can be.

A sum in a denominator must not be negative, nor grow smaller by a unit more. A column
that is not here is a word, a moment or a yes-or-no, or one of a view whose rows have no
day, and cannot be summed.
"""

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["AMOUNTS"]

ANYTHING = None
"""Clocks of two systems may disagree, so that a wait can come out below zero."""
WAITS: Mapping[str, float | None] = MappingProxyType(
    {"wait_s": ANYTHING, "weight": 0.0}
)
SAMPLED: Mapping[str, float | None] = MappingProxyType({"weight": 0.0})

AMOUNTS: Mapping[str, Mapping[str, float | None]] = MappingProxyType(
    {
        "valid_sessions": {"live_s": 60.0, "room_views": 0.0, "room_viewer_s": 0.0},
        "enforced_decisions": {"penalties_n": 0.0, "net_penalties_n": 0.0},
        "penalty_outcomes": {"lost_s": 0.0},
        "appeals_last_round": WAITS,
        "reviewed_enforced": SAMPLED,
        "reviewed_passed": SAMPLED,
        "reviewed_decisions": SAMPLED,
        "rooms_by_frame": {"units_n": 0.0, "views": 0.0},
        "exposed_incidents": SAMPLED,
        "time_to_action": {"wait_s": 0.0, "weight": 0.0},
        "repeat_waits": {"next_s": 0.0, "followed_s": ANYTHING},
        "traffic": {
            "impressions": 0.0,
            "entries": 0.0,
            "effective_10s": 0.0,
            "effective_60s": 0.0,
            "interactors": 0.0,
            "new_follows": 0.0,
            "gifters": 0.0,
        },
        "source_mixes": {"entries": 0.0},
        "ineligible_time": {"ineligible_s": 0.0},
        "trial_outcomes": {"after_live_s": 0.0},
        "case_spells": {"spell_s": ANYTHING},
        "cases": {
            "required_fields_n": 0.0,
            "filled_fields_n": 0.0,
            "paused_s": ANYTHING,
            "stood_closed_s": ANYTHING,
            "in_central_s": ANYTHING,
        },
        "cases_submitted": {"required_n": 0.0, "filled_n": 0.0},
        "cases_decided": {"in_central_s": ANYTHING},
        "cases_closed": WAITS,
        "diffs_adopted": WAITS,
        "changes_deployed": WAITS,
    }
)
"""View -> column -> its smallest value; None where it may be negative."""
