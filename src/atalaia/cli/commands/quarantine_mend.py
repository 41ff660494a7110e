"""`atalaia quarantine mend`."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from atalaia.cli.opening import moment, vault_of
from atalaia.cli.options import Moment
from atalaia.cli.terminal import InTerminal, Terminal
from atalaia.domain.reference import load_reference
from atalaia.warehouse.ingest.faults import REMARK_MESSAGES, RemarkCode
from atalaia.warehouse.ingest.mend import MendReceipt
from atalaia.warehouse.ingest.mend import mend as take_mended
from atalaia.warehouse.place import open_place
from atalaia.warehouse.pseudonyms import open_pseudonymiser

__all__ = ["mend"]


def mend(
    path: Annotated[Path, Parameter(help="The exported CSV file, mended.")],
    *,
    now: Moment = None,
    terminal: InTerminal,
) -> None:
    """Take in rows that were mended; those that are still wrong stay in quarantine."""
    place = open_place(terminal.data)
    receipt = take_mended(
        path,
        place=place,
        reference=load_reference(place.reference),
        pseudonymiser=open_pseudonymiser(terminal.key_file, place=place),
        tombstone_file=terminal.tombstone_file,
        vault=vault_of(terminal, place=place),
        now=moment(terminal, now=now),
    )
    _tell(receipt, terminal=terminal)


def _tell(receipt: MendReceipt, *, terminal: Terminal) -> None:
    words = terminal.words
    if receipt.gone:
        terminal.say(
            words.plural(
                "{count} row waits in quarantine no more: it was mended before, or its "
                "file was read anew. Run '{command}' for what still waits.",
                "{count} rows wait in quarantine no more: they were mended before, or "
                "their file was read anew. Run '{command}' for what still waits.",
                receipt.gone,
                command=terminal.command("quarantine export --out bad-rows.csv"),
            )
        )
    for table in receipt.tables:
        terminal.say(
            words.plural(
                "{table}: {count} row taken in, {quarantined} still wrong.",
                "{table}: {count} rows taken in, {quarantined} still wrong.",
                table.accepted,
                table=table.table,
                quarantined=table.quarantined,
            )
        )
        if table.erased:
            remark = REMARK_MESSAGES[RemarkCode.ERASED_LEFT_OUT]
            terminal.say(words.text(remark, n=table.erased))
