"""`atalaia ingest`."""

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.table import Table

from atalaia.cli.opening import moment, vault_of
from atalaia.cli.options import Moment
from atalaia.cli.refusals import MissingOptionError, spoken
from atalaia.cli.terminal import InTerminal, Terminal
from atalaia.domain.reference import Reference, load_reference
from atalaia.language.catalogue import Translator
from atalaia.warehouse.durable import replace_file
from atalaia.warehouse.ingest.faults import REASON_MESSAGES, Reason
from atalaia.warehouse.ingest.ingest import ingest as take_in
from atalaia.warehouse.ingest.jobs import mapping_beside
from atalaia.warehouse.ingest.mapped_policies import check_policies
from atalaia.warehouse.ingest.mapping import Mapping
from atalaia.warehouse.ingest.mapping_file import load_mapping
from atalaia.warehouse.ingest.receipts import FileReport, FileState, IngestReceipt
from atalaia.warehouse.place import Place, create_place
from atalaia.warehouse.pseudonyms import open_pseudonymiser

__all__ = ["ingest"]

SOME_REFUSED = 2
Source = Annotated[Path | None, Parameter(help="A file, or a folder of files.")]
MappingFile = Annotated[
    Path | None, Parameter(help="A YAML file that says what the columns mean.")
]


def ingest(
    path: Source = None,
    *,
    mapping: MappingFile = None,
    source: Annotated[
        str | None, Parameter(help="The feed's name, kept with every row.")
    ] = None,
    market: Annotated[
        str | None,
        Parameter(help="The market of files that name none, such as BR."),
    ] = None,
    paste: Annotated[
        bool, Parameter(negative=(), help="Read a pasted table from standard input.")
    ] = False,
    now: Moment = None,
    terminal: InTerminal,
) -> int:
    """Take facts in from Parquet, CSV, JSON lines, XLSX or a pasted table.

    Bad rows are kept apart with their reason, and never cost their neighbours.
    The same file twice changes nothing. The exit code is 2 when a file was refused.
    """
    at = moment(terminal, now=now)
    place = create_place(terminal.data)
    reference = load_reference(place.reference)
    pseudonymiser = open_pseudonymiser(terminal.key_file, place=place)
    how = _mapping(mapping, reference=reference, market=market)
    if paste:
        path = _pasted(place, name=f"{at:%Y%m%dT%H%M%S}.txt", mapping=how)
    if path is None:
        raise MissingOptionError(name="PATH")
    with terminal.err.status(terminal.words.text("Reading")) as status:
        receipt = take_in(
            path,
            place=place,
            reference=reference,
            pseudonymiser=pseudonymiser,
            tombstone_file=terminal.tombstone_file,
            vault=vault_of(terminal, place=place),
            now=at,
            mapping=how,
            source_name=source,
            market=market,
            progress=lambda name, at, of: status.update(f"{at}/{of} {name}"),
        )
    if paste and receipt.refused:
        _forget(path)
    _tell(receipt, terminal=terminal)
    return SOME_REFUSED if receipt.refused else 0


def _mapping(
    path: Path | None, *, reference: Reference, market: str | None
) -> Mapping | None:
    """Read the mapping given, and refuse a market or policies that nobody knows."""
    if market is not None:
        reference.markets.of(market)
    if path is None:
        return None
    mapping = load_mapping(path, market=market)
    check_policies(mapping, reference=reference)
    return mapping


def _forget(pasted: Path) -> None:
    """Remove a refused paste, so that no later run reads it again."""
    pasted.unlink()
    mapping_beside(pasted).unlink(missing_ok=True)


def _pasted(place: Place, *, name: str, mapping: Mapping | None) -> Path:
    """Keep what was pasted where the other files land, so that it can be traced.

    Its mapping stands beside it, so that whoever reads the folder again knows it.
    """
    text = sys.stdin.read()
    path = place.landing / "pasted" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if mapping is not None:
        replace_file(mapping_beside(path), mapping.text.encode())
    replace_file(path, text.encode())
    return path


def _tell(receipt: IngestReceipt, *, terminal: Terminal) -> None:
    words = terminal.words
    known = sum(file.state is FileState.KNOWN for file in receipt.files)
    if receipt.accepted or receipt.quarantined:
        terminal.out.print(_table(receipt, words=words))
    if known:
        terminal.say(
            words.text("Known already, unchanged: {count} files.", count=known)
        )
    for file in receipt.files:
        _tell_file(file, terminal=terminal)
    for reason, count in _reasons(receipt).items():
        text = words.text(REASON_MESSAGES[Reason(reason)])
        terminal.say(words.text("{count} rows: {reason}", count=count, reason=text))
    if receipt.quarantined:
        command = "atalaia quarantine export --out bad-rows.csv"
        terminal.say(words.text("To mend them: {command}", command=command))


def _table(receipt: IngestReceipt, *, words: Translator) -> Table:
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column(words.text("Facts"))
    for header in (words.text("Taken"), words.text("In quarantine")):
        table.add_column(header, justify="right")
    for name in dict.fromkeys((*receipt.accepted, *receipt.quarantined)):
        accepted = receipt.accepted.get(name, 0)
        table.add_row(name, f"{accepted:,}", f"{receipt.quarantined.get(name, 0):,}")
    return table


def _tell_file(file: FileReport, *, terminal: Terminal) -> None:
    words = terminal.words
    if file.error is not None:
        why = spoken(file.error, words=words)
        terminal.say(words.text("Refused {file}: {why}", file=file.file, why=why))
    for remark in file.remarks:
        text = words.text(remark.text, **{k: str(v) for k, v in remark.fields.items()})
        terminal.say(f"{file.file}: {text}")


def _reasons(receipt: IngestReceipt) -> Counter[str]:
    total: Counter[str] = Counter()
    for file in receipt.files:
        for table in file.tables:
            total.update(table.reasons)
    return total
