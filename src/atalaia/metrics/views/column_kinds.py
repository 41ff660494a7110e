"""What the columns of the views hold, by name: a name means one thing in all of them.

A test that asks a text whether it is true, or a flag which word it is, is refused where
it is written, and not by an engine when somebody asks.
"""

from enum import StrEnum

__all__ = ["ColumnKind", "kind_of"]


class ColumnKind(StrEnum):
    """What a column holds."""

    FLAG = "flag"
    AMOUNT = "amount"
    MOMENT = "moment"
    TEXT = "text"


FLAG_BEGINNINGS = ("is_", "has_", "was_", "reaches_")
FLAGS = frozenset(
    (
        "differs",
        "stood_closed_when_due",
        "strike_counted",
        "took_live_time",
    )
)
MOMENT_ENDINGS = ("_at",)
MOMENTS = frozenset(("business_date", "first_net_on"))
AMOUNT_ENDINGS = ("_n", "_s", "_views")
AMOUNTS = frozenset(
    (
        "effective_10s",
        "effective_60s",
        "entries",
        "exposed_mass",
        "gifters",
        "impressions",
        "interactors",
        "matching_after",
        "matching_before",
        "new_follows",
        "others_after",
        "others_before",
        "turn",
        "units_in_domain",
        "units_in_room",
        "uplift",
        "views",
        "weight",
    )
)
"""Numbers; `amounts.py` says which of them can be summed, and how small they can be."""


def kind_of(column: str) -> ColumnKind:
    """Return what a view's column holds; what is none of the others is a text."""
    if column in FLAGS or column.startswith(FLAG_BEGINNINGS):
        return ColumnKind.FLAG
    if column in MOMENTS or column.endswith(MOMENT_ENDINGS):
        return ColumnKind.MOMENT
    if column in AMOUNTS or column.endswith(AMOUNT_ENDINGS):
        return ColumnKind.AMOUNT
    return ColumnKind.TEXT
