"""People read whole sentences in their own language."""

import pytest

from atalaia.language.catalogue import MissingMessageError, Translator, translator

DAYS = {("", "{count} case"): ("{count} caso", "{count} casos")}


def test_english_is_its_own_catalogue():
    """The key is the sentence."""
    shown = translator("en").text("{n} of {key}", n=3, key="creators")
    assert shown == "3 of creators"


def test_sentence_is_translated_with_its_fields():
    """Fields are filled in after translating."""
    texts = {("", "Hello {who}"): ("Hola, {who}",)}
    words = Translator(language="es", texts=texts)
    assert words.text("Hello {who}", who="Ana") == "Hola, Ana"


def test_sense_tells_two_uses_of_one_english_word_apart():
    """'Open' is a verb on a button and a state of a case."""
    texts = {("button", "Open"): ("Abrir",), ("state", "Open"): ("Abierto",)}
    words = Translator(language="es", texts=texts)
    assert words.text("Open", sense="button") == "Abrir"
    assert words.text("Open", sense="state") == "Abierto"


@pytest.mark.parametrize(
    ("language", "zero"), [("es", "0 casos"), ("pt", "0 caso"), ("en", "0 cases")]
)
def test_zero_takes_the_number_of_its_language(language, zero: str):
    """Brazilian Portuguese says '0 caso', Spanish '0 casos'."""
    words = Translator(language=language, texts=DAYS)
    assert words.plural("{count} case", "{count} cases", 0) == zero


def test_missing_message_raises_in_tests_and_shows_english_at_work():
    """A hole in a catalogue fails the build, not the person at work."""
    strict = translator("es", missing="raise")
    with pytest.raises(MissingMessageError, match="never written"):
        strict.text("never written")
    assert translator("es").text("never written") == "never written"
