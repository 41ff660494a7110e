"""A dimension's values are read in the reader's language."""

import pytest

from atalaia.language.catalogue import translator
from atalaia.metrics.filter_values import CODES
from atalaia.reporting.contents.wording.slice_words import CODE_LISTS, slice_name
from builders import the_reference


def named(dimension, value, language):
    words = translator(language)
    return slice_name(dimension, value, reference=the_reference(), words=words)


@pytest.mark.parametrize("dimension", CODES)
def test_every_closed_dimension_has_names(dimension):
    """None of its codes is shown as it is stored."""
    lists = the_reference().names.lists
    assert set(lists[CODE_LISTS[dimension]]) >= {
        code.value for code in CODES[dimension]
    }


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "no agency"), ("es", "sin agencia"), ("pt", "sem agência")],
)
def test_creators_of_no_agency_are_told_so(language, name):
    """Where an agency itself is shown by its id."""
    assert named("agency", "organic", language) == name
    assert named("agency", "estrela", language) == "estrela"
