"""Every kind of file is read as it is, or refused with a clear answer."""

import csv
import gzip
import io
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from atalaia.warehouse.ingest import errors
from atalaia.warehouse.ingest.faults import RemarkCode
from atalaia.warehouse.ingest.readers import Limits, ReadOptions, open_file


def written(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def rows_of(path: Path, **options: object) -> list[dict[str, object]]:
    file = open_file(path, options=ReadOptions(**options))  # type: ignore[arg-type]  # the tests name real fields
    (sheet,) = file.sheets
    return [row for chunk in sheet.chunks() for row in chunk.rows.to_pylist()]


def lines_of(path: Path) -> list[int]:
    (sheet,) = open_file(path).sheets
    return [line for chunk in sheet.chunks() for line in chunk.lines.to_pylist()]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_delimiter_is_found(tmp_path: Path, mark: str) -> None:
    """A header and equal widths tell the delimiter."""
    text = f"a{mark}b{mark}c\n1{mark}x y{mark}3\n4{mark}z{mark}6\n"
    assert rows_of(written(tmp_path, "f.csv", text))[1] == {
        "a": "4",
        "b": "z",
        "c": "6",
    }


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "mac_roman"])
@pytest.mark.parametrize(
    "header", ["ID sanción;País;Política", "Sanção;Agência;Usuário", "ID;AÑO;ESTADO"]
)
def test_a_header_alone_tells_the_code_page(
    tmp_path: Path, encoding: str, header: str
) -> None:
    """A few letters, in names and codes without any: what Excel saves as CSV."""
    text = f"{header}\n" + "S0001;warn;served\n" * 400
    path = written(tmp_path, "export.csv", text.encode(encoding))
    (sheet,) = open_file(path).sheets
    columns = next(iter(sheet.chunks())).rows.column_names
    assert columns == header.split(";")


@pytest.mark.parametrize(
    ("encoding", "cell"),
    [
        ("cp1252", "México 1\xa0234"),
        ("cp1252", "€ 5 – más"),
        ("cp1252", "México don’t creator’s"),
        ("cp1252", "“hola” ¡ya! qué"),
        ("cp850", "SANCIÓN REGIÓN"),
        ("mac_roman", "sanción página año"),
    ],
)
def test_marks_of_one_code_page_are_no_letters_of_another(
    tmp_path: Path, encoding: str, cell: str
) -> None:
    """Hard spaces, quotes and currencies beside a few accents; capitals alone."""
    text = "a;b\n" + f"{cell};1\n" * 20
    path = written(tmp_path, "f.csv", text.encode(encoding))
    assert rows_of(path)[0]["a"] == cell


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "latin-1", "cp1252"]
)
def test_encoding_is_found_and_stated(tmp_path: Path, encoding: str) -> None:
    """Accented Spanish and Portuguese survive; the report tells what is not UTF-8."""
    text = "país;situação\nMéxico;não\nBrasil;ação em análise\n"
    path = written(tmp_path, "f.csv", text.encode(encoding))
    assert rows_of(path)[1] == {"país": "Brasil", "situação": "ação em análise"}
    (sheet,) = open_file(path).sheets
    told = [remark.code for remark in sheet.remarks]
    assert told == ([] if encoding.startswith("utf-8") else [RemarkCode.ENCODING])


@pytest.mark.parametrize(("mark", "told"), [(";", []), ("\t", []), ("|", ["|"])])
def test_a_separator_is_told_where_it_is_unusual(
    tmp_path: Path, mark: str, told: list[str]
) -> None:
    """Commas, semicolons and tabs are what every export has."""
    path = written(tmp_path, "f.csv", f"a{mark}b\n1{mark}2\n3{mark}4\n".encode())
    (sheet,) = open_file(path).sheets
    assert [remark.fields["delimiter"] for remark in sheet.remarks] == told


def test_line_is_that_of_the_file(tmp_path: Path) -> None:
    """Line ends inside cells, blank lines and ragged rows do not shift the line."""
    path = written(tmp_path, "f.csv", 'a,b\n1,"x\ny"\n\n1,2,3\n5,6\n')
    assert lines_of(path) == [2, 6]


def test_ragged_row_costs_itself(tmp_path: Path) -> None:
    """A row of another width is a fault with its line."""
    (sheet,) = open_file(written(tmp_path, "f.csv", "a,b\n1,2\n3\n4,5\n")).sheets
    (fault,) = [fault for chunk in sheet.chunks() for fault in chunk.faults]
    assert (fault.line, fault.reason) == (3, "ragged")


def test_title_rows_above_a_csv_header(tmp_path: Path) -> None:
    """Report titles above the header are left out."""
    text = "Reporte semanal\n\npaís;casos\nBR;3\nMX;4\n"
    assert rows_of(written(tmp_path, "f.csv", text))[0] == {"país": "BR", "casos": "3"}


