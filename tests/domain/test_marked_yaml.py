"""A wrong line of a reference file is found and shown."""

from pathlib import Path

import pytest

from atalaia.domain.marked_yaml import (
    DuplicateKeyError,
    MalformedYamlError,
    parse_marked,
    read_marked,
)

TEXT = b"# words\nleaves:\n  - id: a\n    lane: remov\n  - id: b\n"


def test_value_is_plain_and_its_line_is_known():
    """Values come as plain lists and mappings; every one has its line."""
    marked = parse_marked(TEXT, file="policies.yaml")
    assert marked.value == {"leaves": [{"id": "a", "lane": "remov"}, {"id": "b"}]}
    assert marked.line_of(("leaves", 0, "lane")) == 4
    assert marked.line_of(("leaves", 1)) == 5


def test_missing_value_points_to_the_block_that_should_hold_it():
    """The line of what is absent is the line of its parent."""
    marked = parse_marked(TEXT, file="policies.yaml")
    assert marked.line_of(("leaves", 1, "lane")) == 5


def test_mark_shows_file_line_and_text():
    """A mark reads as a compiler's: file, line, and the line itself."""
    mark = parse_marked(TEXT, file="policies.yaml").mark(("leaves", 0, "lane"))
    assert str(mark) == "policies.yaml:4\n  4 | lane: remov"


def test_duplicate_key_is_refused_with_its_line():
    """YAML would silently keep the last of two keys; we refuse."""
    with pytest.raises(DuplicateKeyError, match=r"x\.yaml:3"):
        parse_marked(b"a: 1\nb: 2\na: 3\n", file="x.yaml")


@pytest.mark.parametrize("content", [b"a: [1,\n", b"a: b: c\n", b"a: \xff\n"])
def test_malformed_file_says_where(content: bytes):
    """Broken syntax or encoding is one clear error with a place."""
    with pytest.raises(MalformedYamlError, match=r"x\.yaml:\d"):
        parse_marked(content, file="x.yaml")


def test_file_outside_the_package_is_named_by_its_path(tmp_path: Path):
    """An approved version in DATA/reference is shown by its own path."""
    path = tmp_path / "codes.yaml"
    path.write_text("a: 1\n", encoding="utf-8")
    assert read_marked(path).file == str(path)


def test_empty_file_has_no_value_and_a_first_line():
    """An empty file is None, not a crash."""
    marked = parse_marked(b"", file="x.yaml")
    assert (marked.value, marked.line_of(("a",))) == (None, 1)


def test_block_that_holds_itself_does_not_hang():
    """A recursive alias is walked once."""
    assert parse_marked(b"&a\nx: *a\n", file="x.yaml").line_of(("x",)) == 2
