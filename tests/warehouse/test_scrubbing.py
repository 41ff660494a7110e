"""People are taken out of loose files without harm to other records."""

import bz2
import gzip
import io
import zipfile
from dataclasses import replace
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from atalaia.warehouse.pseudonyms import PersonKind, Pseudonymiser
from atalaia.warehouse.scrubbing import Scrub, named_by, scrub
from atalaia.warehouse.sought import named_in, sought

ANA = sought(["ana"], kind=PersonKind.CREATOR, pseudonymiser=Pseudonymiser(bytes(32)))


def locked_archive():
    """A workbook that says that it needs a password."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("xl/sharedStrings.xml", "<si><t>ana</t></si>")
    content = bytearray(sink.getvalue())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1
    return bytes(content)


def scrubbed(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    return scrub(path, people=ANA), path


@pytest.mark.parametrize(
    ("name", "content", "left"),
    [
        ("a.csv", b"who,n\nana,1\nanabel,2\n", b"who,n\nanabel,2\n"),
        ("a.csv", b'who,n\n"ana",1\r\n"b\nc",2\r\n', b'who,n\n"b\nc",2\r\n'),
        ("a.csv", b'x,who\n"two\nlines",ana\n1,b\n', b"x,who\n1,b\n"),
        ("a.csv", b"who;n\nb\xe9;1\nana;2", b"who;n\nb\xe9;1\n"),
        ("a.jsonl", b'{"w": "ana"}\n{"w": "say \\"b"}\n', b'{"w": "say \\"b"}\n'),
    ],
)
def test_text_loses_exactly_the_records_that_name_the_person(
    tmp_path, name, content, left
):
    """Quotes, line breaks inside them, other encodings and likenesses are respected."""
    result, path = scrubbed(tmp_path, name, content)
    assert (result.what, result.records) == (Scrub.REWRITTEN, 1)
    assert path.read_bytes() == left


def test_packed_text_loses_its_records_too(tmp_path):
    """A file that ingest reads packed is scrubbed packed."""
    packed = gzip.compress(b"who,n\nana,1\nbeto,2\n")
    result, path = scrubbed(tmp_path, "a.csv.gz", packed)
    assert (result.what, result.records) == (Scrub.REWRITTEN, 1)
    assert gzip.decompress(path.read_bytes()) == b"who,n\nbeto,2\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv.gz", gzip.compress(b"who\nana\n")[:-12]),
        ("a.parquet", b"PAR1 and no more"),
        ("a.xlsx", locked_archive()),
    ],
    ids=["cut gzip", "cut parquet", "locked archive"],
)
def test_what_is_cut_or_locked_is_said(tmp_path, name, content):
    """A file that cannot be opened stops no erasure; a person looks for themselves."""
    result, path = scrubbed(tmp_path, name, content)
    assert result.what is Scrub.UNSEARCHED
    assert named_by(path, people=ANA) == frozenset()


def test_a_file_that_names_nobody_is_left_as_it_is(tmp_path):
    """Not one byte changes where the person is not."""
    result, path = scrubbed(tmp_path, "a.csv", b"who\nbeto\n")
    assert result.what is Scrub.CLEAN
    assert path.read_bytes() == b"who\nbeto\n"


def test_parquet_is_searched_in_texts_numbers_lists_and_maps(tmp_path):
    """A person hides nowhere in a row."""
    path = tmp_path / "a.parquet"
    rows = pa.table(
        {
            "text": ["ana", "b", "b", "b"],
            "many": [["b"], ["b", "ana"], [], None],
            "named": pa.array(
                [[], [], [("who", "ana")], [("who", "b")]],
                pa.map_(pa.string(), pa.string()),
            ),
        }
    )
    pq.write_table(rows, path)
    assert scrub(path, people=ANA).records == 3
    assert pq.read_table(path).num_rows == 1


@pytest.mark.parametrize(
    "column",
    [
        pa.array([b"7001", b"7002"], pa.binary()),
        pa.array([b"7001", b"7002"], pa.large_binary()),
        pa.array([b"7001", b"7002"], pa.binary(4)),
        pa.array([7001.0, 7002.0]),
        pa.array([Decimal("7001.0"), Decimal("7002.0")]),
        pa.array(["7001", "7002"]).dictionary_encode(),
        pa.array([["7001"], ["7002"]], pa.list_(pa.string(), 1)),
        pa.array([7001, 7002]),
    ],
    ids=lambda column: str(column.type),
)
def test_an_identifier_is_found_in_any_type(tmp_path, column):
    """Owners write it as bytes, as numbers with an empty cell, coded or in lists."""
    person = sought(
        ["7001"], kind=PersonKind.CREATOR, pseudonymiser=Pseudonymiser(bytes(32))
    )
    path = tmp_path / "a.parquet"
    left = column.to_pylist()[1:]
    pq.write_table(pa.table({"uid": column}), path)
    assert named_by(path, people=person) == person.digests
    scrub(path, people=person)
    assert pq.read_table(path)["uid"].to_pylist() == left


@pytest.mark.parametrize(("text", "what"), [("ana", Scrub.REMOVED), ("b", Scrub.CLEAN)])
def test_a_workbook_that_names_the_person_is_removed_whole(tmp_path, text, what):
    """Cutting a row out of a workbook would break it."""
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/sharedStrings.xml", f"<si><t>{text}</t></si>")
    assert scrub(path, people=ANA).what is what
    assert path.exists() is (what is Scrub.CLEAN)


def test_what_cannot_be_searched_is_said(tmp_path):
    """A file of unknown bytes is reported, not passed over."""
    result, _ = scrubbed(tmp_path, "a.xls", b"\xd0\xcf\x11\xe0\x00\x00")
    assert result.what is Scrub.UNSEARCHED


def test_a_person_inside_a_record_of_a_column_is_found():
    """Parquet may nest: a name in a struct, in a list or not, counts as the row's."""
    one = pa.array([{"who": "ana"}, {"who": "beto"}, None])
    many = pa.array([[], [{"who": "beto"}, {"who": "ana"}], None])
    assert named_in(pa.table({"host": one}), people=ANA).to_pylist() == [
        True,
        False,
        False,
    ]
    assert named_in(pa.table({"hosts": many}), people=ANA).to_pylist() == [
        False,
        True,
        False,
    ]


