"""`atalaia warehouse erase`."""

from datetime import datetime
from typing import Annotated, Literal

from cyclopts import Parameter

from atalaia.cli.desk_erasing import erase_at_desk, finding_key, named_at_desk
from atalaia.cli.opening import moment, vault_of
from atalaia.cli.options import Moment
from atalaia.cli.refusals import MissingOptionError
from atalaia.cli.terminal import InTerminal, Terminal
from atalaia.warehouse.erasure import (
    ErasureReceipt,
    erased_people,
    replay_tombstones,
)
from atalaia.warehouse.erasure import erase as erase_people
from atalaia.warehouse.place import open_place
from atalaia.warehouse.pseudonyms import PersonKind
from atalaia.warehouse.sought import Sought, sought

__all__ = ["erase"]

_Done = tuple[tuple[ErasureReceipt, ...], tuple[Sought, ...]]
_KINDS = {"creator": PersonKind.CREATOR, "staff": PersonKind.STAFF}


People = Annotated[
    str, Parameter(help="Identifiers or pseudonyms of the people to erase.")
]
PeopleKind = Annotated[
    Literal["creator", "staff"], Parameter(help="Whose identifiers they are.")
]
Replay = Annotated[
    bool,
    Parameter(help="Erase again everybody erased before, after a restore."),
]


def erase(
    *people: People,
    kind: PeopleKind = "creator",
    replay: Replay = False,
    now: Moment = None,
    terminal: InTerminal,
) -> None:
    """Erase people from facts, derived tables, quarantine, landing and old snapshots.

    A tombstone outside the data folder remembers each, so that a restored backup can
    be cleaned again. Where there is a desk, its records of them are emptied and the
    keys that its audit trail keeps of them destroyed. It can be run again after a
    kill, and then finishes.
    """
    if not people and not replay:
        raise MissingOptionError(name="PEOPLE")
    at = moment(terminal, now=now)
    if replay:
        receipts, erased = _replayed(terminal, at=at)
    else:
        receipts, erased = _erased(people, kind=_KINDS[kind], terminal=terminal, at=at)
    for each in receipts:
        _tell(each, terminal=terminal)
    erase_at_desk(erased, terminal=terminal)


def _replayed(terminal: Terminal, *, at: datetime) -> _Done:
    place = open_place(terminal.data)
    pseudonymiser = finding_key(terminal, place=place)
    stones = terminal.tombstone_file
    receipts = replay_tombstones(
        place,
        pseudonymiser=pseudonymiser,
        tombstone_file=stones,
        vault=vault_of(terminal, place=place),
        now=at,
    )
    everybody = erased_people(place, pseudonymiser=pseudonymiser, tombstone_file=stones)
    return receipts, everybody


def _erased(
    people: tuple[str, ...], *, kind: PersonKind, terminal: Terminal, at: datetime
) -> _Done:
    place = open_place(terminal.data)
    pseudonymiser = finding_key(terminal, place=place)
    asked = sought(people, kind=kind, pseudonymiser=pseudonymiser)
    receipt = erase_people(
        place,
        people,
        kind=kind,
        pseudonymiser=pseudonymiser,
        tombstone_file=terminal.tombstone_file,
        vault=vault_of(terminal, place=place),
        named_elsewhere=named_at_desk(asked, terminal=terminal),
        now=at,
    )
    return (receipt,), (asked,)


def _tell(receipt: ErasureReceipt, *, terminal: Terminal) -> None:
    words = terminal.words
    for area, rows in {**receipt.rows, **receipt.blanked}.items():
        terminal.say(words.text("{table}: {rows} rows", table=area, rows=rows))
    terminal.say(
        words.text(
            "People: {people}. Files rewritten: {files}. Snapshots ended: {ended}.",
            people=len(receipt.digests),
            files=len(receipt.files),
            ended=len(receipt.ended),
        )
    )
    if not receipt.digests:
        terminal.say(
            words.text("Nobody of that identifier was found; nothing was changed.")
        )
    if receipt.forgotten:
        terminal.say(
            words.text(
                "People whom the vault forgot: {people}.", people=receipt.forgotten
            )
        )
    for path in receipt.unsearched:
        terminal.say(
            words.text("Could not be searched, look yourself: {file}", file=path)
        )
    if receipt.partitions:
        command = terminal.command("daily")
        terminal.say(
            words.text("Run '{command}' to compute the figures anew.", command=command)
        )
