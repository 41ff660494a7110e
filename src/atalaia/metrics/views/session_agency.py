"""The agency of a row: what it says itself, else what its session says."""

import ibis

from atalaia.metrics.source import FactSource

__all__ = ["with_agency"]

ORGANIC = "organic"


def with_agency(rows: ibis.Table, facts: FactSource) -> ibis.Table:
    """Return rows with `agency`; a creator without one is "organic"."""
    sessions = facts.table("live_session").select(
        "session_id", session_agency="agency_id"
    )
    joined = rows.left_join(sessions, "session_id")
    own, of_session = joined.agency_id.nullif(""), joined.session_agency.nullif("")
    return joined.mutate(agency=ibis.coalesce(own, of_session, ORGANIC)).select(
        *rows.columns, "agency"
    )