CELLS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")) | st.just("\n"),
    max_size=8,
).map(lambda cell: f"x{cell}")


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    rows=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6),
    mark=st.sampled_from([",", ";", "\t", "|"]),
)
def test_any_csv_comes_back(
    tmp_path: Path, rows: list[tuple[str, ...]], mark: str
) -> None:
    """What csv writes, quoted throughout, is read cell by cell."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=mark, quoting=csv.QUOTE_ALL)
    writer.writerows([("one", "two", "three"), *rows])
    path = written(tmp_path, "f.csv", out.getvalue())
    read = rows_of(path, delimiter=mark)
    assert [tuple(row.values()) for row in read] == rows


def test_half_a_csv_inside_a_quote(tmp_path: Path) -> None:
    """A file that stops inside a quote is refused whole."""
    with pytest.raises(errors.HalfFileError, match="line 3"):
        open_file(written(tmp_path, "f.csv", 'a,b\n1,2\n3,"hel'))


def test_half_a_csv_in_a_short_row(tmp_path: Path) -> None:
    """A file that stops within its last row is refused whole."""
    with pytest.raises(errors.HalfFileError, match="short"):
        open_file(written(tmp_path, "f.csv", "a,b,c\n1,2,3\n4,5"))


def test_half_a_gzip(tmp_path: Path) -> None:
    """A cut gzip is refused whole."""
    packed = gzip.compress(b"a,b\n" + b"1,2\n" * 1000)
    with pytest.raises(errors.HalfFileError, match="gzip"):
        open_file(written(tmp_path, "f.csv.gz", packed[:-20]))


def test_half_a_parquet(tmp_path: Path) -> None:
    """A Parquet file without its footer is refused."""
    pq.write_table(pa.table({"a": [1, 2]}), tmp_path / "w.parquet")
    content = (tmp_path / "w.parquet").read_bytes()
    with pytest.raises(errors.HalfFileError):
        open_file(written(tmp_path, "f.parquet", content[:-10]))


def test_half_a_workbook(tmp_path: Path) -> None:
    """A workbook without its zip directory is refused."""
    book = Workbook()
    book.active.append(["a", "b"])
    book.save(tmp_path / "w.xlsx")
    content = (tmp_path / "w.xlsx").read_bytes()
    with pytest.raises(errors.HalfFileError):
        open_file(written(tmp_path, "f.xlsx", content[: len(content) // 2]))


def test_cut_json_line(tmp_path: Path) -> None:
    """A last JSON line that is cut refuses the file; a bad one within costs itself."""
    with pytest.raises(errors.HalfFileError, match="line 2"):
        open_file(written(tmp_path, "f.jsonl", '{"a": 1}\n{"a": '))
    (sheet,) = open_file(
        written(tmp_path, "g.jsonl", '{"a": 1}\nno\n{"a": 2}\n')
    ).sheets
    (chunk,) = sheet.chunks()
    assert (chunk.lines.to_pylist(), chunk.faults[0].line) == ([1, 3], 2)


@pytest.mark.parametrize("name", ["f.csv", "f.jsonl", "f.xlsx", "f.parquet", "f.txt"])
def test_empty_file(tmp_path: Path, name: str) -> None:
    """An empty file is named as such, whatever its kind."""
    with pytest.raises(errors.EmptyFileError):
        open_file(written(tmp_path, name, b""))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("f.xlsx", b"%PDF-1.7"),
        ("f.xls", b"<html><table></table></html>"),
        ("f.csv", b"<html><table></table></html>"),
        ("f.xlsx", b"\xd0\xcf\x11\xe0old excel"),
        ("f.jsonl", b'[{"a": 1}]'),
        ("f.csv", b"a,b\n\x00\x01\x02,\x00\n"),
    ],
)
def test_not_what_its_name_says(tmp_path: Path, name: str, content: bytes) -> None:
    """A file of another kind is refused by its content."""
    with pytest.raises(errors.NotItsKindError):
        open_file(written(tmp_path, name, content))


def test_unknown_kind(tmp_path: Path) -> None:
    """A kind that nothing reads is refused with the kinds that are."""
    with pytest.raises(errors.UnknownKindError, match=r"\.xlsx"):
        open_file(written(tmp_path, "f.pdf", b"%PDF"))


def test_declared_encoding_that_is_wrong(tmp_path: Path) -> None:
    """Bytes that the declared encoding cannot hold are shown with their line."""
    path = written(tmp_path, "f.csv", "a,b\n1,ação\n".encode("latin-1"))
    with pytest.raises(errors.EncodingError, match="line 2"):
        open_file(path, options=ReadOptions(encoding="utf-8"))


def test_gzip_bomb(tmp_path: Path) -> None:
    """A gzip that unpacks to far more than it can honestly hold is refused."""
    path = written(tmp_path, "f.csv.gz", gzip.compress(b"a,b\n" + b"1,2\n" * 500_000))
    limits = Limits(ratio_floor=1000, ratio=100)
    with pytest.raises(errors.BombError):
        open_file(path, limits=limits)


def test_workbook_bomb(tmp_path: Path) -> None:
    """A workbook member that explodes is refused before it is parsed."""
    path = tmp_path / "f.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 3_000_000)
    with pytest.raises(errors.BombError):
        open_file(path, limits=Limits(ratio_floor=1_000_000))


def test_workbook_entities(tmp_path: Path) -> None:
    """XML entities, which can grow without end, are refused."""
    path = tmp_path / "f.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "b">]><workbook/>')
    with pytest.raises(errors.EntityError):
        open_file(path)


def test_huge_cell(tmp_path: Path) -> None:
    """A cell longer than any fact is refused with its line."""
    path = written(tmp_path, "f.csv", f"a,b\n1,2\n3,{'x' * 500}\n")
    with pytest.raises(errors.HugeCellError, match="line 3"):
        list(open_file(path, limits=Limits(cell=100)).sheets[0].chunks())


def test_too_many_rows(tmp_path: Path) -> None:
    """A file with more rows than allowed is refused."""
    path = written(tmp_path, "f.csv", "a,b\n" + "1,2\n" * 50)
    with pytest.raises(errors.TooManyRowsError):
        list(open_file(path, limits=Limits(rows=10)).sheets[0].chunks())


def test_pasted_bars_and_tabs(tmp_path: Path) -> None:
    """A table pasted from a chat or a sheet reads as one."""
    bars = written(tmp_path, "a.txt", "| país | casos |\n|---|---:|\n| BR | 3 |\n")
    tabs = written(tmp_path, "b.txt", "país\tcasos\nBR\t3\n")
    assert rows_of(bars) == rows_of(tabs) == [{"país": "BR", "casos": "3"}]


def test_numbers_among_text_numbers_keep_their_value(tmp_path: Path) -> None:
    """A workbook column that mixes 1.5 and the text 2.500,5 reads as one column."""
    book = Workbook()
    for row in (["casos", "nota"], [1.5, "a"], ["2.500,5", "b"]):
        book.active.append(row)
    book.save(tmp_path / "f.xlsx")
    (chunk,) = open_file(tmp_path / "f.xlsx").sheets[0].chunks()
    assert chunk.rows["casos"].to_pylist() == ["1,5", "2.500,5"]


def test_hidden_sheet_is_skipped_with_its_reason(tmp_path: Path) -> None:
    """What its owner hid is not taken without being asked for."""
    book = Workbook()
    book.active.append(["a", "b"])
    book.active.append([1, 2])
    hidden = book.create_sheet("oculta")
    hidden.append(["a", "b"])
    hidden.append([1, 2])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "f.xlsx")
    file = open_file(tmp_path / "f.xlsx")
    assert [sheet.name for sheet in file.sheets] == ["Sheet"]
    assert file.remarks[0].code is RemarkCode.SHEET_HIDDEN


def test_blank_rows_and_columns_vanish(tmp_path: Path) -> None:
    """A table that starts at C4 with gaps is read as if it stood at A1."""
    book = Workbook()
    sheet = book.active
    for row, cells in ((4, ("a", "b")), (6, (1, 2)), (8, (3, 4))):
        sheet.cell(row, 3, cells[0])
        sheet.cell(row, 5, cells[1])
    book.save(tmp_path / "f.xlsx")
    assert rows_of(tmp_path / "f.xlsx") == [{"a": 1, "b": 2}, {"a": 3, "b": 4}]
    assert lines_of(tmp_path / "f.xlsx") == [6, 8]


def test_content_rules_over_the_name(tmp_path: Path) -> None:
    """A workbook called CSV, and a CSV called workbook, are read as what they are."""
    book = Workbook()
    for row in (["sala", "casos"], ["r1", 3]):
        book.active.append(row)
    book.save(tmp_path / "f.xlsx")
    content = (tmp_path / "f.xlsx").read_bytes()
    as_csv = written(tmp_path, "g.csv", content)
    as_workbook = written(tmp_path, "h.xls", "sala;casos\nr1;3\n")
    assert rows_of(as_csv) == [{"sala": "r1", "casos": 3}]
    assert rows_of(as_workbook) == [{"sala": "r1", "casos": "3"}]
    assert open_file(as_csv).remarks[0].code is RemarkCode.OTHER_KIND


def test_json_array_is_called_one(tmp_path: Path) -> None:
    """An array is no JSON lines; the message says what was found."""
    with pytest.raises(errors.NotItsKindError, match=r"JSON \[…\]"):
        open_file(written(tmp_path, "f.json", b'[{"a": 1}]'))


def test_broken_json_line_is_shown(tmp_path: Path) -> None:
    """Line, position and beginning are told; what is kept of it names nobody."""
    text = '{"a": 1}\n{"user": "ana" "b": 2}\n{"a": 2}\n'
    (sheet,) = open_file(written(tmp_path, "f.jsonl", text)).sheets
    (chunk,) = sheet.chunks()
    fields = chunk.remarks[0].fields
    assert (fields["line"], fields["position"]) == (2, 16)
    assert str(fields["start"]).startswith('{"user": "ana"')
    assert "ana" not in chunk.faults[0].detail


def test_no_json_line_can_be_read(tmp_path: Path) -> None:
    """Where every line is broken the first is shown; the file is not called empty."""
    with pytest.raises(errors.NoRecordError, match=r"line 1 breaks at character 7"):
        open_file(written(tmp_path, "f.jsonl", '{"a": }\n{"b": }\n'))
