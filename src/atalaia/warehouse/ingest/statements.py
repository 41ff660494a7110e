"""Statement-of-reasons exports, recognised by their header.

Their columns are mapped by `mappings/dsa_statement.yaml`; what no single column says
is derived here first, as further columns whose names begin with `derived_`.

Market: the mapping's declared one; else the territorial scope where it names exactly
one of our markets; else the row is quarantined, for the EU is no market of ours.
Policy: the leaf that alone carries the category, else the first-level policy whose
leaves alone carry it, else `dsa.<category>`; the category itself is always kept.
"""

import csv
from collections.abc import Mapping as Map
from dataclasses import replace
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from atalaia.domain.codes import PenaltyCode, PenaltyStatus, Subject
from atalaia.domain.dsa import DsaMapping, Form
from atalaia.domain.errors import IngestError
from atalaia.domain.reference import Reference
from atalaia.warehouse.ingest.checking import DSA_POLICY_PREFIX
from atalaia.warehouse.ingest.mapping import Mapping
from atalaia.warehouse.ingest.mapping_file import parse_mapping
from atalaia.warehouse.ingest.numbers import text_of
from atalaia.warehouse.ingest.picking import column_named
from atalaia.warehouse.ingest.readers import Limits
from atalaia.warehouse.ingest.readers.encoded import open_text
from atalaia.warehouse.ingest.readers.kinds import FileKind, kind_of
from atalaia.warehouse.ingest.times import DAY, moments_of

__all__ = [
    "dsa_mapping",
    "form_of_file",
    "official_columns",
    "policy_of_category",
    "statement_form",
    "with_derived",
]

MAPPING_NAME = "dsa_statement"
DERIVED_MARKET = "market: derived_market"
RESTRICTIONS = {
    "visibility": ("decision_visibility", "end_date_visibility_restriction"),
    "monetary": ("decision_monetary", "end_date_monetary_restriction"),
    "provision": ("decision_provision", "end_date_service_restriction"),
    "account": ("decision_account", "end_date_account_restriction"),
}
SUBJECTS = {
    "visibility": Subject.SESSION,
    "monetary": Subject.CREATOR,
    "provision": Subject.CREATOR,
    "account": Subject.ACCOUNT,
}
# Lightest first: of several codes in one cell the last that is present stands.
PENALTIES: Map[str, PenaltyCode] = {
    "DECISION_VISIBILITY_CONTENT_LABELLED": PenaltyCode.WARN,
    "DECISION_VISIBILITY_CONTENT_DEMOTED": PenaltyCode.FYF_INELIGIBLE,
    "DECISION_VISIBILITY_CONTENT_AGE_RESTRICTED": PenaltyCode.AGE_GATE_18,
    "DECISION_VISIBILITY_OTHER": PenaltyCode.FEATURE_RESTRICT,
    "DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED": PenaltyCode.FEATURE_RESTRICT,
    "DECISION_VISIBILITY_CONTENT_DISABLED": PenaltyCode.INTERRUPT,
    "DECISION_VISIBILITY_CONTENT_REMOVED": PenaltyCode.INTERRUPT,
    "DECISION_MONETARY_OTHER": PenaltyCode.DEMONETISE,
    "DECISION_MONETARY_SUSPENSION": PenaltyCode.DEMONETISE,
    "DECISION_MONETARY_TERMINATION": PenaltyCode.DEMONETISE,
    "DECISION_PROVISION_PARTIAL_SUSPENSION": PenaltyCode.INTERRUPT,
    "DECISION_PROVISION_TOTAL_SUSPENSION": PenaltyCode.LIVE_BAN_PERMANENT,
    "DECISION_PROVISION_PARTIAL_TERMINATION": PenaltyCode.LIVE_BAN_PERMANENT,
    "DECISION_PROVISION_TOTAL_TERMINATION": PenaltyCode.LIVE_BAN_PERMANENT,
    "DECISION_ACCOUNT_SUSPENDED": PenaltyCode.LIVE_BAN_PERMANENT,
    "DECISION_ACCOUNT_TERMINATED": PenaltyCode.ACCOUNT_BAN,
}
# A suspension with an end has the shortest rung that reaches it; without one it is
# open-ended, and a partial one is the interruption of the session.
SUSPENSIONS = (
    "DECISION_PROVISION_PARTIAL_SUSPENSION",
    "DECISION_PROVISION_TOTAL_SUSPENSION",
    "DECISION_ACCOUNT_SUSPENDED",
)
RUNGS = (
    (1, PenaltyCode.LIVE_SUSPEND_1D),
    (7, PenaltyCode.LIVE_SUSPEND_7D),
    (30, PenaltyCode.LIVE_SUSPEND_30D),
)


