"""The parts of the brief below the figures, each a title, sentences and a table."""

from collections.abc import Iterator
from datetime import timedelta

from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice
from atalaia.reporting.contents.brief import (
    Brief,
    Happening,
    Owed,
    StepsAway,
)
from atalaia.reporting.contents.movers import MOVER_DAYS
from atalaia.reporting.contents.spoken import Section, Table
from atalaia.reporting.contents.wording.amounts import day_name
from atalaia.reporting.contents.wording.caveats import caveat_sentence
from atalaia.reporting.contents.wording.figures import WHOLE, figure_name
from atalaia.reporting.contents.wording.movers import movers_told

__all__ = ["speak_sections"]


def speak_sections(
    brief: Brief, *, voice: Voice, words: Translator
) -> tuple[Section, ...]:
    """Return the sections in the order of a stand-up meeting."""
    return (
        _movers(brief, voice=voice, words=words),
        _owed(brief, voice=voice, words=words),
        _steps_away(brief, voice=voice, words=words),
        _happenings(brief, voice=voice, words=words),
        _freshness(brief, voice=voice, words=words),
        _caveats(brief, words=words),
    )


def _movers(brief: Brief, *, voice: Voice, words: Translator) -> Section:
    last = brief.day
    first = last - timedelta(days=MOVER_DAYS - 1)
    return Section(
        key="movers",
        title=words.text(
            "What moved: {period} against the seven days before",
            period=voice.days(first, last),
        ),
        sentences=movers_told(brief.moved, voice=voice, words=words),
    )


def _owed(brief: Brief, *, voice: Voice, words: Translator) -> Section:
    title = words.text("Who owes the next move")
    ours, theirs = brief.owed_by_region, brief.owed_by_central
    if ours is None or theirs is None:
        none = words.text("No case is on record yet: ingest a case log to see them.")
        return Section(key="owed", title=title, sentences=(none,))
    table = Table(
        caption=title,
        headers=(
            words.text("Side"),
            words.text("Open cases"),
            words.text("Urgent (P0, P1)"),
            words.text("Past SLA"),
            words.text("Oldest"),
        ),
        rows=(
            _owed_row(words.text("We owe"), ours, voice=voice, words=words),
            _owed_row(words.text("Central owes"), theirs, voice=voice, words=words),
        ),
        numeric=frozenset({1, 2, 3, 4}),
    )
    return Section(key="owed", title=title, table=table)


def _owed_row(
    side: str, owed: Owed, *, voice: Voice, words: Translator
) -> tuple[str, ...]:
    past_due = words.text("unknown: no due dates")
    if owed.past_due is not None:
        past_due = voice.number(owed.past_due, digits=0)
    return (
        side,
        voice.number(owed.open, digits=0),
        voice.number(owed.urgent, digits=0),
        past_due,
        voice.duration(owed.oldest_hours),
    )


def _steps_away(brief: Brief, *, voice: Voice, words: Translator) -> Section:
    title = words.text("Creators one step from suspension")
    steps = brief.steps_away
    if steps is None:
        none = words.text("No penalty is on record, so that nobody can tell.")
        return Section(key="steps", title=title, sentences=(none,))
    if steps.untold and not steps.known:
        none = words.text(
            "Nobody can tell: no penalty says whether it counts as a strike. Fill or "
            "map the column 'strike_counted'."
        )
        return Section(key="steps", title=title, sentences=(none,))
    table = _steps_table(steps, title=title, voice=voice, words=words)
    return Section(
        key="steps",
        title=title,
        sentences=(
            *_steps_told(steps, voice=voice, words=words),
            *_steps_untold(steps, voice=voice, words=words),
        ),
        table=table if steps.creators else None,
    )


def _steps_told(
    steps: StepsAway, *, voice: Voice, words: Translator
) -> tuple[str, ...]:
    """Return how many there are in all, and whether the table leaves agencies out."""
    if not steps.creators:
        if steps.untold or steps.unplaced:
            return (words.text("Of the strikes that can be told, none is so close."),)
        return (words.text("No creator is one step from a LIVE suspension."),)
    told = words.plural(
        "{count} creator in all, {managed} of them in an agency.",
        "{count} creators in all, {managed} of them in an agency.",
        steps.creators,
        count=voice.number(steps.creators),
        managed=voice.number(steps.managed),
    )
    shown = sum(line.agency is not None for line in steps.lines)
    if shown == steps.agencies:
        return (told,)
    few = words.text(
        "Shown: the {shown} agencies with most of them, out of {agencies}.",
        shown=voice.number(shown),
        agencies=voice.number(steps.agencies),
    )
    return (told, few)


