"""How a value and its interval are worked out, as a reader would say it."""

from atalaia.cli.definition_words import measure_text
from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice
from atalaia.metrics.catalogue.measure_names import MEASURE_NAMES
from atalaia.metrics.measure import Measure
from atalaia.metrics.metric import Kind, Method, Metric
from atalaia.metrics.owners.own_measures import named_measures

__all__ = ["formula", "interval_told"]

FORMULA_MESSAGES = {
    Method.ALPHA: "1 − observed disagreement / disagreement that chance would give",
    Method.REPEAT: "{above} within 30 days / all creators with a first one",
    Method.LAG: "now − {above}",
    Method.RECURRENCE: "(30 days after / 30 days before) for {above}, over the same"
    " for all other cases of the market",
    Method.SHIFT: "half the sum of the absolute changes of the shares of {above}",
    Method.UPLIFT: "mean of last score − first score, {above}",
    Method.TRIAL: "{above}, per creator: programme − hold-out",
    Method.MISSES: "{above} / all violations, acted on or not, both estimated",
    Method.WRONG_ACTIONS: "{above} / all sessions that break no policy, both estimated",
}
PERCENTILE_MESSAGES = (
    "the time that {share} do not exceed: {above}",
    "past their deadline / {above}",
    "{above} / {below}, with their weights",
)
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
    """Return the quotient in words, or how the value is read where there is none."""
    above = _measure(metric.numerator, words=words)
    if metric.quantile is not None:
        share = Voice(language=words.language).percent(metric.quantile, digits=0)
        return words.text(PERCENTILE_MESSAGES[0], share=share, above=above)
    if metric.method is Method.BACKLOG:
        return words.text(PERCENTILE_MESSAGES[1], above=above)
    if metric.method in FORMULA_MESSAGES:
        return words.text(FORMULA_MESSAGES[metric.method], above=above)
    if metric.denominator is None:
        return above
    below = _measure(metric.denominator, words=words)
    is_weighted = metric.kind is Kind.SAMPLED
    if is_weighted and metric.method is not Method.UNWEIGHTED_SHARE:
        return words.text(PERCENTILE_MESSAGES[2], above=above, below=below)
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
