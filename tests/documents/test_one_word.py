"""One idea has one word: those that the glossary gave up are used nowhere."""

import re
from pathlib import Path

import polib
import pytest

from atalaia.metrics.catalogue import CATALOGUE
from atalaia.metrics.catalogue.measure_names import MEASURE_NAMES
from atalaia.metrics.dimensions import DIMENSION_NAMES

ROOT = Path(__file__).parents[2]
LOCALES = ROOT / "src" / "atalaia" / "language" / "locale"
GIVEN_UP = {
    "es": {
        "rung": r"\bpeldaños?\b",
        "mix": r"\bmezclas?\b",
        "fact": r"(?<!tablas de )(?<!tabla de )\bhechos\b",
        "false-positive trap": r"\btrampas?\b(?! de falso positivo)",
        "sampling frame": r"\bmarcos?\b(?! muestral)",
        "central team": r"(?<!equipo )(?<!equipos )\bcentral\b",
    },
    "pt": {
        "mix": r"(?<!\{)\bmix\b",
        "fact": r"(?<!tabela de )(?<!tabelas de )\bfatos\b",
        "false-positive trap": r"\barmadilhas?\b(?! de falso positivo)",
        "sampling frame": r"\bquadros?\b",
        "central team": r"(?<!time )(?<!times )\bcentral\b",
        "allocation": r"\bdesigna(do|da|dos|das|ção)\b",
    },
}


def sentences(language):
    entries = polib.pofile(str(LOCALES / language / "LC_MESSAGES" / "atalaia.po"))
    for entry in entries:
        yield from (entry.msgstr, *entry.msgstr_plural.values())
    for metric in CATALOGUE.values():
        yield from (metric.name.of(language), metric.definition.of(language))
    for names in (MEASURE_NAMES, DIMENSION_NAMES):
        yield from (name.of(language) for name in names.values())


@pytest.mark.parametrize(
    ("language", "idea"),
    [(language, idea) for language, words in GIVEN_UP.items() for idea in words],
)
def test_an_idea_is_called_by_its_word_of_the_glossary(language, idea):
    """A reader who meets two words looks for two things."""
    other = re.compile(GIVEN_UP[language][idea], re.IGNORECASE)
    assert [text for text in sentences(language) if other.search(text)] == []
