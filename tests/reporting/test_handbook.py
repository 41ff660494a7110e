"""Everything that a metric's page needs is there for every metric of the catalogue."""

import pytest

from atalaia.language.catalogue import translator
from atalaia.metrics.catalogue import CATALOGUE
from atalaia.metrics.catalogue.measure_names import MEASURE_NAMES
from atalaia.reporting.contents.wording.formula_words import formula, interval_told


def measures():
    for metric in CATALOGUE.values():
        yield metric.numerator.name
        if metric.denominator is not None:
            yield metric.denominator.name


def test_every_measure_has_a_name_in_three_languages_and_no_name_is_left_over():
    assert set(measures()) == set(MEASURE_NAMES)


@pytest.mark.parametrize("language", ["en", "es", "pt"])
@pytest.mark.parametrize("name", CATALOGUE)
def test_every_metric_says_its_formula_and_its_interval(name, language):
    """Told in the reader's own words, whatever the kind and the method."""
    words = translator(language, missing="raise")
    assert formula(CATALOGUE[name], words=words)
    assert interval_told(CATALOGUE[name], words=words)
