"""A wrong field of a reference file stops the load and is shown."""

from collections.abc import Callable

import pytest

from atalaia.domain.codes import Lane
from atalaia.domain.marked_entry import (
    Entry,
    MissingFieldError,
    MissingLanguageError,
    UnknownFieldError,
    UnknownReferenceError,
    WrongTypeError,
    root_of,
)
from atalaia.domain.marked_yaml import parse_marked

TEXT = b"""\
id: a
lane: remov
count: many
on: yesterday
name: {en: A, es: A}
list: [x, 3]
"""


def an_entry() -> Entry:
    return root_of(parse_marked(TEXT, file="x.yaml"))


def test_unknown_code_shows_line_and_nearest_names():
    """A misspelt code is answered with the place and what it may have meant."""
    with pytest.raises(UnknownReferenceError) as caught:
        an_entry().choice("lane", Lane)
    assert str(caught.value).startswith("x.yaml:2\n  2 | lane: remov\n")
    assert "Did you mean: remove" in str(caught.value)


def test_misspelt_field_is_not_ignored():
    """A field that nothing reads is an error with the nearest known field."""
    with pytest.raises(UnknownFieldError, match=r"(?s)x\.yaml:3.*counts"):
        an_entry().only("id", "lane", "counts", "name", "list")


def test_text_without_portuguese_names_the_language():
    """A text is complete in three languages or refused."""
    with pytest.raises(MissingLanguageError, match=r"(?s)x\.yaml:5.*: pt\."):
        an_entry().trilingual("name")


@pytest.mark.parametrize(
    ("read", "error"),
    [
        (lambda entry: entry.text("nothing"), MissingFieldError),
        (lambda entry: entry.whole("count"), WrongTypeError),
        (lambda entry: entry.number("count"), WrongTypeError),
        (lambda entry: entry.yes("count"), WrongTypeError),
        (lambda entry: entry.day("count"), WrongTypeError),
        (lambda entry: entry.texts("list"), WrongTypeError),
        (lambda entry: entry.items("id"), WrongTypeError),
        (lambda entry: entry.child("id").text("x"), WrongTypeError),
    ],
)
def test_wrong_or_missing_value_is_refused(
    read: Callable[[Entry], object], error: type[Exception]
):
    """Each reader refuses what is not of its type, with the place."""
    with pytest.raises(error, match=r"x\.yaml:\d"):
        read(an_entry())
