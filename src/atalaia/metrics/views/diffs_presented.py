"""Diff cases on the day on which central first discussed them."""

import ibis

from atalaia.domain.work_codes import Ruling
from atalaia.metrics.source import FactSource
from atalaia.metrics.views.diff_words import DIFF_TIES, DIFF_WORDS, diffs
from atalaia.metrics.views.local_dates import dated
from atalaia.metrics.views.moments import as_of
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]

SETTLED = (Ruling.ACCEPTED.value, Ruling.REJECTED.value)


def build(facts: FactSource) -> ibis.Table:
    """Build the view; a ruling that asks for more data settles nothing yet."""
    rows = diffs(facts)
    shown = rows.filter(rows.presented_at <= as_of(facts))
    told = dated(shown, facts, at="presented_at")
    return told.mutate(
        is_settled=told.ruling.isin(SETTLED).fill_null(False),  # noqa: FBT003 - Ibis' own signature
        is_accepted=(told.ruling == Ruling.ACCEPTED.value).fill_null(False),  # noqa: FBT003 - Ibis' own signature
    ).select(*VIEW.columns)


VIEW = View(
    name="diffs_presented",
    meaning="Diff cases on the day on which central first discussed them, with what it"
    " ruled.",
    needs=("diff_case",),
    columns=(*DIFF_TIES, "business_date", *DIFF_WORDS, "is_settled", "is_accepted"),
    build=build,
)
