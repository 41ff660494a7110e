"""Every rule of the catalogue refuses the definition that breaks it."""

from dataclasses import replace

import pytest

from atalaia.domain.trilingual import LANGUAGES
from atalaia.metrics.catalogue import CATALOGUE, catalogue_hash
from atalaia.metrics.catalogue.measures import PENALISED_CREATORS
from atalaia.metrics.invariants import check_all
from atalaia.metrics.invariants.catalogue_error import CatalogueError
from atalaia.metrics.measure import Check, Condition, How
from atalaia.metrics.metric import Kind, Span, each
from atalaia.metrics.views import VIEWS

HEADLINE = {
    *("M01", "M02", "M03", "M04", "M05", "M07"),
    *("M10", "M12", "M17", "M18", "M19"),
    *("M22", "M23", "M25", "M26", "M27", "M28", "M29"),
    *("M47", "M48", "M55"),
}


def broken(metric, **changes):
    """Return the catalogue with one metric changed."""
    return [
        replace(found, **changes) if found.id == metric else found
        for found in CATALOGUE.values()
    ]


def counting(**changes):
    """Return M01's measure, renamed and changed."""
    return replace(CATALOGUE["M01"].numerator, name="other", **changes)


@pytest.mark.parametrize(
    ("metrics", "named"),
    [
        (broken("M01", id="M02"), "used 2 times"),
        (broken("M01", numerator=counting(view="incident")), "incidents"),
        (broken("M01", numerator=counting(how=How.SUM, column="penalty_n")), "ties_n"),
        (
            broken(
                "M01",
                numerator=counting(
                    where=(Condition(column="is_nett", test=Check.IS_TRUE),)
                ),
            ),
            "is_net",
        ),
        (
            broken("M01", numerator=counting(dimensions=("traffic_source",))),
            "traffic_source",
        ),
        (broken("M01", kind=Kind.PEOPLE), "not by creator"),
        (broken("M23", quantile=None), "without a level"),
        (broken("M01", no_interval_reason=None), "says why"),
        (broken("M10", no_interval_reason="none"), "denies"),
        (broken("M01", guard_rails=("M99",)), "M99"),
        (broken("M01", grain=each(Span.WEEK, "programme")), "'programme', which it"),
        (
            broken(
                "M02", numerator=replace(PENALISED_CREATORS, name="active_creators")
            ),
            "defined twice",
        ),
    ],
)
def test_a_broken_definition_is_refused(metrics, named):
    """The error names the metric, what is broken and a remedy."""
    with pytest.raises(CatalogueError, match=named):
        check_all(metrics)


def test_the_headline_set_is_there():
    """All metrics of the headline set are in the catalogue."""
    assert set(CATALOGUE) >= HEADLINE


def test_every_metric_reads_in_three_languages():
    """Names and definitions are whole sentences in each language, and differ."""
    for metric in CATALOGUE.values():
        texts = [metric.definition.of(language) for language in LANGUAGES]
        assert len(set(texts)) == len(LANGUAGES)
        assert all(text.endswith(".") for text in texts)


def test_the_hash_changes_with_any_definition():
    """One changed word of one definition gives another catalogue hash."""
    changed = dict(CATALOGUE) | {"M01": replace(CATALOGUE["M01"], version=2)}
    assert catalogue_hash(changed) != catalogue_hash()
    assert catalogue_hash() == catalogue_hash()


def test_every_view_states_what_it_means():
    """Views have a sentence for the reference page."""
    assert all(view.meaning.endswith(".") for view in VIEWS.values())
