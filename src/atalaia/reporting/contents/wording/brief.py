"""The whole brief in one language."""

from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice
from atalaia.reporting.contents.brief import Brief
from atalaia.reporting.contents.spoken import SpokenBrief, SpokenFigure, SpokenPair
from atalaia.reporting.contents.wording.figures import speak_figure
from atalaia.reporting.contents.wording.headline import headline
from atalaia.reporting.contents.wording.sections import speak_sections

__all__ = ["speak"]


def speak(brief: Brief, *, voice: Voice, words: Translator) -> SpokenBrief:
    """Put a brief into words; `voice` and `words` must be of one language."""
    figures = tuple(
        speak_figure(figure, marks=brief.marks, voice=voice, words=words)
        for figure in brief.figures
    )
    return SpokenBrief(
        language=str(voice.locale).replace("_", "-"),
        title=words.text(
            "LIVE safety brief: {market}, {weekday} {day}",
            market=brief.market_name.of(words.language),
            day=voice.date(brief.day),
            weekday=voice.weekday(brief.day),
        ),
        subtitle=words.text(
            "Data as of {time} ({zone}).",
            time=voice.moment(brief.as_of, brief.zone),
            zone=brief.zone,
        ),
        headline_title=words.text("Headline"),
        headline=headline(brief, voice=voice, words=words),
        figures_title=words.text("Key figures"),
        figures=figures,
        pairs_title=words.text("Read together"),
        pairs=_pairs(brief, figures, words=words),
        sections=speak_sections(brief, voice=voice, words=words),
        provenance=words.text(
            "Snapshot {snapshot}, metric catalogue {catalogue}.",
            snapshot=brief.snapshot,
            catalogue=brief.catalogue_hash[:12],
        ),
        copy_label=words.text("Copy as text"),
        copied_label=words.text("Copied"),
        copy_failed_label=words.text("Select the text below and copy it"),
        chat_label=words.text("Text for a chat"),
        table_label=words.text("Table"),
    )


def _pairs(
    brief: Brief, figures: tuple[SpokenFigure, ...], *, words: Translator
) -> tuple[SpokenPair, ...]:
    by_code = {figure.code: figure for figure in figures}
    return tuple(
        SpokenPair(
            why=words.text(pair.why),
            figures=tuple(by_code[code] for code in pair.metrics if code in by_code),
        )
        for pair in brief.pairs
    )
