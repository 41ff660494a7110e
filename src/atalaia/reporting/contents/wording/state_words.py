"""Whether a value may still change, and how much of its days is here."""

from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice
from atalaia.metrics.value import Maturity, MetricValue

__all__ = ["state_name"]

AS_GOOD_AS_COMPLETE = 0.995
"""From here on a share of 100 % would be shown, which says nothing."""
MATURITY_MESSAGES = ("mature", "provisional")
INCOMPLETE_MESSAGES: dict[Maturity, str] = {
    "mature": "mature, {share} complete",
    "provisional": "provisional, {share} complete",
}


def state_name(row: MetricValue, *, voice: Voice, words: Translator) -> str:
    """Return `mature` or `provisional`, with the share of days where some lack."""
    is_whole = row.completeness is None or row.completeness >= AS_GOOD_AS_COMPLETE
    if is_whole:
        return words.text(row.maturity)
    share = voice.percent(row.completeness or 0, digits=0)
    return words.text(INCOMPLETE_MESSAGES[row.maturity], share=share)
