"""Holds converted rows against their contract and the reference data."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from atalaia.domain.clocks import known_zones
from atalaia.domain.reference import Reference
from atalaia.warehouse.contracts.contract import LARGEST, Contract, Field, Kind
from atalaia.warehouse.ingest.faults import Reason, Remark, RemarkCode
from atalaia.warehouse.ingest.findings import Findings

__all__ = [
    "DSA_POLICY_PREFIX",
    "POLICY_FIELDS",
    "check_rows",
    "known_policies",
    "zone_remarks",
]

DSA_POLICY_PREFIX = "dsa."
POLICY_FIELDS = ("policy_id", "truth_policy_id", "judged_policy_id")
# Moments that may honestly lie ahead, or before the product existed.
AHEAD = {
    "planned_end_at",
    "due_at",
    "ack_due_at",
    "resolve_due_at",
    "review_due_at",
    "effective_at",
    "ends_at",
    "evidence_expires_at",
    "window_end_at",
    "agency_left_at",
}
LONG_AGO = {"joined_live_at", "agency_joined_at", "content_date"}
SPANS = (
    ("started_at", "ended_at"),
    ("started_at", "planned_end_at"),
    ("joined_at", "left_at"),
    ("submitted_at", "decided_at"),
    ("opened_at", "closed_at"),
    ("period_start", "period_end"),
    ("window_start_at", "window_end_at"),
    ("agency_joined_at", "agency_left_at"),
)
FIRST_MOMENT = datetime(2016, 1, 1, tzinfo=UTC)
OLDEST = datetime(1900, 1, 1, tzinfo=UTC)
# "For ever", as systems write it, still fits.
LAST_MOMENT = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
CLOCK_TOLERANCE = timedelta(minutes=10)
WIDEST_ZONE = timedelta(hours=14)


def known_policies(reference: Reference) -> pa.Array:
    """Return every policy and group that a row may name.

    `dsa.<category>` stands for a statement of reasons whose category no one policy
    of ours carries; `*` in an aggregate means all policies.
    """
    tree = reference.policies
    foreign = [f"{DSA_POLICY_PREFIX}{name}" for name in reference.dsa.categories]
    return pa.array([*tree.by_id, *tree.groups, *foreign], pa.string())


def check_rows(
    rows: pa.Table,
    *,
    contract: Contract,
    reference: Reference,
    now: datetime,
    findings: Findings,
) -> None:
    """Note every row that breaks the contract; the first fault of a row stands."""
    for field in contract.fields:
        column = rows[field.name]
        if field.is_required:
            findings.note(column.is_null(), reason=Reason.MISSING, about=field.name)
        if column.null_count == len(column):
            continue
        _check_codes(column, field=field, findings=findings)
        _check_bounds(column, field=field, findings=findings)
        if field.kind is Kind.INSTANT:
            _check_moment(column, field=field, now=now, findings=findings)
        if field.kind is Kind.DATE:
            _check_day(column, field=field, findings=findings)
    _check_reference(rows, contract=contract, reference=reference, findings=findings)
    _check_spans(rows, findings=findings)


def zone_remarks(
    rows: pa.Table, *, contract: Contract, now: datetime
) -> tuple[Remark, ...]:
    """Say where times ahead of now look like a clock in the wrong zone."""
    event = contract.event_time
    if event is None or event in AHEAD:
        return ()
    if contract.field(event).kind is not Kind.INSTANT:
        return ()
    ahead = pc.greater(rows[event], pa.scalar(now + CLOCK_TOLERANCE))
    moments = rows[event].filter(ahead)
    if len(moments) == 0:
        return ()
    # Held as columns: a moment past the year 9999 is none in Python.
    if pc.any(pc.greater(moments, pa.scalar(now + WIDEST_ZONE))).as_py():
        return ()
    furthest = pc.max(moments).as_py() - now
    hours = round(furthest.total_seconds() / 3600, 1)
    fields = {"n": len(moments), "column": event, "hours": hours}
    return (Remark(code=RemarkCode.WRONG_ZONE, fields=fields),)


def _check_codes(column: pa.ChunkedArray, *, field: Field, findings: Findings) -> None:
    if not field.allowed or field.kind is not Kind.TEXT:
        return
    allowed = pa.array([str(code) for code in field.allowed], pa.string())
    unknown = pc.and_(column.is_valid(), pc.invert(pc.is_in(column, value_set=allowed)))
    findings.note(unknown, reason=Reason.UNKNOWN_CODE, about=field.name)


def _check_bounds(column: pa.ChunkedArray, *, field: Field, findings: Findings) -> None:
    if field.kind not in (Kind.INTEGER, Kind.NUMBER):
        return
    if field.kind is Kind.NUMBER:
        endless = pc.invert(pc.is_finite(column))
        findings.note(endless, reason=Reason.NOT_A_NUMBER, about=field.name)
    beyond = pc.or_(pc.greater(column, LARGEST), pc.less(column, -LARGEST))
    findings.note(beyond, reason=Reason.OUT_OF_BOUNDS, about=field.name)
    if field.minimum is not None:
        low = pc.less(column, field.minimum)
        findings.note(low, reason=Reason.OUT_OF_BOUNDS, about=field.name)
    if field.maximum is not None:
        high = pc.greater(column, field.maximum)
        findings.note(high, reason=Reason.OUT_OF_BOUNDS, about=field.name)


def _check_moment(
    column: pa.ChunkedArray, *, field: Field, now: datetime, findings: Findings
) -> None:
    latest = LAST_MOMENT if field.name in AHEAD else now + CLOCK_TOLERANCE
    ahead = pc.greater(column, pa.scalar(latest, column.type))
    findings.note(ahead, reason=Reason.IN_THE_FUTURE, about=field.name)
    earliest = OLDEST if field.name in LONG_AGO else FIRST_MOMENT
    old = pc.less(column, pa.scalar(earliest, column.type))
    findings.note(old, reason=Reason.TOO_OLD, about=field.name)


def _check_day(column: pa.ChunkedArray, *, field: Field, findings: Findings) -> None:
    old = pc.less(column, pa.scalar(FIRST_MOMENT.date()))
    findings.note(old, reason=Reason.TOO_OLD, about=field.name)
    ahead = pc.greater(column, pa.scalar(LAST_MOMENT.date()))
    findings.note(ahead, reason=Reason.IN_THE_FUTURE, about=field.name)


def _check_reference(
    rows: pa.Table, *, contract: Contract, reference: Reference, findings: Findings
) -> None:
    markets = pa.array(list(reference.markets.codes), pa.string())
    findings.note(
        _outside(rows["market"], markets), reason=Reason.UNKNOWN_MARKET, about="market"
    )
    if "home_tz" in rows.column_names:
        zones = pa.array(sorted(known_zones()), pa.string())
        findings.note(
            _outside(rows["home_tz"], zones),
            reason=Reason.UNKNOWN_ZONE,
            about="home_tz",
        )
    names = [name for name in POLICY_FIELDS if name in rows.column_names]
    known = known_policies(reference) if names else None
    if contract.name == "aggregate":
        known = pa.concat_arrays([known, pa.array(["*"])])
    for name in names:
        findings.note(
            _outside(rows[name], known), reason=Reason.UNKNOWN_POLICY, about=name
        )


def _outside(column: pa.ChunkedArray, known: pa.Array) -> pa.ChunkedArray:
    return pc.and_(column.is_valid(), pc.invert(pc.is_in(column, value_set=known)))


def _check_spans(rows: pa.Table, *, findings: Findings) -> None:
    for start, end in SPANS:
        if start in rows.column_names and end in rows.column_names:
            reversed_ = pc.less(rows[end], rows[start])
            findings.note(
                np.asarray(reversed_.fill_null(fill_value=False)),
                reason=Reason.ENDS_BEFORE_START,
                about=end,
            )