def _steps_untold(
    steps: StepsAway, *, voice: Voice, words: Translator
) -> Iterator[str]:
    """Say what the list had to leave out."""
    if steps.untold:
        yield words.plural(
            "Left out: {count} penalty that does not say whether it is a strike.",
            "Left out: {count} penalties that do not say whether they are strikes.",
            steps.untold,
            count=voice.number(steps.untold),
        )
    if steps.unplaced:
        yield words.plural(
            "Left out: {count} strike whose policy is none of the tree's leaves.",
            "Left out: {count} strikes whose policy is none of the tree's leaves.",
            steps.unplaced,
            count=voice.number(steps.unplaced),
        )


def _steps_table(
    steps: StepsAway, *, title: str, voice: Voice, words: Translator
) -> Table:
    return Table(
        caption=title,
        headers=(
            words.text("Agency"),
            words.text("Creators"),
            words.text("Next penalty, at most"),
            words.text("Policy areas"),
        ),
        rows=tuple(
            (
                line.agency or words.text("no agency"),
                voice.number(line.creators),
                line.next_penalty.of(words.language),
                ", ".join(area.of(words.language) for area in line.areas),
            )
            for line in steps.lines
        ),
        numeric=frozenset({1}),
    )


def _happenings(brief: Brief, *, voice: Voice, words: Translator) -> Section:
    title = words.text("The next 72 hours")
    told = tuple(
        _happening(event, brief, voice=voice, words=words) for event in brief.happenings
    )
    none = words.text("No match, holiday or release is in the calendar.")
    return Section(key="next", title=title, sentences=told or (none,))


def _happening(
    event: Happening, brief: Brief, *, voice: Voice, words: Translator
) -> str:
    """Return when, what and where; a market's own brief need not name it."""
    if event.start == event.end:
        when = day_name(event.start, voice=voice, words=words)
    else:
        when = voice.days(event.start, event.end)
    fields = {
        "when": _sentence_case(when),
        "name": event.name.of(words.language),
        "kind": event.kind.of(words.language),
    }
    if brief.market is not None:
        return words.text("{when}: {name} ({kind})", **fields)
    markets = ", ".join(event.markets)
    return words.text("{when}: {name} ({kind}; {markets})", markets=markets, **fields)


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def _freshness(brief: Brief, *, voice: Voice, words: Translator) -> Section:
    title = words.text("Freshness and completeness")
    table = Table(
        caption=title,
        headers=(
            words.text("Facts"),
            words.text("Newest event"),
            words.text("Behind"),
        ),
        rows=tuple(
            (
                source.table.of(words.language),
                voice.moment(source.newest_event_at, brief.zone),
                voice.duration(source.lag_hours),
            )
            for source in brief.freshness
        ),
        numeric=frozenset({2}),
    )
    return Section(
        key="freshness",
        title=title,
        sentences=(_completeness(brief, voice=voice, words=words),),
        table=table if brief.freshness else None,
    )


def _completeness(brief: Brief, *, voice: Voice, words: Translator) -> str:
    if brief.completeness is None:
        return words.text("How complete the day is cannot be told yet.")
    if brief.completeness >= WHOLE:
        return words.text("The day is complete.")
    share = voice.percent(brief.completeness, digits=1)
    return words.text("The day is {share} complete.", share=share)


def _caveats(brief: Brief, *, words: Translator) -> Section:
    told = (
        *(caveat_sentence(caveat, words=words) for caveat in brief.caveats),
        *_of_figures(brief, words=words),
    )
    none = words.text("Nothing to add.")
    return Section(
        key="caveats", title=words.text("Read with care"), sentences=told or (none,)
    )


def _of_figures(brief: Brief, *, words: Translator) -> Iterator[str]:
    """Say once what holds for several figures, after their names."""
    names: dict[str, list[str]] = {}
    for figure in brief.figures:
        for caveat in figure.caveats:
            sentence = caveat_sentence(caveat, words=words)
            names.setdefault(sentence, []).append(figure_name(figure, words=words))
    for sentence, figures in names.items():
        yield words.text(
            "{figures}: {sentence}", figures="; ".join(figures), sentence=sentence
        )
