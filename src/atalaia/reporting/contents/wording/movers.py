"""A slice that moved, in one sentence."""

from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice
from atalaia.reporting.contents.brief import Mover
from atalaia.reporting.contents.wording.amounts import amount
from atalaia.reporting.contents.wording.figures import word_name

__all__ = ["mover_sentence"]


def mover_sentence(mover: Mover, *, voice: Voice, words: Translator) -> str:
    """Return where, when, what, from how much to how much, and whether it is noise."""
    fields = {
        "slice": mover.slice_name.of(words.language),
        "period": voice.date_range(mover.start, mover.end),
        "name": mover.name.of(words.language),
        "before": amount(mover.before, mover.unit, voice=voice, words=words),
        "after": amount(mover.after, mover.unit, voice=voice, words=words),
        "word": word_name(mover.word, words=words),
    }
    if mover.after > mover.before:
        return words.text(
            "{slice}, {period}: {name} rose from {before} to {after} ({word}).",
            **fields,
        )
    return words.text(
        "{slice}, {period}: {name} fell from {before} to {after} ({word}).", **fields
    )