def archived(name, content):
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return sink.getvalue()


def parquet_of(**columns):
    sink = io.BytesIO()
    pq.write_table(pa.table(columns), sink, compression="zstd")
    return sink.getvalue()


@pytest.mark.parametrize(("who", "what"), [("ana", "removed"), ("b", "clean")])
@pytest.mark.parametrize(
    "member",
    [
        lambda who: ("a.csv.gz", gzip.compress(f"who\n{who}\n".encode())),
        lambda who: ("a.csv", f"who\n{who}\n".encode("utf-16")),
        lambda who: ("a.parquet", parquet_of(who=[who])),
        lambda who: ("a.zip", archived("a.csv", f"who\n{who}\n")),
    ],
    ids=["gzip", "utf-16", "parquet", "zip"],
)
def test_an_archive_is_searched_in_whatever_it_holds(tmp_path, member, who, what):
    """Exports come packed twice, in other encodings and as Parquet."""
    content = archived(*member(who))
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    assert named_by(path, people=ANA) == (ANA.digests if who == "ana" else set())
    assert scrub(path, people=ANA).what == what


@pytest.mark.parametrize(
    "content",
    [
        archived("a.csv.bz2", bz2.compress(b"who\nana\n")),
        archived("a.xls", b"\xd0\xcf\x11\xe0\x00\x00"),
        gzip.compress(parquet_of(who=["ana"])),
        bz2.compress(b"who\nana\n"),
        archived("a", archived("b", archived("c", archived("d", b"who\nana\n")))),
    ],
    ids=["bz2 in zip", "xls in zip", "parquet in gzip", "bz2", "too deep"],
)
def test_a_packing_that_is_not_opened_is_said(tmp_path, content):
    """It is not called clean: a person looks for themselves."""
    result, _ = scrubbed(tmp_path, "a.data", content)
    assert result.what is Scrub.UNSEARCHED


@pytest.mark.parametrize(
    "kind", [pa.decimal128(20, 0), pa.decimal128(38, 0), pa.decimal256(60, 10)], ids=str
)
def test_a_long_identifier_is_found_in_decimals_exactly(tmp_path, kind):
    """The platform's ids have 19 digits; their neighbours are other people."""
    long = 7001234567890123456
    person = sought(
        [str(long)], kind=PersonKind.CREATOR, pseudonymiser=Pseudonymiser(bytes(32))
    )
    path = tmp_path / "a.parquet"
    values = [Decimal(long), Decimal(long + 1), None]
    pq.write_table(pa.table({"uid": pa.array(values, kind)}), path)
    assert named_by(path, people=person) == person.digests
    scrub(path, people=person)
    assert pq.read_table(path)["uid"].to_pylist() == values[1:]


def test_parquet_is_searched_in_the_keys_of_maps(tmp_path):
    """Points by viewer name people as keys."""
    path = tmp_path / "a.parquet"
    kind = pa.map_(pa.string(), pa.int64())
    points = pa.array([[("ana", 1)], [("b", 2)], [], None], kind)
    path.write_bytes(parquet_of(points=points))
    assert named_by(path, people=ANA) == ANA.digests
    assert scrub(path, people=ANA).records == 1


@pytest.mark.parametrize("is_replay", [False, True], ids=["named", "by digest"])
def test_a_name_within_a_longer_id_is_found_between_marks(tmp_path, is_replay):
    """Marks part an id; a name that goes on with letters or a dot is another's."""
    person = sought(
        ["ana.souza"],
        kind=PersonKind.CREATOR,
        pseudonymiser=Pseudonymiser(bytes(32)),
    )
    if is_replay:
        person = replace(person, raw=None)
    path = tmp_path / "a.csv"
    named = ["ana.souza-1", "live_ana.souza", "//x/@ana.souza/live", "1-2-ana.souza-3"]
    others = ["joana.souza-1", "ana.souza.lima-1", "x.ana.souza-1", "ana-souza", "ana"]
    path.write_text("\n".join(["id", *named, *others, ""]))
    assert named_by(path, people=person) == person.digests
    scrub(path, people=person)
    assert path.read_text().split() == ["id", *others]