def statement_form(columns: tuple[str, ...], *, dsa: DsaMapping) -> Form | None:
    """Return "full" or "light" where these are an official export's columns."""
    for form in ("full", "light"):
        official = {column.name for column in dsa.of_form(form)}
        if official <= set(columns):
            return form
    return None


def official_columns(columns: tuple[str, ...], *, dsa: DsaMapping) -> frozenset[str]:
    """Return the columns that these have of an official export; none of another file.

    What is not taken of them is left out on purpose.
    """
    form = statement_form(columns, dsa=dsa)
    names = {column.name for column in dsa.of_form(form)} if form else set()
    return frozenset(names & set(columns))


def form_of_file(path: Path, *, reference: Reference) -> str | None:
    """Return "full" or "light" where a delimited file begins with that header."""
    try:
        if kind_of(path).kind is not FileKind.DELIMITED:
            return None
        head = open_text(path, declared=None, limits=Limits()).head
    except IngestError:
        return None
    header = tuple(next(csv.reader(head.splitlines()[:1]), []))
    return statement_form(header, dsa=reference.dsa)


@cache
def _shipped(market: str | None) -> Mapping:
    package = files("atalaia.warehouse.ingest")
    path = package.joinpath("mappings", f"{MAPPING_NAME}.yaml")
    text = path.read_text(encoding="utf-8")
    if market is not None:
        text = text.replace(DERIVED_MARKET, f"market: {{constant: {market}}}")
    return parse_mapping(text.encode(), file=f"{MAPPING_NAME}.yaml")


def dsa_mapping(*, market: str | None, source: str | None = None) -> Mapping:
    """Return the shipped mapping; `market` is declared by whoever sends the file."""
    shipped = _shipped(market)
    return shipped if source is None else replace(shipped, source=source)


def policy_of_category(category: str, *, reference: Reference) -> str:
    """Return the one policy or first-level policy of a category, else a pseudo-policy.

    `dsa.<category>` says openly that the category alone does not tell which of our
    policies was broken.
    """
    leaves = [
        leaf for leaf in reference.policies.leaves if leaf.dsa_category == category
    ]
    if len(leaves) == 1:
        return leaves[0].id
    parents = {leaf.parent for leaf in leaves}
    if len(parents) == 1:
        parent = parents.pop()
        under = reference.policies.leaves_under(parent)
        if {leaf.dsa_category for leaf in under} == {category}:
            return parent
    # One that the official form does not know is refused under its own name.
    is_official = category in reference.dsa.categories
    return f"{DSA_POLICY_PREFIX}{category}" if is_official else category


def with_derived(rows: pa.Table, *, reference: Reference, now: datetime) -> pa.Table:
    """Return an export's rows with the derived columns."""
    found: dict[str, pa.Array] = {
        "derived_market": _markets(rows, reference=reference),
        "derived_policy": _policies(rows, reference=reference),
        "derived_outcome": _outcomes(rows, dsa=reference.dsa),
        "derived_detection": _detections(rows, dsa=reference.dsa),
    }
    for kind, (column, end) in RESTRICTIONS.items():
        found[f"derived_penalty_{kind}"] = _penalties(rows, column=column, end=end)
        found[f"derived_status_{kind}"] = _statuses(rows, end=end, now=now)
        found[f"derived_end_{kind}"] = _texts(rows, end)
        subject = pa.scalar(str(SUBJECTS[kind]))
        found[f"derived_subject_{kind}"] = pa.repeat(subject, rows.num_rows)
    for name, values in found.items():
        rows = rows.append_column(name, values)
    return rows


def _texts(rows: pa.Table, name: str) -> pa.Array:
    return text_of(column_named(rows, name))


