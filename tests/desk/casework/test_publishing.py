"""What casework publishes is what the contracts of the warehouse promise."""

from datetime import date, datetime, timedelta

import pytest

from atalaia.desk.audit.models import Entry, OutboxRow
from atalaia.desk.audit.subjects import keyed
from atalaia.desk.casework import actions
from atalaia.domain.case_codes import FixResult, PauseReason, ReturnReason
from atalaia.domain.codes import RoleCode
from atalaia.domain.work_codes import (
    CaseResolution,
    CaseState,
    RootCause,
    Ruling,
)
from atalaia.warehouse.contracts import case, case_event
from atalaia.warehouse.contracts.contract import Kind
from desk.a_case import a_sent_case, a_triaged_case, opened
from desk.people import NOW, an_actor

pytestmark = pytest.mark.django_db
CONTRACTS = {"case": case.CONTRACT, "case_event": case_event.CONTRACT}
TYPES = {Kind.TEXT: str, Kind.INTEGER: int, Kind.FLAG: bool, Kind.INSTANT: str}


def faults(table, row):
    """Name the fields of a row that break its contract."""
    contract = CONTRACTS[table]
    for field in contract.fields:
        value = row[field.name]
        if value is None:
            if field.is_required:
                yield field.name
            continue
        is_typed = isinstance(value, TYPES[field.kind])
        is_listed = not field.allowed or value in field.allowed
        is_bounded = field.minimum is None or value >= field.minimum
        if field.kind is Kind.INSTANT:
            is_typed = datetime.fromisoformat(value).utcoffset() == timedelta()
        if not (is_typed and is_listed and is_bounded):
            yield field.name


def a_whole_life():
    """Take cases along every path, and leave them at every end."""
    region, central = an_actor(RoleCode.ANALYST, "MX"), an_actor(RoleCode.CENTRAL_TNS)
    key = a_sent_case(region)
    reason = ReturnReason.EVIDENCE_MISSING
    actions.return_case(key, reason=reason, by=central, now=NOW)
    actions.submit(key, by=region, now=NOW)
    actions.take_in_review(key, by=central, now=NOW)
    actions.decide(
        key,
        ruling=Ruling.ACCEPTED,
        answer="Ok.",
        is_fix_promised=True,
        by=central,
        now=NOW,
    )
    actions.verify_fix(
        key,
        metric="M10",
        checked_on=date(2026, 11, 30),
        result=FixResult.VERIFIED,
        by=region,
        now=NOW,
    )
    actions.close(
        key,
        root_cause=RootCause.DATA,
        resolution=CaseResolution.FIX_DEPLOYED,
        by=region,
        now=NOW,
    )
    actions.reopen(key, by=region, now=NOW)
    other = a_triaged_case(region, references={})
    reason = PauseReason.REPORTER_ASKED
    actions.pause(other, reason=reason, by=region, now=NOW)
    actions.resume(other, by=region, now=NOW)
    actions.mark_duplicate(other, of=key, by=region, now=NOW)
    return key, other


def test_every_published_row_keeps_its_contract():
    """All columns, no other, each of its kind and from its closed list."""
    a_whole_life()

    for row in OutboxRow.objects.all():
        assert sorted(row.row) == sorted(CONTRACTS[row.table].schema.names)
        assert list(faults(row.table, row.row)) == []


def test_moves_are_published_once_in_order():
    """Every time is read from them."""
    key, _ = a_whole_life()

    rows = OutboxRow.objects.filter(table="case_event").order_by("pk")
    of_case = [row.row for row in rows if row.row["case_id"] == key]
    seqs = [row["seq"] for row in of_case]
    assert seqs == list(range(1, len(seqs) + 1))
    assert [row["to_state"] for row in of_case][-2:] == [
        CaseState.CLOSED,
        CaseState.REOPENED,
    ]
    assert len({row.row["event_id"] for row in rows}) == rows.count()
    assert {row["by_team"] for row in of_case} == {"region", "central"}


def test_fields_are_counted_at_the_first_submission():
    """What was filled later does not flatter the report."""
    region = an_actor(RoleCode.ANALYST, "MX")
    key = a_sent_case(region)

    rows = OutboxRow.objects.filter(table="case").order_by("pk")
    filled = [row.row["filled_fields_n"] for row in rows if row.row["case_id"] == key]

    assert filled == [None, None, 10]


def test_the_trail_tells_of_every_action_and_names_the_creator_as_its_subject():
    """Their erasure empties what it says of them."""
    by = an_actor(RoleCode.ANALYST, "MX")
    key = opened(by).key

    actions.claim(key, by=by, now=NOW)

    told = list(Entry.objects.order_by("seq").values_list("action", "subject"))
    alias = keyed("c-4").alias
    assert told == [("case.open", alias), ("case.claim", alias)]


def test_what_is_refused_leaves_no_trace():
    """Neither in the trail nor in what is published."""
    by = an_actor(RoleCode.ANALYST, "MX")
    key = opened(by).key
    before = Entry.objects.count(), OutboxRow.objects.count()

    results = actions.in_bulk([key], lambda each: actions.close(each, by=by, now=NOW))

    assert not results[0].is_done
    assert (Entry.objects.count(), OutboxRow.objects.count()) == before
