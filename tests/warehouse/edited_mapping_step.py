"""A file read anew by an edited mapping, in a process that kills itself."""

from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq

from atalaia.domain.reference import load_reference
from atalaia.warehouse.ingest.ingest import ingest
from atalaia.warehouse.ingest.mapping_file import parse_mapping
from atalaia.warehouse.place import create_place
from atalaia.warehouse.pseudonyms import Pseudonymiser

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FIRST = """
name: planilha
version: 1
tables:
  live_session:
    fields:
      session_id: sala
      creator_id: criador
      market: {column: país, codes: {Brasil: BR}}
      started_at: início
"""
EDITED = FIRST.replace("Brasil: BR", "Brasil: BR, Chile: CL")
ROWS = """sala;criador;país;início
s1;ana;Brasil;20/11/2026
s2;eva;Chile;20/11/2026
s3;bob;Brasil;ontem
"""


def read_by(root: Path, text: str) -> None:
    """Read the file by a mapping; the tombstones lie beside DATA."""
    path = root.parent / "f.csv"
    path.write_text(ROWS, "utf-8")
    ingest(
        path,
        place=create_place(root),
        reference=load_reference(),
        pseudonymiser=Pseudonymiser(bytes(32)),
        tombstone_file=root.parent / "tombstones.jsonl",
        now=NOW,
        mapping=parse_mapping(text.encode(), file="m.yaml"),
    )


def read_anew(root: Path) -> None:
    """Read the file by the edited mapping."""
    read_by(root, EDITED)


def waiting(root: Path) -> list[int]:
    """Return the lines of the rows that wait in the quarantine."""
    found = sorted((root / "quarantine").glob("*.parquet"))
    return sorted(
        line for path in found for line in pq.read_table(path)["line"].to_pylist()
    )
