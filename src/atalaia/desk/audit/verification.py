"""Walk the whole chain and find the first row that is not as it was written.

Found by the key alone, at any time: a row altered, put in, moved, or taken out of the
middle. Found by the exported heads: rows cut from the end, and a chain written anew by
somebody with the key, as far as the last export. What was written after it and cut
before the next is found where the head's own row was not set back as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from atalaia.desk.audit.chain import FIRST, SEALED, seal_of
from atalaia.desk.audit.heads import Head, HeadKind
from atalaia.desk.audit.models import ChainHead, Entry

__all__ = ["FAULT_MESSAGES", "Fault", "Finding", "Report", "verify"]

CHUNK = 2_000


class Fault(StrEnum):
    """What may be wrong with the trail."""

    ALTERED = "altered"
    MISSING = "missing"
    PUT_IN = "put_in"
    UNCHAINED = "unchained"
    TAIL_CUT = "tail_cut"
    HEAD_LOST = "head_lost"
    HEAD_BEHIND = "head_behind"
    HEAD_DIFFERS = "head_differs"
    EXPORTED_CUT = "exported_cut"
    EXPORTED_DIFFERS = "exported_differs"


FAULT_MESSAGES: dict[Fault, str] = {
    Fault.ALTERED: "Row {seq} was altered, or written without the key.",
    Fault.MISSING: "Row {seq} is missing: the next one there is {found}.",
    Fault.PUT_IN: "Row {seq} was put in: no row has a number below 1.",
    Fault.UNCHAINED: "Row {seq} was written behind another row than the one before it.",
    Fault.TAIL_CUT: "Rows from {seq} on were cut off: the head says that there are "
    "{found}.",
    Fault.HEAD_LOST: "The trail has rows and no head: its head was removed.",
    Fault.HEAD_BEHIND: "Row {seq} stands behind the head, which was set back to row "
    "{found}.",
    Fault.HEAD_DIFFERS: "The head has another seal than its row {seq}.",
    Fault.EXPORTED_CUT: "Rows from {seq} on were cut off: on {day} the exported head "
    "was row {found}.",
    Fault.EXPORTED_DIFFERS: "Row {seq} is not the one that was exported on {day}: the "
    "trail was written anew with the key, or another trail was put in its place.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The first thing that is wrong: at which row, and what it is.

    Attributes:
        found: the number that stood where another was expected.
        day: when the head was exported that says otherwise.
    """

    fault: Fault
    seq: int
    found: int = 0
    day: str = ""

    @property
    def message(self) -> str:
        """The sentence to translate, with `seq`, `found` and `day` in it."""
        return FAULT_MESSAGES[self.fault]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a walk along the chain saw.

    Attributes:
        rows: rows that are as they were written, up to the finding.
        heads: exported heads that the trail was compared with.
        finding: the first thing that is wrong; None for a whole trail.
        restored: where backups were put back: rows behind these are lost on record.
    """

    rows: int
    heads: int
    finding: Finding | None
    restored: tuple[Head, ...]


@dataclass(slots=True, kw_only=True)
class _Walk:
    """Guards how far the chain was followed, and which exported heads are ahead."""

    exported: list[Head]
    key: bytes
    seq: int = 0
    seal: str = FIRST
    compared: int = 0

    def step(self, row: dict[str, Any]) -> Finding | None:
        """Follow the chain by one row."""
        wanted = self.seq + 1
        if row["seq"] < wanted:
            return Finding(fault=Fault.PUT_IN, seq=row["seq"])
        if row["seq"] > wanted:
            return Finding(fault=Fault.MISSING, seq=wanted, found=row["seq"])
        if seal_of(row, key=self.key) != row["seal"]:
            return Finding(fault=Fault.ALTERED, seq=wanted)
        if row["previous"] != self.seal:
            return Finding(fault=Fault.UNCHAINED, seq=wanted)
        self.seq, self.seal = wanted, row["seal"]
        return self._exported_here()

    def _exported_here(self) -> Finding | None:
        while self.exported and self.exported[-1].seq == self.seq:
            head = self.exported.pop()
            self.compared += 1
            if head.seal != self.seal:
                day = head.at.date().isoformat()
                return Finding(fault=Fault.EXPORTED_DIFFERS, seq=self.seq, day=day)
        return None


def verify(*, key: bytes, heads: Iterator[Head]) -> Report:
    """Follow the chain from its first row; memory stays the same however long it is.

    Others may go on writing meanwhile.

    Raises:
        UnreadableHeadsError: the exported heads themselves were tampered with.
    """
    binding, restored = _binding(heads)
    walk = _Walk(exported=binding, key=key)
    before = _head()
    finding = _followed(walk) or _ended(walk, before=before)
    return Report(
        rows=walk.seq, heads=walk.compared, finding=finding, restored=restored
    )


def _binding(heads: Iterator[Head]) -> tuple[list[Head], tuple[Head, ...]]:
    """Return the heads that still bind, last row first, and the restores.

    A restore ends them all and binds instead: a head holds every row before it.
    """
    binding: list[Head] = []
    restored: list[Head] = []
    for head in heads:
        if head.kind is HeadKind.RESTORE:
            binding = []
            restored.append(head)
        binding.append(head)
    binding = [each for each in binding if each.seq]
    return sorted(binding, key=lambda head: -head.seq), tuple(restored)


def _followed(walk: _Walk) -> Finding | None:
    rows = Entry.objects.order_by("seq").values(*SEALED, "seal")
    stream = rows.iterator(chunk_size=CHUNK)
    while True:
        try:
            row = next(stream, None)
        except (ValueError, TypeError):
            # What stands in the database is no value of its field any more.
            return Finding(fault=Fault.ALTERED, seq=walk.seq + 1)
        if row is None:
            return None
        finding = walk.step(dict(row))
        if finding is not None:
            return finding


def _ended(walk: _Walk, *, before: ChainHead | None) -> Finding | None:
    """Compare where the chain ends with its head, read before and after the walk."""
    after = _head()
    if after is None and walk.seq:
        return Finding(fault=Fault.HEAD_LOST, seq=walk.seq)
    if before is not None and before.seq > walk.seq:
        return Finding(fault=Fault.TAIL_CUT, seq=walk.seq + 1, found=before.seq)
    if after is not None and after.seq < walk.seq:
        return Finding(fault=Fault.HEAD_BEHIND, seq=after.seq + 1, found=after.seq)
    if after is not None and after.seq == walk.seq and after.seal != _sealed(walk):
        return Finding(fault=Fault.HEAD_DIFFERS, seq=walk.seq)
    if walk.exported:
        head = walk.exported[0]
        return Finding(
            fault=Fault.EXPORTED_CUT,
            seq=walk.seq + 1,
            found=head.seq,
            day=head.at.date().isoformat(),
        )
    return None


def _sealed(walk: _Walk) -> str:
    return walk.seal if walk.seq else ""


def _head() -> ChainHead | None:
    return ChainHead.objects.order_by("pk").first()
