"""The heads outside the database: appended to, and not altered unseen."""

import json

import pytest
from django.conf import settings

from atalaia.desk.audit.exporting import TrailBehindError, export_head
from atalaia.desk.audit.heads import (
    Head,
    HeadKind,
    UnreadableHeadsError,
    add_head,
    read_heads,
)
from desk.audit.trail import done, spoilt
from desk.people import NOW

KEY = b"k" * 32


def a_head(seq: int) -> Head:
    return Head(kind=HeadKind.EXPORT, seq=seq, seal=f"{seq:064}", at=NOW)


@pytest.fixture
def file(tmp_path):
    """Three exported heads."""
    path = tmp_path / "safe" / "heads.jsonl"
    for seq in (1, 2, 3):
        add_head(path, a_head(seq), key=KEY)
    return path


def test_heads_are_read_as_they_were_written(file):
    """In the order in which they were exported."""
    assert list(read_heads(file, key=KEY)) == [a_head(1), a_head(2), a_head(3)]


def test_only_the_owner_reads_the_heads(file):
    """They say how much is done at the desk, and when."""
    assert file.stat().st_mode & 0o077 == 0


def test_no_file_is_no_head(tmp_path):
    """Nothing was exported yet."""
    assert list(read_heads(tmp_path / "none.jsonl", key=KEY)) == []


@pytest.mark.parametrize("line", [0, 1, 2])
@pytest.mark.parametrize("name", ["kind", "seq", "seal", "at", "previous", "mac"])
def test_a_line_altered_in_any_field_is_found(file, name, line):
    """Nobody without the key writes a head."""
    lines = file.read_text().splitlines(keepends=True)
    said = json.loads(lines[line])
    said[name] = {"seq": 9, "kind": "restore"}.get(name, "2026-01-01T00:00:00+00:00")
    lines[line] = json.dumps(said) + "\n"
    file.write_text("".join(lines))

    with pytest.raises(UnreadableHeadsError, match=f"line {line + 1}"):
        list(read_heads(file, key=KEY))


@pytest.mark.parametrize("line", [0, 1])
def test_a_line_taken_out_is_found(file, line):
    """Each line is sealed together with the one before."""
    lines = file.read_text().splitlines(keepends=True)
    file.write_text("".join(lines[:line] + lines[line + 1 :]))

    with pytest.raises(UnreadableHeadsError):
        list(read_heads(file, key=KEY))


def test_a_line_cut_short_by_a_loss_of_power_is_written_over(file):
    """It was never said to be written, and the next one takes its place."""
    with file.open("a") as torn:
        torn.write('{"kind": "exp')
    add_head(file, a_head(4), key=KEY)

    assert [head.seq for head in read_heads(file, key=KEY)] == [1, 2, 3, 4]


def test_nothing_is_added_to_heads_that_were_tampered_with(file):
    """Or the fault would be buried under good lines."""
    file.write_text(file.read_text().replace('"seq": 2', '"seq": 7'))

    with pytest.raises(UnreadableHeadsError):
        add_head(file, a_head(4), key=KEY)


@pytest.mark.django_db
def test_a_cut_trail_is_not_exported(tmp_path):
    """The daily export looks whether the last exported row still stands."""
    path = tmp_path / "heads.jsonl"
    done(3)
    export_head(path, key=settings.AUDIT_KEY, now=NOW)
    spoilt("DELETE FROM audit_entry WHERE seq = 3")

    with pytest.raises(TrailBehindError):
        export_head(path, key=settings.AUDIT_KEY, now=NOW)
