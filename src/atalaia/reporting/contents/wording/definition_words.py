"""A definition's fields as a reader compares them."""

from atalaia.domain.trilingual import Trilingual
from atalaia.language.catalogue import Translator
from atalaia.metrics.measure import Check, Condition, How, Measure
from atalaia.metrics.metric import Metric
from atalaia.reporting.contents.wording.metric_words import (
    anchor_name,
    kind_name,
    unit_name,
)

__all__ = ["FIELD_MESSAGES", "field_text", "measure_text"]

FIELD_MESSAGES = {
    "version": "Version",
    "kind": "Kind",
    "method": "Method",
    "name": "Name",
    "definition": "Definition",
    "numerator": "Counted",
    "denominator": "Over",
    "anchor": "Counted at",
    "reach_days": "May change for, in days",
    "maturity_days": "Mature after, in days",
    "direction": "Better when",
    "unit": "Unit",
    "scale": "Multiplied by",
    "min_n": "Smallest n",
    "quantile": "Percentile",
    "matters_share": "Change that matters",
    "always_by": "Always split by",
    "guard_rails": "Read together with",
    "owner": "Owner",
    "sop": "SOP",
    "no_interval_reason": "Interval",
    "exclusions": "Left out",
    "caveats": "Bear in mind",
}
TEST_MESSAGES = {
    Check.IS_TRUE: "{column}",
    Check.IS_FALSE: "not {column}",
    Check.IS_KNOWN: "{column} is known",
    Check.IS_ANY_OF: "{column} is one of {values}",
    Check.IS_NONE_OF: "{column} is none of {values}",
}
HOW_MESSAGES = {
    How.ROWS: "rows of {view}",
    How.SUM: "sum of {column} over {view}",
    How.DISTINCT: "distinct {column} of {view}",
}


def field_text(metric: Metric, field: str, *, words: Translator) -> str:
    """Return one field's value in the reader's language."""
    spoken = {"kind": kind_name, "unit": unit_name, "anchor": anchor_name}
    if field in spoken:
        return spoken[field](metric, words=words)
    value = getattr(metric, field)
    if isinstance(value, Measure):
        return measure_text(value, words=words)
    if value is None or value in ("", ()):
        return words.text("none")
    if isinstance(value, Trilingual):
        return value.of(words.language)
    if isinstance(value, float | int):
        return f"{value:g}"
    texts = [value] if isinstance(value, str) else value
    return ", ".join(words.text(each) if " " in each else each for each in texts)


def measure_text(measure: Measure, *, words: Translator) -> str:
    """Return what is counted: how, over which view, on which conditions, by what."""
    counted = words.text(
        HOW_MESSAGES[measure.how], view=measure.view, column=measure.column
    )
    tests = [_test(test, words=words) for test in measure.where]
    where = words.text("where {tests}", tests=", ".join(tests)) if tests else ""
    return " ".join(part for part in (counted, where) if part)


def _test(test: Condition, *, words: Translator) -> str:
    values = ", ".join(test.values)
    return words.text(TEST_MESSAGES[test.test], column=test.column, values=values)
