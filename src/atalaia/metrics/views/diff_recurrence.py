"""Adopted diffs with the new cases of 30 days before and after they took effect.

A case matches where it is of the diff's market, of its policy or one below it, and of
its trap where the diff names one. All other cases of the market are the comparison: a
diff is raised at a peak, and would seem to have helped by the peak's passing alone.
"""

import ibis

from atalaia.metrics.source import FactSource
from atalaia.metrics.views import cases
from atalaia.metrics.views.diff_words import DIFF_TIES, DIFF_WORDS
from atalaia.metrics.views.diffs_adopted import adopted
from atalaia.metrics.views.elapsed import seconds_between
from atalaia.metrics.views.local_dates import dated
from atalaia.metrics.views.moments import as_of
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]

WINDOW_S = 30 * 86_400
COUNTS = ("matching_before", "matching_after", "others_before", "others_after")


def build(facts: FactSource) -> ibis.Table:
    """Build the view: one row per diff in effect, cases of no window among none."""
    rows = dated(adopted(facts), facts, at="effective_at")
    rows = rows.mutate(
        of_trap=rows.trap_id.nullif(""),
        is_watched=seconds_between(rows.effective_at, as_of(facts)) >= WINDOW_S,
    )
    opened = cases.VIEW.of(facts).select(
        case_market="market",
        case_policy="policy",
        case_trap="trap_id",
        case_opened_at="opened_at",
    )
    counted = _counted(rows, opened)
    joined = rows.left_join(counted, "diff_id")
    filled = {name: joined[name].fill_null(0) for name in COUNTS}
    reaches_back = joined.known_s >= WINDOW_S
    reaches_on = joined.heard_s >= WINDOW_S
    return joined.mutate(
        **filled,
        reaches_back=reaches_back.fill_null(False),  # noqa: FBT003 - Ibis' own signature
        reaches_on=reaches_on.fill_null(False),  # noqa: FBT003 - Ibis' own signature
    ).select(*VIEW.columns)


def _counted(diffs: ibis.Table, opened: ibis.Table) -> ibis.Table:
    """Return the four counts a diff, and how far from it cases were known."""
    pairs = diffs.inner_join(opened, diffs.market == opened.case_market)
    after_s = seconds_between(pairs.effective_at, pairs.case_opened_at)
    is_of_trap = pairs.of_trap.isnull() | (pairs.of_trap == pairs.case_trap)
    # "tns.hate." begins "tns.hate." and "tns.hate.slur.", and no "tns.hateful.": a
    # policy above the leaf means all that lie below it.
    branch = pairs.policy + "."
    is_below = (pairs.case_policy + ".").left(branch.length()) == branch
    is_matching = is_below & is_of_trap
    windows = {
        "before": (after_s >= -WINDOW_S) & (after_s < 0),
        "after": (after_s >= 0) & (after_s < WINDOW_S),
    }
    sides = {
        "matching": is_matching.fill_null(False),  # noqa: FBT003 - Ibis' own signature
        "others": ~is_matching.fill_null(False),  # noqa: FBT003 - Ibis' own signature
    }
    counts = {
        f"{side}_{window}": (inside & mine).cast("int64").sum()
        for window, inside in windows.items()
        for side, mine in sides.items()
    }
    return pairs.group_by("diff_id").agg(
        **counts, known_s=-after_s.min(), heard_s=after_s.max()
    )


VIEW = View(
    name="diff_recurrence",
    meaning="Adopted diff cases with the new cases, matching and all others of the"
    " market, of 30 days before and after they took effect.",
    needs=("diff_case", "case", "case_event"),
    over=("cases",),
    columns=(
        *DIFF_TIES,
        "business_date",
        *DIFF_WORDS,
        *COUNTS,
        "is_watched",
        "reaches_back",
        "reaches_on",
    ),
    version=2,
    build=build,
)
