"""How a value and its interval are worked out, as a reader would say it."""

from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice
from atalaia.metrics.catalogue.measure_names import MEASURE_NAMES
from atalaia.metrics.measure import Measure
from atalaia.metrics.metric import Kind, Method, Metric
from atalaia.metrics.owners.own_measures import named_measures
from atalaia.reporting.contents.wording.definition_words import measure_text

__all__ = ["formula", "interval_told"]

FORMULA_MESSAGES = {
    "M07": "creators with a further incident on the same policy within 30 days /"
    " creators with an incident",
    "M09": "creators with a further incident on a heavier rung within 30 days /"
    " creators with an incident that ended in a warning or an interrupted LIVE",
    "M11": "sessions wrongly acted on / all sessions that break no policy; both sides"
    " estimated",
    "M13": "violations that nobody acted on / all violations, acted on or not; both"
    " sides estimated",
    "M19": "1 − observed disagreement / disagreement that chance would give",
    "M32": "open cases past their deadline / open cases",
    "M40": "(new cases of the diff's policy and trap: 30 days after / 30 days before) /"
    " (all other cases of the market: 30 days after / 30 days before)",
    "M45": "mean of (last score − first score), over creators with two scores",
    "M46": "net incidents per creator assigned: programme − hold-out",
    "M46hours": "LIVE hours per creator assigned: programme − hold-out",
    "M46intensity": "(penalty cases / LIVE time) of the creators assigned: programme −"
    " hold-out",
    "M52": "half the sum of the absolute changes of each source's share of room"
    " entries",
    "M55": "now − newest event of each kind of fact",
}
"""Of metrics that are no quotient of two named counts: a whole phrase each."""
INTERVAL_MESSAGES = {
    Method.RARE_SHARE: "With every value, by Korn and Graubard's method for weighted"
    " samples.",
    Method.WEIGHTED_SHARE: "With every value, by Korn and Graubard's method for"
    " weighted samples.",
    Method.UNWEIGHTED_SHARE: "With every value, by Wilson's method.",
    Method.ALPHA: "With every value, over the items judged.",
    Method.REPEAT: "With every value, by Kaplan and Meier's method: creators not yet"
    " followed to the end count as far as they were seen.",
    Method.MISSES: "With every value, from the intervals of both samples (MOVER).",
    Method.WRONG_ACTIONS: "With every value, from the intervals of both samples"
    " (MOVER).",
    Method.SEEN_VIEWS: "With every value, from the weights of both samples.",
    Method.WEIGHTED_MEAN: "With every value, from the weights of the sample.",
    Method.RECURRENCE: "With every value, from the four counts, log-normal.",
    Method.UPLIFT: "With every value, over the pairs, clustered.",
    Method.TRIAL: "With every value, clustered; with few clusters, by drawing the arms"
    " again.",
    Method.SHIFT: "With every value, clustered by creator.",
}


def formula(metric: Metric, *, words: Translator) -> str:
    """Return the quotient in words, or how the value is read where there is none.

    What is counted stands beside a sign and never inside a phrase: no language has one
    form of "both" or "their" for whatever may be counted.
    """
    above = _measure(metric.numerator, words=words)
    if metric.quantile is not None:
        share = Voice(language=words.language).percent(metric.quantile, digits=0)
        return words.text(
            "the time that {share} do not exceed: {above}", share=share, above=above
        )
    if metric.id in FORMULA_MESSAGES:
        return words.text(FORMULA_MESSAGES[metric.id])
    if metric.denominator is None:
        return above
    below = _measure(metric.denominator, words=words)
    is_weighted = metric.kind is Kind.SAMPLED
    if is_weighted and metric.method is not Method.UNWEIGHTED_SHARE:
        return words.text(
            "weighted quotient: {above} / {below}", above=above, below=below
        )
    return words.text("{above} / {below}", above=above, below=below)


def interval_told(metric: Metric, *, words: Translator) -> str:
    """Return how its interval is found, or why it has none."""
    if metric.no_interval_reason:
        return words.text(metric.no_interval_reason)
    return words.text(INTERVAL_MESSAGES[metric.method])


def _measure(measure: Measure, *, words: Translator) -> str:
    """Return what is counted; a part of a named measure's dimensions keeps its name."""
    same = [
        name
        for name, known in named_measures().items()
        if (known.view, known.how, known.column, known.where)
        == (measure.view, measure.how, measure.column, measure.where)
    ]
    name = measure.name if measure.name in MEASURE_NAMES else next(iter(same), None)
    if name is None:
        return measure_text(measure, words=words)
    return MEASURE_NAMES[name].of(words.language)
