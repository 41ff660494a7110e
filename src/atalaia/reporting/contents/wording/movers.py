"""A slice that moved, in one sentence."""

from collections.abc import Iterator

from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice
from atalaia.reporting.contents.brief import Moved, Mover, Word
from atalaia.reporting.contents.wording.amounts import amount, change_interval
from atalaia.reporting.contents.wording.caveats import caveat_sentence
from atalaia.reporting.contents.wording.figures import word_name

__all__ = ["dated_mover_sentence", "mover_notes", "mover_sentence", "movers_told"]

MOST_OTHERS = 4


def movers_told(moved: Moved, *, voice: Voice, words: Translator) -> tuple[str, ...]:
    """Return what moved and how chance was held off, or why nobody can tell."""
    movers = moved.movers or ()
    told = [_with_others(mover, voice=voice, words=words) for mover in movers]
    calm, *notes = mover_notes(moved, voice=voice, words=words)
    if any(mover.word is Word.REAL for mover in movers):
        return (*told, calm, *notes)
    return (calm, *told, *notes)


def mover_notes(moved: Moved, *, voice: Voice, words: Translator) -> tuple[str, ...]:
    """Return what must be known beside the movers, or why nobody can tell of any."""
    if moved.movers is None:
        why = moved.reason
        untold = words.text("What moved cannot be told.")
        return (untold, caveat_sentence(why, words=words)) if why else (untold,)
    how = _how_told(moved, voice=voice, words=words)
    if any(mover.word is Word.REAL for mover in moved.movers):
        return tuple(how)
    return (words.text("No slice moved for certain."), *how)


def _with_others(mover: Mover, *, voice: Voice, words: Translator) -> str:
    """Return the sentence, and where else most of the same cases show."""
    told = mover_sentence(mover, voice=voice, words=words)
    if not mover.also:
        return told
    others = ", ".join(name.of(words.language) for name in mover.also[:MOST_OTHERS])
    same = words.text("Largely the same cases: {slices}.", slices=others)
    return f"{told} {same}"


def _how_told(moved: Moved, *, voice: Voice, words: Translator) -> Iterator[str]:
    yield words.plural(
        "{count} slice compared; at most {share} of real changes are false alarms.",
        "{count} slices compared; at most {share} of real changes are false alarms.",
        moved.compared,
        count=voice.number(moved.compared),
        share=voice.percent(moved.false_share, digits=0),
    )
    if moved.left_out_days:
        yield words.plural(
            "{count} market-day left out: it or its weekday before is not whole.",
            "{count} market-days left out: they or their weekday before are not whole.",
            moved.left_out_days,
            count=voice.number(moved.left_out_days),
        )


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
    sure = change_interval(
        *bounds,
        mover.unit,
        confidence=mover.confidence,
        voice=voice,
        words=words,
    )
    return f"{word}; {sure}"
