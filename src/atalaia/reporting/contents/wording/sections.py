"""The parts of the brief below the figures, each a title, sentences and a table."""

from typing import Any

from atalaia.domain.trilingual import Trilingual
from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice
from atalaia.reporting.contents.brief import Brief, Caveat, Happening, Owed
from atalaia.reporting.contents.spoken import Section, Table
from atalaia.reporting.contents.wording.amounts import day_name
from atalaia.reporting.contents.wording.movers import mover_sentence

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
    told = [mover_sentence(m, voice=voice, words=words) for m in brief.movers]
    none = words.text("No slice moved more than chance alone would move it.")
    return Section(
        key="movers",
        title=words.text("What moved: seven days against the seven before"),
        sentences=tuple(told) or (none,),
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
    if brief.steps_away is None:
        none = words.text("No penalty is on record, so that nobody can tell.")
        return Section(key="steps", title=title, sentences=(none,))
    if not brief.steps_away:
        none = words.text("No creator is one step from a LIVE suspension.")
        return Section(key="steps", title=title, sentences=(none,))
    table = Table(
        caption=title,
        headers=(
            words.text("Agency"),
            words.text("Policy area"),
            words.text("Next penalty"),
            words.text("Creators"),
        ),
        rows=tuple(
            (
                step.agency or words.text("no agency"),
                voice.listed([area.of(words.language) for area in step.areas]),
                step.next_penalty.of(words.language),
                voice.number(step.creators, digits=0),
            )
            for step in brief.steps_away
        ),
        numeric=frozenset({3}),
    )
    return Section(key="steps", title=title, table=table)


def _happenings(brief: Brief, *, voice: Voice, words: Translator) -> Section:
    title = words.text("The next 72 hours")
    told = tuple(
        _happening(event, voice=voice, words=words) for event in brief.happenings
    )
    none = words.text("No match, holiday or release is in the calendar.")
    return Section(key="next", title=title, sentences=told or (none,))


def _happening(event: Happening, *, voice: Voice, words: Translator) -> str:
    fields = {
        "name": event.name.of(words.language),
        "kind": event.kind.of(words.language),
        "markets": voice.listed(event.markets),
    }
    if event.start == event.end:
        day = day_name(event.start, voice=voice, words=words)
        return words.text("{day} · {name} ({kind}; {markets})", day=day, **fields)
    days = voice.date_range(event.start, event.end)
    return words.text("{days} · {name} ({kind}; {markets})", days=days, **fields)


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
    share = voice.percent(brief.completeness, digits=1)
    return words.text("The day is {share} complete.", share=share)


def _caveats(brief: Brief, *, words: Translator) -> Section:
    told = tuple(_caveat(caveat, words=words) for caveat in brief.caveats)
    none = words.text("Nothing to add.")
    return Section(
        key="caveats", title=words.text("Read with care"), sentences=told or (none,)
    )


def _caveat(caveat: Caveat, *, words: Translator) -> str:
    fields: dict[str, Any] = {
        name: value.of(words.language) if isinstance(value, Trilingual) else value
        for name, value in caveat.fields.items()
    }
    return words.text(caveat.message, **fields)
