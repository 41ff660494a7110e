"""Empty what the records say about people, as each app says where it stands.

A row about somebody loses all its words and ids. In rows about others, and about
nobody, only the texts that name them go. Counts, dates, states and codes stay.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from atalaia.desk.audit.action import Deed
from atalaia.desk.audit.naming import hits
from atalaia.desk.shell.erased import is_mark, mark_of
from atalaia.desk.shell.held import Blank, Held, held_models
from atalaia.warehouse.pseudonyms import PersonKind
from atalaia.warehouse.sought import Sought

__all__ = ["emptied", "named_in_records"]

CHUNK = 500


def named_in_records(people: Sought) -> frozenset[str]:
    """Return the digests of those people whom any record is about or names."""
    words: set[str] = set()
    for held in held_models():
        for row in _scanned(held):
            words |= hits(row.values(), people=people)
        if held.person and people.kind is PersonKind.CREATOR:
            words.update(_persons(held, people=people))
    return people.digests_of(words)


def emptied(people: Sought, *, deed: Deed) -> int:
    """Empty what the records say about people; return how many rows changed.

    Each row that changed is told to the deed by its key and the names of its columns.
    """
    work = _Work(people=people, deed=deed)
    return sum(work.empty(held) for held in held_models())


@dataclass(slots=True, kw_only=True)
class _Work:
    """Guards which rows are wholly about the people, model by model."""

    people: Sought
    deed: Deed
    whole: dict[str, set[Any]] = field(default_factory=lambda: defaultdict(set))

    def empty(self, held: Held) -> int:
        whole = self._about(held)
        self.whole[held.model] = whole
        named = {
            row["pk"]
            for row in _scanned(held)
            if row["pk"] not in whole and hits(row.values(), people=self.people)
        }
        found = sorted(whole | named)
        return sum(
            self._emptied(row, held=held, is_whole=row.pk in whole)
            for some in _chunks(found)
            for row in held.rows.select_for_update().filter(pk__in=some).order_by("pk")
        )

    def _about(self, held: Held) -> set[Any]:
        """Return the rows that are about the people, or a part of such a row."""
        found: set[Any] = set()
        if held.belongs:
            found.update(_with(held, held.belongs, self.whole[held.parent]))
        if held.person and self.people.kind is PersonKind.CREATOR:
            theirs = set(_with(held, held.person, _persons(held, people=self.people)))
            found |= theirs | self._tied(held, theirs)
        return found

    def _tied(self, held: Held, theirs: set[Any]) -> set[Any]:
        """Return rows that name nobody, and have an id in common with those rows."""
        nobody = {held.person: ""}
        found: set[Any] = set()
        for column in held.tied:
            ids = {
                value
                for some in _chunks(sorted(theirs))
                for value in held.rows.filter(pk__in=some).values_list(
                    column, flat=True
                )
                if value
            }
            found.update(_with(held, column, ids, **nobody))
        return found

    def _emptied(self, row: models.Model, *, held: Held, is_whole: bool) -> int:
        before = {
            name: getattr(row, name) for name in (held.person, *held.read) if name
        }
        # What a row about nobody tells cannot be told apart: all its words go.
        is_nobodys = bool(held.person) and not before[held.person]
        everything = is_whole or (is_nobodys and self.people.kind is PersonKind.CREATOR)
        mark = self._mark if everything else self._mark_where_named
        for name in held.texts:
            setattr(row, name, mark(before[name]))
        for name, within in held.documents.items():
            setattr(row, name, within(row, before[name], mark))
        for name in held.ids:
            if is_whole or hits([before[name]], people=self.people):
                setattr(row, name, "")
        if is_whole and held.person:
            setattr(row, held.person, "")
        changed = [
            name for name, value in before.items() if getattr(row, name) != value
        ]
        if changed:
            self._saved(row, held=held, changed=changed)
        return int(bool(changed))

    def _saved(self, row: models.Model, *, held: Held, changed: Sequence[str]) -> None:
        self.deed.noted(
            str(row._meta.model_name),
            str(getattr(row, "key", row.pk)),
            market=str(getattr(row, "market", "")),
            content={"emptied": sorted(changed)},
        )
        if held.changed is not None:
            held.changed(row, self.deed)
        row.save()

    def _mark(self, text: str) -> str:
        is_done = not text or is_mark(text)
        return text if is_done else mark_of(self.deed.now.date())

    @property
    def _mark_where_named(self) -> Blank:
        """Of staff only the name goes: what a text says is about somebody else."""

        def marked(text: str) -> str:
            found = hits([text], people=self.people)
            if not found:
                return text
            if self.people.kind is PersonKind.CREATOR:
                return self._mark(text)
            for word in sorted(found, key=len, reverse=True):
                text = text.replace(word, mark_of(self.deed.now.date()))
            return text

        return marked


def _scanned(held: Held) -> Iterator[dict[str, Any]]:
    """Yield every row by its key and the columns that may name anybody."""
    if held.read:
        rows = held.rows.order_by("pk").values("pk", *held.read)
        yield from rows.iterator(chunk_size=CHUNK)


def _persons(held: Held, *, people: Sought) -> set[str]:
    """Return those of the creators whom rows are about that are sought."""
    column = held.person
    rows = held.rows.exclude(**{column: ""}).order_by(column)
    known = rows.values_list(column, flat=True).distinct()
    return {each for each in known.iterator(chunk_size=CHUNK) if people.is_among(each)}


def _with(held: Held, column: str, values: Iterable[Any], **also: str) -> Iterator[Any]:
    """Yield the rows that have one of the values in a column."""
    for some in _chunks(sorted(values)):
        rows = held.rows.filter(**{f"{column}__in": some}, **also)
        yield from rows.values_list("pk", flat=True)


def _chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]
