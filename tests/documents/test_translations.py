"""Every sentence that people read is whole in Spanish and Portuguese."""

import importlib.util
from pathlib import Path

import polib
import pytest

_SPEC = importlib.util.spec_from_file_location(
    "messages", Path(__file__).with_name("messages.py")
)
assert _SPEC
assert _SPEC.loader
messages = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(messages)

LANGUAGES = sorted(messages.LANGUAGES)


def entries(language: str) -> list[polib.POEntry]:
    return list(polib.pofile(str(messages.catalogue_file(language))))


def forms(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_the_source_is_translated(language: str):
    """Run `make messages`, then translate what it lists."""
    known = {
        messages.Message(entry.msgid, entry.msgid_plural, entry.msgctxt or "")
        for entry in entries(language)
        if all(forms(entry)) and not entry.fuzzy
    }
    assert sorted(messages.all_messages().keys() - known) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_left_over(language: str):
    """A sentence that the source no longer holds leaves the catalogue."""
    known = {
        messages.Message(entry.msgid, entry.msgid_plural, entry.msgctxt or "")
        for entry in entries(language)
    }
    assert sorted(known - messages.all_messages().keys()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_fill_the_same_fields(language: str):
    """A field that is missing loses a fact; one too many fails at work."""
    wrong = [
        entry.msgid
        for entry in entries(language)
        for form in forms(entry)
        if form and messages.placeholders(form) != messages.placeholders(entry.msgid)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_lines_of_the_original(language: str):
    """A place and its message stay on lines of their own."""
    wrong = [
        entry.msgid
        for entry in entries(language)
        for form in forms(entry)
        if form and form.count("\n") != entry.msgid.count("\n")
    ]
    assert wrong == []
