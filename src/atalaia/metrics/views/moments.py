"""The instant of knowledge, as a column may be held against it."""

import ibis

from atalaia.metrics.source import FactSource

__all__ = ["as_of", "happened"]


def as_of(facts: FactSource) -> ibis.Value:
    """Return the facts' instant of knowledge as a literal."""
    return ibis.literal(facts.as_of, type="timestamp('UTC')")


def happened(moment: ibis.Value, facts: FactSource) -> ibis.Value:
    """Return the moment, or null where it lies after what is known."""
    return ibis.ifelse(moment <= as_of(facts), moment, ibis.null("timestamp('UTC')"))
