"""`atalaia warehouse erase`."""

from typing import Annotated, Literal

from cyclopts import Parameter

from atalaia.cli.opening import moment, vault_of
from atalaia.cli.options import Moment
from atalaia.cli.refusals import MissingOptionError
from atalaia.cli.terminal import InTerminal, Terminal
from atalaia.warehouse.erasure import ErasureReceipt, replay_tombstones
from atalaia.warehouse.erasure import erase as erase_people
from atalaia.warehouse.place import open_place
from atalaia.warehouse.pseudonyms import PersonKind, known_pseudonymiser

__all__ = ["erase"]

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
    be cleaned again. It can be run again after a kill, and then finishes.
    """
    if not people and not replay:
        raise MissingOptionError(name="PEOPLE")
    place = open_place(terminal.data)
    at = moment(terminal, now=now)
    pseudonymiser = known_pseudonymiser(terminal.key_file, place=place)
    stones = terminal.tombstone_file
    vault = vault_of(terminal, place=place)
    if replay:
        receipts = replay_tombstones(
            place,
            pseudonymiser=pseudonymiser,
            tombstone_file=stones,
            vault=vault,
            now=at,
        )
    else:
        receipt = erase_people(
            place,
            people,
            kind=_KINDS[kind],
            pseudonymiser=pseudonymiser,
            tombstone_file=stones,
            vault=vault,
            now=at,
        )
        receipts = (receipt,)
    for each in receipts:
        _tell(each, terminal=terminal)


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
