"""The procedures that cases follow, read from the desk's own records."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from atalaia.desk.casework.models import SopVersion
from atalaia.domain.case_codes import ProcedureState
from atalaia.domain.sops import NoProcedureError, Sop, UnknownProcedureError, sop_of
from atalaia.domain.work_codes import CaseType

__all__ = ["procedure_for", "procedure_of", "procedures_of", "read", "sop_key"]

DATES = ("effective_from", "effective_to")


def sop_key(sop: str, version: str) -> str:
    """Return what the desk calls one version of a procedure."""
    return f"{sop}.{version}"


def procedure_for(case_type: CaseType, *, day: date) -> Sop:
    """Return what a new case of a type follows; raises NoProcedureError."""
    rows = SopVersion.objects.exclude(state=ProcedureState.DRAFT).order_by("key")
    for row in rows:
        if case_type in row.content["case_types"]:
            sop = read(row.content, name=row.key)
            if sop.is_in_force(day):
                return sop
    raise NoProcedureError(type=case_type, day=day)


def procedure_of(sop: str, version: str) -> Sop:
    """Return the version that a case follows; raises UnknownProcedureError."""
    row = SopVersion.objects.filter(key=sop_key(sop, version)).first()
    if row is None:
        raise UnknownProcedureError(sop=sop, version=version, nearest=())
    return read(row.content, name=row.key)


def procedures_of(
    versions: Iterable[tuple[str, str]],
) -> Mapping[tuple[str, str], Sop]:
    """Return the versions that several cases follow, by id and version, at once."""
    keys = {sop_key(*each) for each in versions}
    sops = [
        read(row.content, name=row.key)
        for row in SopVersion.objects.filter(key__in=keys)
    ]
    return {(sop.id, sop.version): sop for sop in sops}


def read(content: Mapping[str, Any], *, name: str) -> Sop:
    """Read one version's content; raises ReferenceDataError where it is not whole."""
    return _read(json.dumps(content, sort_keys=True, default=str), name)


@lru_cache(maxsize=256)
def _read(content: str, name: str) -> Sop:
    values = json.loads(content)
    days = {field: _day(values[field]) for field in DATES if field in values}
    return sop_of({**values, **days}, name=name)


def _day(value: Any) -> Any:
    """Return a date where it is one; what is none is refused with its place."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return value
