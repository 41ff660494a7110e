"""The records row by row, in a form that any of our databases can take back."""

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connections, models
from django.utils.duration import duration_iso_string

__all__ = ["kept_models", "loaded", "name_of", "written"]

CHUNK, AT_ONCE = 1_000, 100
LEFT_OUT = frozenset({"contenttypes", "auth", "sessions"})
"""What a new database makes itself, and sessions: who restores signs in again."""
Model = type[models.Model]


def kept_models() -> tuple[Model, ...]:
    """Return the models whose rows a backup carries, in a fixed order."""
    known = apps.get_models(include_auto_created=True)
    kept = [
        each
        for each in known
        if each._meta.managed and each._meta.app_label not in LEFT_OUT
    ]
    return tuple(sorted(kept, key=name_of))


def name_of(model: Model) -> str:
    """Return what a backup calls the rows of a model."""
    return model._meta.label_lower


def written(model: Model, *, using: str) -> Iterator[bytes]:
    """Yield a model's rows as lines of JSON, streamed, in the order of their keys."""
    names = [field.attname for field in model._meta.concrete_fields]
    rows = model._base_manager.using(using).order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=CHUNK):
        values = dict(zip(names, row, strict=True))
        yield json.dumps(values, default=_plain).encode() + b"\n"


def loaded(model: Model, lines: Iterable[bytes], *, using: str) -> int:
    """Put rows into an empty table exactly as they were; return how many."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    count, stream = 0, iter(lines)
    while part := [json.loads(line) for line in islice(stream, CHUNK)]:
        rows = [
            model(**{name: fields[name].to_python(row[name]) for name in fields})
            for row in part
        ]
        table: Any = model._base_manager.using(using)
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            # Raw: nothing is stamped with the moment of the restore.
            table._insert(some, fields=list(fields.values()), raw=True)
        count += len(rows)
    with connections[using].cursor() as cursor:
        for statement in connections[using].ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(statement)
    return count


def _plain(value: object) -> Any:
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_iso_string(value)
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(bytes(value)).decode("ascii")
    return str(value)
