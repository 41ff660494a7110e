"""Totals rows are left out and told; a row that only uses their words is kept."""

from collections.abc import Callable
from pathlib import Path

import pytest

from atalaia.warehouse.ingest.mapping_file import parse_mapping
from atalaia.warehouse.ingest.readers import Chunk, open_file
from atalaia.warehouse.ingest.receipts import IngestReceipt
from atalaia.warehouse.ingest.totals import drop_totals

TakeIn = Callable[..., IngestReceipt]
SEVERITY = """
name: severidad
version: 1
constants: {market: BR}
tables:
  moderation_decision:
    fields:
      decision_id: id
      severity: {column: severidad, codes: {alta: high, media: medium, baja: low}}
      policy_id: {constant: tns.minors.gift_bait}
      outcome: {constant: warn}
      decided_at: fecha
      session_id: sala
      lane: {constant: remove}
      creator_id: creador
"""
CELLS = """
name: celdas
version: 1
constants: {market: BR}
tables:
  aggregate:
    fields:
      measure: {constant: M01}
      policy_id: {constant: '*'}
      period_start: día
      period_end: día
      slice: {template: '{{"queue": "{cola}"}}'}
      numerator: casos
"""


def kept(folder: Path, text: str) -> Chunk:
    """Return what a file without a mapping keeps."""
    path = folder / "f.csv"
    path.write_text(text, "utf-8")
    (chunk, *_) = open_file(path).sheets[0].chunks()
    return drop_totals(chunk, sheet="f.csv")


@pytest.mark.parametrize("label", ["Total", "TOTALES", "Total geral", "Suma", "Média"])
def test_totals_rows_are_left_out_and_told(tmp_path: Path, label: str) -> None:
    """A totals row is no fact; the report names its line."""
    chunk = kept(tmp_path, f"país;casos\nBR;3\nMX;4\n{label};7\n")
    assert chunk.rows["país"].to_pylist() == ["BR", "MX"]
    assert chunk.remarks[0].fields["rows"] == "4"


@pytest.mark.parametrize(
    "rows",
    [
        "alta;3\nmedia;4\nbaja;5\n",
        "media;4\nalta;3\n",
        "x;4\nmedia;3\ny;5\n",
    ],
)
def test_a_level_among_others_is_no_average(tmp_path: Path, rows: str) -> None:
    """ "media" stands for medium where other levels stand, or rows follow it."""
    chunk = kept(tmp_path, f"severidad;casos\n{rows}")
    assert (chunk.rows.num_rows, chunk.remarks) == (rows.count("\n"), ())


def test_rows_with_a_medium_severity_are_taken(tmp_path: Path, take_in: TakeIn) -> None:
    """A mapped code is a value, also in the last rows of a file."""
    levels = ("alta", "media", "baja", "media", "media")
    path = tmp_path / "d.csv"
    lines = (
        f"d{i};{level};2026-11-20T1{i}:00:00Z;s{i};c{i}\n"
        for i, level in enumerate(levels)
    )
    path.write_text("id;severidad;fecha;sala;creador\n" + "".join(lines))
    receipt = take_in(path, mapping=parse_mapping(SEVERITY.encode(), file="m.yaml"))
    assert receipt.accepted == {"moderation_decision": 5}


@pytest.mark.parametrize(
    ("last", "accepted"),
    [("20/11/2026;Total;7", 2), (";Total;7", 2), ("20/11/2026;Total norte;7", 3)],
)
def test_a_total_in_the_key_is_left_out(
    tmp_path: Path, take_in: TakeIn, last: str, accepted: int
) -> None:
    """A label in the place of an identifier, or beside an empty one, sums others."""
    path = tmp_path / "c.csv"
    path.write_text(
        f"día;cola;casos\n20/11/2026;a;3\n20/11/2026;b;4\n{last}\n", "utf-8"
    )
    receipt = take_in(path, mapping=parse_mapping(CELLS.encode(), file="m.yaml"))
    assert receipt.accepted == {"aggregate": accepted}
    assert not receipt.quarantined


def test_a_word_in_json_lines_is_a_value(tmp_path: Path, take_in: TakeIn) -> None:
    """No machine puts sums among its records."""
    path = tmp_path / "live_session" / "a.jsonl"
    path.parent.mkdir()
    path.write_text(
        '{"session_id": "total", "creator_id": "ana", "market": "BR", '
        '"started_at": "2026-11-20T10:00:00Z"}\n'
    )
    assert take_in(path.parent).accepted == {"live_session": 1}
