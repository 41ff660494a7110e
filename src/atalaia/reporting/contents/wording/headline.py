"""The three lines that a lead reads before coffee, chosen by what they would do."""

from collections.abc import Iterator

from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice
from atalaia.reporting.contents.brief import Brief, Figure, Mover, Word
from atalaia.reporting.contents.wording.amounts import amount
from atalaia.reporting.contents.wording.figures import (
    WHOLE,
    basis,
    figure_name,
    own_period,
)
from atalaia.reporting.contents.wording.movers import dated_mover_sentence

__all__ = ["LINES", "headline"]

LINES = 3


def headline(brief: Brief, *, voice: Voice, words: Translator) -> tuple[str, ...]:
    """Return at most three lines: who waits, what moved, what misses its target."""
    lines = [
        # Severity is not urgency: behind an urgent case is a person at risk now.
        *_urgent(brief, voice=voice, words=words),
        *_moved(brief, voice=voice, words=words),
        *_slices(brief, voice=voice, words=words),
        *_off_target(brief, voice=voice, words=words),
        *_incomplete(brief, voice=voice, words=words),
    ]
    return tuple(dict.fromkeys(lines))[:LINES]


def _moved(brief: Brief, *, voice: Voice, words: Translator) -> Iterator[str]:
    real = [f for f in brief.figures if f.word is Word.REAL and f.change]
    if not real and not _real_movers(brief):
        yield _quiet(brief, words=words)
        return
    for figure in sorted(real, key=_worsening, reverse=True)[:2]:
        yield _rise_or_fall(figure, voice=voice, words=words)


def _quiet(brief: Brief, *, words: Translator) -> str:
    """Nothing is real: either chance explains it, or there is too little to tell."""
    if any(figure.word is Word.NOISE for figure in brief.figures):
        return words.text("No key figure moved more than chance alone would move it.")
    return words.text("No key figure moved for certain: there is too little to tell.")


def _worsening(figure: Figure) -> tuple[bool, float]:
    """Order real changes: worse before better, larger before smaller."""
    change = figure.change or 0.0
    size = abs(change) / abs(figure.before) if figure.before else abs(change)
    is_worse = figure.lower_is_better is not None and (
        (change > 0) == figure.lower_is_better
    )
    return is_worse, size


def _named(figure: Figure, *, voice: Voice, words: Translator) -> str:
    """Return a figure's name, with its days where they are not the brief's day."""
    name = figure_name(figure, words=words)
    period = own_period(figure, voice=voice, words=words)
    return words.text("{name} ({period})", name=name, period=period) if period else name


def _fields(figure: Figure, *, voice: Voice, words: Translator) -> dict[str, str]:
    return {
        "name": _named(figure, voice=voice, words=words),
        "value": amount(figure.value or 0.0, figure.unit, voice=voice, words=words),
        "basis": basis(figure, voice=voice, words=words),
    }


def _rise_or_fall(figure: Figure, *, voice: Voice, words: Translator) -> str:
    fields = _fields(figure, voice=voice, words=words)
    fields["before"] = amount(
        figure.before or 0.0, figure.unit, voice=voice, words=words
    )
    if (figure.change or 0.0) > 0:
        return words.text(
            "{name}: up from {before} to {value}, a real change ({basis}).", **fields
        )
    return words.text(
        "{name}: down from {before} to {value}, a real change ({basis}).", **fields
    )


def _real_movers(brief: Brief) -> list[Mover]:
    return [mover for mover in brief.movers if mover.word is Word.REAL]


def _slices(brief: Brief, *, voice: Voice, words: Translator) -> Iterator[str]:
    """The largest real mover says where to look."""
    for mover in _real_movers(brief)[:1]:
        yield dated_mover_sentence(mover, voice=voice, words=words)


def _urgent(brief: Brief, *, voice: Voice, words: Translator) -> Iterator[str]:
    """Say what waits for us; what is zero needs no line."""
    ours = brief.owed_by_region
    if ours is None or not (ours.urgent or ours.past_due):
        return
    urgent = voice.number(ours.urgent)
    if ours.past_due is None:
        yield words.text(
            "Urgent cases that wait for us: {urgent}; no open case has a due date.",
            urgent=urgent,
        )
    elif not ours.past_due:
        yield words.plural(
            "{count} urgent case waits for us.",
            "{count} urgent cases wait for us.",
            ours.urgent,
            count=urgent,
        )
    elif not ours.urgent:
        yield words.plural(
            "{count} case past its SLA waits for us.",
            "{count} cases past their SLA wait for us.",
            ours.past_due,
            count=voice.number(ours.past_due),
        )
    else:
        yield words.text(
            "Urgent cases that wait for us: {urgent}; past SLA: {past_due}.",
            urgent=urgent,
            past_due=voice.number(ours.past_due),
        )


def _off_target(brief: Brief, *, voice: Voice, words: Translator) -> Iterator[str]:
    for figure in brief.figures:
        if not _misses_target(figure):
            continue
        yield words.text(
            "{name}: {value}, off its target of {target} ({basis}).",
            target=amount(figure.target or 0.0, figure.unit, voice=voice, words=words),
            **_fields(figure, voice=voice, words=words),
        )


def _misses_target(figure: Figure) -> bool:
    if figure.value is None or figure.target is None or figure.lower_is_better is None:
        return False
    if figure.lower_is_better:
        return figure.value > figure.target
    return figure.value < figure.target


def _incomplete(brief: Brief, *, voice: Voice, words: Translator) -> Iterator[str]:
    if brief.completeness is not None and brief.completeness < WHOLE:
        yield words.text(
            "The day is {share} complete: read its figures as provisional.",
            share=voice.percent(brief.completeness, digits=1),
        )
