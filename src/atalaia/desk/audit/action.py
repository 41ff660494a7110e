"""The one way to change a record: right, change, audit and outbox in one transaction.

    with acting("case.claim", by=actor, right=Right.WORK_CASES, now=now) as deed:
        case = locked(Case, key, by=actor, right=Right.WORK_CASES)
        case.owner_id = …
        case.save()
        deed.did(case, subject=case.creator_id, content={"owner": …})
        deed.publish("case", rows)

What is not told to the deed fails the transaction: no change goes unrecorded.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import transaction

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.models import Scoped
from atalaia.desk.accounts.rights import Right
from atalaia.desk.audit.chain import FIRST, digest_of, seal_of
from atalaia.desk.audit.fact_rows import check_row
from atalaia.desk.audit.models import ChainHead, Entry, OutboxRow
from atalaia.desk.audit.subjects import keyed
from atalaia.desk.shell.errors import DeskError

__all__ = ["Deed", "UntoldDeedError", "acting"]

HEAD = 1


class UntoldDeedError(DeskError):
    """An action that ended without saying what it did."""

    status: ClassVar[int] = 500
    message = "The action '{action}' did not say what it changed; nothing was saved."
    next_step = "This is a fault of ours: report it with the number of this page."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    object_type: str
    object_key: str
    market: str
    subject: str
    content: Mapping[str, Any]


@dataclass(slots=True, kw_only=True)
class Deed:
    """What one action did, gathered until the transaction ends."""

    by: Actor
    now: datetime
    told: list[_Told] = field(default_factory=list)
    rows: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)

    def did(
        self, changed: Scoped, *, content: Mapping[str, Any], subject: str = ""
    ) -> None:
        """Record that a row was changed.

        Args:
            content: what was written; only its digest is kept.
            subject: whom it is about, so that their erasure empties the digest.
        """
        self.noted(
            str(changed._meta.model_name),
            str(getattr(changed, changed.key_field)),
            market=str(getattr(changed, "market", "")),
            subject=subject,
            content=content,
        )

    def noted(
        self,
        object_type: str,
        object_key: str,
        *,
        content: Mapping[str, Any],
        market: str = "",
        subject: str = "",
    ) -> None:
        """Record what was done to something that is no row of a market."""
        self.told.append(
            _Told(
                object_type=object_type,
                object_key=object_key,
                market=market,
                subject=subject,
                content=content,
            )
        )

    def publish(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Put rows of a fact table into the outbox; they are in the contract's form.

        Raises:
            UnpublishableRowError: a table or a value that no contract knows.
        """
        for row in rows:
            check_row(table, row)
            self.rows.append((table, row))


@contextmanager
def acting(
    action: str, *, by: Actor, right: Right | None, now: datetime
) -> Iterator[Deed]:
    """Do something as somebody: refused without the right, whole or not at all.

    Args:
        right: what they must hold somewhere; the rows that they may change are those
            that `access` gives them by it. None where a link itself is the right.

    Raises:
        ForbiddenError: the actor lacks the right.
        UntoldDeedError: nothing was told to the deed.
    """
    if right is not None:
        by.must(right)
    with transaction.atomic():
        deed = Deed(by=by, now=now)
        yield deed
        if not deed.told:
            raise UntoldDeedError(action=action)
        _seal(action, deed)
        OutboxRow.objects.bulk_create(
            OutboxRow(table=table, row=dict(row), written_at=now)
            for table, row in deed.rows
        )


def _seal(action: str, deed: Deed) -> None:
    """Write the trail's rows behind its head, which nobody else moves meanwhile."""
    ChainHead.objects.get_or_create(pk=HEAD)
    head = ChainHead.objects.select_for_update().get(pk=HEAD)
    seq, previous = head.seq, head.seal or FIRST
    entries = []
    for told in deed.told:
        seq += 1
        subject = keyed(told.subject)
        fields = {
            "seq": seq,
            "at": deed.now,
            "actor": deed.by.key,
            "channel": str(deed.by.channel),
            "action": action,
            "object_type": told.object_type,
            "object_key": told.object_key,
            "market": told.market,
            "subject": subject.alias,
            "digest": digest_of(told.content, key=subject.key),
            "previous": previous,
        }
        previous = seal_of(fields, key=settings.AUDIT_KEY)
        entries.append(Entry(**fields, seal=previous))
    Entry.objects.bulk_create(entries)
    ChainHead.objects.filter(pk=HEAD).update(seq=seq, seal=previous)
