"""Decisions with the words that metrics split by: all, and those that stand.

A decision that a later one replaced stands no more, and what hangs on it belongs to
the head of its chain: the decision that replaced the last of them. Links are followed
within one business date, so that a question about one day needs no other day's rows.
"""

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from atalaia.domain.codes import Outcome
from atalaia.metrics.source import FactSource
from atalaia.metrics.views.policy_words import known, or_organic, policy_levels

__all__ = ["is_enforced", "standing_decisions", "with_heads", "worded_decisions"]

ENFORCED = tuple(outcome.value for outcome in Outcome if outcome.is_enforced)
DOUBLINGS = 8
"""Each follows twice as many links: chains of up to 256 decisions."""


def worded_decisions(facts: FactSource) -> ibis.Table:
    """Return every decision, replaced or not, with its words."""
    rows = facts.table("moderation_decision")
    return rows.select(
        "decision_id",
        "session_id",
        "creator_id",
        "market",
        "business_date",
        "outcome",
        "decided_at",
        "first_signal_at",
        "detection",
        superseded_by=rows.superseded_by.nullif(""),
        agency=or_organic(rows.agency_id),
        **policy_levels(rows.policy_id),
        severity=known(rows.severity),
        lane=known(rows.lane),
        actor=known(rows.actor),
        queue=known(rows.queue),
        automated=known(rows.automated_decision),
        model_version=known(rows.model_version),
    )


def standing_decisions(facts: FactSource) -> ibis.Table:
    """Return decisions that no later decision replaced, enforced or not."""
    rows = worded_decisions(facts)
    return rows.filter(rows.superseded_by.isnull()).drop("superseded_by")


def is_enforced(decisions: ibis.Table) -> ibis.Value:
    """Whether each decision put a consequence on somebody."""
    return decisions.outcome.isin(ENFORCED)


def with_heads(rows: ibis.Table, facts: FactSource) -> ibis.Table:
    """Return rows with `head_id`: their own decision, or the head of its chain."""
    links = _links(facts)
    if not len(links):
        return rows.mutate(head_id=rows.decision_id)
    heads = facts.engine.rows(_followed(links))
    joined = rows.left_join(
        heads,
        [rows.decision_id == heads.replaced_id, rows.business_date == heads.on_day],
    )
    return joined.mutate(
        head_id=ibis.coalesce(joined.last_id, joined.decision_id)
    ).select(*rows.columns, "head_id")


def _links(facts: FactSource) -> pa.Table:
    """Return replaced decisions with the one in their place: few, so read at once."""
    every = facts.table("moderation_decision")
    replaced = every.filter(every.superseded_by.nullif("").notnull()).select(
        on_day="business_date", replaced_id="decision_id", last_id="superseded_by"
    )
    told = facts.engine.read(replaced).read_all()
    if not len(told):
        return told
    arrived = every.select(on_day="business_date", last_id="decision_id")
    return facts.engine.read(
        facts.engine.rows(told).semi_join(arrived, ["last_id", "on_day"])
    ).read_all()


def _followed(links: pa.Table) -> pa.Table:
    """Return every link with the last decision that its chain leads to."""
    replaced, place = links["replaced_id"], np.arange(len(links))
    onward = pc.index_in(links["last_id"], replaced)
    following = pc.fill_null(onward, -1).to_numpy().astype(np.int64)
    target = np.where(following < 0, place, following)
    for _ in range(DOUBLINGS):
        target = target[target]
    return links.set_column(
        links.schema.get_field_index("last_id"),
        "last_id",
        links["last_id"].take(pa.array(target)),
    )
