"""`atalaia restore`."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from atalaia.cli.desk_erasing import erase_at_desk, finding_key
from atalaia.cli.desk_opening import installation_of
from atalaia.cli.desk_restoring import bring_files, bring_settings, replaced_name
from atalaia.cli.desk_setting_up import open_up_to_date
from atalaia.cli.terminal import InTerminal, Terminal
from atalaia.desk.settings.installation import Installation
from atalaia.domain.errors import AtalaiaError
from atalaia.warehouse.erasure import erased_people
from atalaia.warehouse.place import create_place

__all__ = ["restore"]

From = Annotated[Path, Parameter(help="A file that 'atalaia backup' wrote.")]
Replace = Annotated[
    bool,
    Parameter(help="Put it in the place of what is there, of which a copy is kept."),
]


def restore(file: From, *, replace: Replace = False, terminal: InTerminal) -> None:
    """Put a backup back, into this place or into another kind of database.

    The keys of the desk must be there first. The backup is checked whole before
    anything changes, and the audit trail proven afterwards. Who was erased since is
    erased again. A settings file that is there stays.
    """
    place = create_place(terminal.data)
    is_new = bring_settings(file, place=place)
    try:
        installation = open_up_to_date(terminal)
        rows = _put_back(file, at=installation, replace=replace, terminal=terminal)
    except AtalaiaError:
        if is_new:
            place.settings.unlink()
        raise
    words = terminal.words
    terminal.say(words.text("Rows put back: {rows}.", rows=rows))
    _erase_again(terminal)
    verify = terminal.command("audit verify")
    terminal.say(words.text("Next: {command}", command=verify))


def _put_back(
    file: Path, *, at: Installation, replace: bool, terminal: Terminal
) -> int:
    from atalaia.desk.running.archive import read_manifest
    from atalaia.desk.running.backup import back_up
    from atalaia.desk.running.restore import (
        RecordsThereError,
        has_records,
        put_back,
    )

    manifest = read_manifest(file)
    there = has_records()
    if there and not replace:
        raise RecordsThereError(rows=there)
    now: datetime = at.clock.at(terminal.clock())
    if there:
        kept = replaced_name(at.place, now=now)
        back_up(at, kept, now=now)
        terminal.say(
            terminal.words.text("What was there is kept in {file}.", file=kept)
        )
    done = put_back(file, manifest, installation=at, now=now)
    bring_files(file, place=at.place, now=now)
    return done.rows


def _erase_again(terminal: Terminal) -> None:
    """Erase at the desk whoever was erased since the backup was written."""
    stones, place = terminal.tombstone_file, installation_of(terminal).place
    if not stones.exists():
        return
    pseudonymiser = finding_key(terminal, place=place)
    erased = erased_people(place, pseudonymiser=pseudonymiser, tombstone_file=stones)
    erase_at_desk(erased, terminal=terminal)
