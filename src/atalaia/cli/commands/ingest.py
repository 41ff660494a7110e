"""`atalaia ingest`."""

import hashlib
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from atalaia.cli.opening import moment, vault_of
from atalaia.cli.options import Moment
from atalaia.cli.refusals import MissingOptionError, TwoSourcesError
from atalaia.cli.taking_in import tell_receipt
from atalaia.cli.terminal import InTerminal
from atalaia.domain.reference import Reference, load_reference
from atalaia.warehouse.durable import replace_file
from atalaia.warehouse.ingest.ingest import ingest as take_in
from atalaia.warehouse.ingest.jobs import mapping_beside
from atalaia.warehouse.ingest.mapped_policies import check_policies
from atalaia.warehouse.ingest.mapping import Mapping
from atalaia.warehouse.ingest.mapping_file import load_mapping
from atalaia.warehouse.place import Place, create_place
from atalaia.warehouse.pseudonyms import open_pseudonymiser

__all__ = ["ingest"]

SOME_REFUSED = 2
Source = Annotated[Path | None, Parameter(help="A file, or a folder of files.")]
MappingFile = Annotated[
    Path | None, Parameter(help="A YAML file that says what the columns mean.")
]
Feed = Annotated[str | None, Parameter(help="The feed's name, kept with every row.")]
TheirMarket = Annotated[
    str | None, Parameter(help="The market of files that name none, such as BR.")
]
Pasted = Annotated[bool, Parameter(help="Read a pasted table from standard input.")]


def ingest(
    path: Source = None,
    *,
    mapping: MappingFile = None,
    source: Feed = None,
    market: TheirMarket = None,
    paste: Pasted = False,
    now: Moment = None,
    terminal: InTerminal,
) -> int:
    """Take facts in from Parquet, CSV, JSON lines, XLSX or a pasted table.

    Bad rows are kept apart with their reason, and never cost their neighbours.
    The same file twice changes nothing. The exit code is 2 when a file was refused.
    """
    at = moment(terminal, now=now)
    if path is None and not paste:
        raise MissingOptionError(name="PATH")
    if path is not None and paste:
        raise TwoSourcesError(file=path)
    reference = load_reference(terminal.data / "reference")
    how = _mapping(mapping, reference=reference, market=market)
    place = create_place(terminal.data)
    pseudonymiser = open_pseudonymiser(terminal.key_file, place=place)
    if path is None:
        path = _pasted(place, at=at, mapping=how)
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
    tell_receipt(receipt, terminal=terminal)
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


def _pasted(place: Place, *, at: datetime, mapping: Mapping | None) -> Path:
    """Keep what was pasted where the other files land, so that it can be traced.

    Its mapping stands beside it, so that whoever reads the folder again knows it. Two
    pastes of one second are two files, the same one twice is one.
    """
    text = sys.stdin.read()
    said = text + (mapping.text if mapping is not None else "")
    digest = hashlib.sha256(said.encode()).hexdigest()[:8]
    path = place.landing / "pasted" / f"{at:%Y%m%dT%H%M%S}-{digest}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    if mapping is not None:
        replace_file(mapping_beside(path), mapping.text.encode())
    replace_file(path, text.encode())
    return path
