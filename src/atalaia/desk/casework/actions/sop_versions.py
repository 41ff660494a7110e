"""Procedures as records: drafted, saved, put in force, and published as a file."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from atalaia.desk.accounts.access import locked
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.audit.action import Deed, acting
from atalaia.desk.casework.errors import (
    PastDayError,
    StaleProcedureError,
    UncoveredTypesError,
    WrittenProcedureError,
)
from atalaia.desk.casework.models import SopVersion
from atalaia.desk.casework.procedures import read, sop_key
from atalaia.desk.shell.trade import trade
from atalaia.domain.case_codes import ProcedureState
from atalaia.domain.work_codes import CaseType
from atalaia.warehouse.durable import replace_file

__all__ = ["draft_procedure", "drop_draft", "put_in_force", "save_draft"]

FILE = "sops.yaml"
DATES = ("effective_from", "effective_to")
EDIT = Right.EDIT_PROCEDURES


def draft_procedure(content: Mapping[str, Any], *, by: Actor, now: datetime) -> str:
    """Begin a new version of a procedure, or a new procedure; return its key.

    The version is the next number of the procedure's id. Raises ReferenceDataError
    where the content is not whole.
    """
    with acting("sop.draft", by=by, right=EDIT, now=now) as deed:
        sop_id = read({**content, "version": "1"}, name="draft").id
        number = _next_number(sop_id)
        key = sop_key(sop_id, str(number))
        row = SopVersion(
            key=key,
            sop_id=sop_id,
            number=number,
            state=ProcedureState.DRAFT,
            content=_whole(content, version=str(number), day=now.date(), key=key),
            changed_at=now,
        )
        row.save()
        deed.did(row, content=row.content)
    return key


def save_draft(
    key: str, content: Mapping[str, Any], *, version: int, by: Actor, now: datetime
) -> int:
    """Save a draft if nobody did since it was read; return its count of changes.

    Raises:
        StaleProcedureError: somebody did.
        WrittenProcedureError: it is no draft any more.
        ReferenceDataError: the content is not whole, with what is missing.
    """
    with acting("sop.save", by=by, right=EDIT, now=now) as deed:
        row = _draft(key, by=by, version=version)
        number = str(row.number)
        whole = _whole(content, version=number, day=now.date(), key=key)
        row.content = {**whole, "id": row.sop_id}
        row.version += 1
        row.changed_at = now
        row.save()
        deed.did(row, content=row.content)
    return row.version


def drop_draft(key: str, *, version: int, by: Actor, now: datetime) -> None:
    """Throw a draft away; nobody followed it.

    Raises:
        StaleProcedureError: somebody saved it since it was read.
        WrittenProcedureError: it is no draft any more.
    """
    with acting("sop.drop", by=by, right=EDIT, now=now) as deed:
        row = _draft(key, by=by, version=version)
        deed.did(row, content=row.content)
        row.delete()


def put_in_force(
    key: str,
    *,
    version: int,
    by: Actor,
    now: datetime,
    day: date,
    replacing: Collection[str] = (),
) -> None:
    """Put a draft in force from a day on; new cases follow it, open ones stay.

    The version before it ends the day before, and so does each of `replacing`: versions
    of other procedures that cover a type of this one. What they cover besides goes on
    as a new version of theirs. Everything in force, and what was, is then written to
    DATA/reference, where the command line reads it.

    Raises:
        StaleProcedureError: somebody saved it since it was read.
        WrittenProcedureError: it is no draft any more.
        PastDayError: the day has passed.
        UncoveredTypesError: a type of case would follow no SOP, or two.
    """
    with acting("sop.activate", by=by, right=EDIT, now=now) as deed:
        row = _draft(key, by=by, version=version)
        if day < now.date():
            raise PastDayError(procedure=key, day=day)
        taken = row.content["case_types"]
        for other in SopVersion.objects.filter(
            key__in=replacing, state=ProcedureState.ACTIVE
        ).exclude(sop_id=row.sop_id):
            _give_up(other, types=taken, day=day, now=now, deed=deed)
        _end(row.sop_id, day=day, now=now, deed=deed)
        row.version += 1
        _begin(row, row.content, day=day, now=now)
        _must_cover_every_type()
        deed.did(row, content=row.content)
        transaction.on_commit(publish)


def _end(sop_id: str, *, day: date, now: datetime, deed: Deed) -> None:
    """End every version of a procedure the day before another begins."""
    yesterday = (day - timedelta(days=1)).isoformat()
    rows = SopVersion.objects.filter(sop_id=sop_id).exclude(state=ProcedureState.DRAFT)
    for old in rows.select_for_update():
        if old.content.get(DATES[1], yesterday) < yesterday:
            continue
        old.state = ProcedureState.SUPERSEDED
        old.content = {**old.content, DATES[1]: yesterday}
        old.changed_at = now
        old.save()
        deed.did(old, content=old.content)


def _begin(
    row: SopVersion, content: Mapping[str, Any], *, day: date, now: datetime
) -> None:
    open_ended = {name: each for name, each in content.items() if name != DATES[1]}
    row.content = {**open_ended, DATES[0]: day.isoformat()}
    row.state = ProcedureState.ACTIVE
    row.changed_at = now
    row.save()


def _give_up(
    row: SopVersion, *, types: Collection[str], day: date, now: datetime, deed: Deed
) -> None:
    """End a procedure that another takes types from; the rest goes on as a version."""
    left = [each for each in row.content["case_types"] if each not in types]
    content = row.content
    _end(row.sop_id, day=day, now=now, deed=deed)
    if not left:
        return
    number = _next_number(row.sop_id)
    begun = SopVersion(
        key=sop_key(row.sop_id, str(number)), sop_id=row.sop_id, number=number
    )
    changed = {**content, "case_types": left, "version": str(number)}
    _begin(begun, changed, day=day, now=now)
    deed.did(begun, content=begun.content)


def _next_number(sop_id: str) -> int:
    last = SopVersion.objects.filter(sop_id=sop_id).order_by("-number").first()
    return last.number + 1 if last is not None else 1


def publish() -> None:
    """Write every version that is or was in force as the approved reference file."""
    rows = SopVersion.objects.exclude(state=ProcedureState.DRAFT)
    versions = [_dated(row.content) for row in rows.order_by("sop_id", "number")]
    text = yaml.safe_dump(
        {"procedures": versions}, allow_unicode=True, sort_keys=False, width=88
    )
    folder = settings.INSTALLATION.place.reference
    replace_file(folder / FILE, text.encode("utf-8"))


def _draft(key: str, *, by: Actor, version: int) -> SopVersion:
    row = locked(SopVersion, key, by=by, right=EDIT)
    if row.state != ProcedureState.DRAFT:
        raise WrittenProcedureError(procedure=key)
    if row.version != version:
        raise StaleProcedureError(procedure=key)
    return row


def _whole(
    content: Mapping[str, Any], *, version: str, day: date, key: str
) -> dict[str, Any]:
    """Return content that reads as a procedure; raises ReferenceDataError."""
    begun = {"effective_from": day.isoformat(), **content, "version": version}
    whole = {name: each for name, each in begun.items() if name != "effective_to"}
    plain = {
        name: each.isoformat() if isinstance(each, date) else each
        for name, each in whole.items()
    }
    read(plain, name=key)
    return plain


def _must_cover_every_type() -> None:
    """Refuse a type of case that would follow no procedure, or two."""
    rows = SopVersion.objects.filter(state=ProcedureState.ACTIVE)
    followed = [
        case_type
        for row in rows
        for case_type in read(row.content, name=row.key).case_types
    ]
    names = trade().reference.names
    wrong = [each for each in CaseType if followed.count(each) != 1]
    if wrong:
        raise UncoveredTypesError(types=[names.of(each) for each in wrong])


def _dated(content: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: date.fromisoformat(each) if name in DATES else each
        for name, each in content.items()
    }
