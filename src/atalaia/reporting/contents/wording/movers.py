"""A slice that moved, in one sentence."""

from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice
from atalaia.reporting.contents.brief import Mover
from atalaia.reporting.contents.wording.amounts import amount, change_interval
from atalaia.reporting.contents.wording.figures import word_name

__all__ = ["dated_mover_sentence", "mover_sentence"]


def mover_sentence(mover: Mover, *, voice: Voice, words: Translator) -> str:
    """Return where, what, from how much to how much, and how sure that is."""
    fields = _fields(mover, voice=voice, words=words)
    if mover.after > mover.before:
        return words.text(
            "{slice}: {name} up from {before} to {after} ({basis}).", **fields
        )
    return words.text(
        "{slice}: {name} down from {before} to {after} ({basis}).", **fields
    )


def dated_mover_sentence(mover: Mover, *, voice: Voice, words: Translator) -> str:
    """Return the same with its days, for a place where no title gives them."""
    fields = _fields(mover, voice=voice, words=words)
    fields["period"] = voice.days(mover.start, mover.end)
    if mover.after > mover.before:
        return words.text(
            "{slice}, {period}: {name} up from {before} to {after} ({basis}).", **fields
        )
    return words.text(
        "{slice}, {period}: {name} down from {before} to {after} ({basis}).", **fields
    )


def _fields(mover: Mover, *, voice: Voice, words: Translator) -> dict[str, str]:
    return {
        "slice": mover.slice_name.of(words.language),
        "name": mover.name.of(words.language),
        "before": amount(mover.before, mover.unit, voice=voice, words=words),
        "after": amount(mover.after, mover.unit, voice=voice, words=words),
        "basis": _basis(mover, voice=voice, words=words),
    }


def _basis(mover: Mover, *, voice: Voice, words: Translator) -> str:
    word = word_name(mover.word, words=words)
    if mover.change_low is None or mover.change_high is None:
        return word
    bounds = (mover.change_low, mover.change_high)
    sure = change_interval(*bounds, mover.unit, voice=voice, words=words)
    return f"{word}; {sure}"