def _holds(text: pa.Array, code: str) -> pa.Array:
    """Whether a cell is this code or a JSON array with it."""
    within = pc.match_substring(text, f'"{code}"')
    return pc.fill_null(pc.or_(pc.equal(text, code), within), fill_value=False)


def _markets(rows: pa.Table, *, reference: Reference) -> pa.Array:
    scope = _texts(rows, "territorial_scope")
    market = pa.nulls(rows.num_rows, pa.string())
    count = pa.array(np.zeros(rows.num_rows, dtype=np.int64))
    for code in reference.markets.codes:
        here = _holds(scope, code)
        market = pc.if_else(here, code, market)
        count = pc.add(count, here.cast(pa.int64()))
    return pc.if_else(pc.equal(count, 1), market, None)


def _policies(rows: pa.Table, *, reference: Reference) -> pa.Array:
    category = _texts(rows, "category").dictionary_encode()
    known = [
        policy_of_category(code, reference=reference)
        for code in category.dictionary.to_pylist()
    ]
    return pa.array(known, pa.string()).take(category.indices)


def _outcomes(rows: pa.Table, *, dsa: DsaMapping) -> pa.Array:
    """Return the heaviest outcome; a cell with an unknown code shows itself instead."""
    outcome = pa.nulls(rows.num_rows, pa.string())
    columns = [column for column, _ in RESTRICTIONS.values()]
    texts = {column: _texts(rows, column) for column in columns}
    for code, result in dsa.outcomes.items():
        for text in texts.values():
            outcome = pc.if_else(_holds(text, code), str(result), outcome)
    for column, text in texts.items():
        outcome = pc.if_else(_unknown(text, codes=dsa.codes(column)), text, outcome)
    return outcome


def _unknown(text: pa.Array, *, codes: Map[str, object]) -> pa.Array:
    """Whether a cell holds anything but these codes; looked at once per distinct."""
    coded = text.dictionary_encode()
    pattern = "|".join(codes)
    shape = rf'^(\[\s*\]|({pattern})|\[\s*"({pattern})"(\s*,\s*"({pattern})")*\s*\])$'
    fits = pc.match_substring_regex(coded.dictionary, shape)
    return pc.fill_null(pc.invert(fits).take(coded.indices), fill_value=False)


def _detections(rows: pa.Table, *, dsa: DsaMapping) -> pa.Array:
    source = _texts(rows, "source_type")
    automated = _texts(rows, "automated_detection")
    found = pa.nulls(rows.num_rows, pa.string())
    for (kind, answer), detection in dsa.detections.items():
        here = pc.and_(pc.equal(source, kind), pc.equal(automated, answer))
        found = pc.if_else(pc.fill_null(here, fill_value=False), str(detection), found)
    return found


def _penalties(rows: pa.Table, *, column: str, end: str) -> pa.Array:
    text = _texts(rows, column)
    penalty = pa.nulls(rows.num_rows, pa.string())
    for code, result in PENALTIES.items():
        penalty = pc.if_else(_holds(text, code), str(result), penalty)
    days = _days_between(rows, start="application_date", end=end)
    suspended = pa.array(np.zeros(rows.num_rows, dtype=bool))
    for code in SUSPENSIONS:
        suspended = pc.or_(suspended, _holds(text, code))
    timed = pc.and_(suspended, days.is_valid())
    rung = pa.repeat(pa.scalar(str(PenaltyCode.LIVE_SUSPEND_90D)), rows.num_rows)
    for longest, code in reversed(RUNGS):
        rung = pc.if_else(pc.less_equal(days, float(longest)), str(code), rung)
    return pc.if_else(timed, rung, penalty)


def _days_between(rows: pa.Table, *, start: str, end: str) -> pa.Array:
    first = moments_of(_texts(rows, start), order="dmy")
    last = moments_of(_texts(rows, end), order="dmy")
    days = (last.values - first.values) / DAY
    return pa.array(days, mask=first.is_null | last.is_null)


def _statuses(rows: pa.Table, *, end: str, now: datetime) -> pa.Array:
    last = moments_of(_texts(rows, end), order="dmy")
    is_over = ~last.is_null & (last.values < int(now.timestamp() * 1_000_000))
    return pc.if_else(
        pa.array(is_over), str(PenaltyStatus.EXPIRED), str(PenaltyStatus.ACTIVE)
    )
