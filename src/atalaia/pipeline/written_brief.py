"""Keep a brief as files: the page that travels, and its text for a chat."""

from dataclasses import dataclass
from pathlib import Path

from atalaia.domain.trilingual import Language
from atalaia.language.catalogue import translator
from atalaia.language.format import Voice
from atalaia.reporting.contents.brief import Brief
from atalaia.reporting.contents.spoken import SpokenBrief
from atalaia.reporting.contents.wording.brief import speak
from atalaia.reporting.formats.chat_text import chat_text
from atalaia.reporting.formats.page import brief_page
from atalaia.warehouse.durable import replace_file
from atalaia.warehouse.place import Place

__all__ = ["WrittenBrief", "brief_file", "spoken_brief", "write_brief"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenBrief:
    """One page on disk; the text for a chat lies beside it, ending in .txt."""

    path: Path
    market: str | None
    language: str


def brief_file(brief: Brief, *, language: Language, place: Place) -> Path:
    """Return where the page of a brief lies unless somebody says otherwise."""
    name = f"{brief.market or 'region'}.{language}.html"
    return place.records / "briefs" / brief.day.isoformat() / name


def spoken_brief(brief: Brief, *, language: Language) -> SpokenBrief:
    """Put a brief into a language, in its market's way with numbers and dates."""
    voice = Voice(language=language, market=brief.market)
    return speak(brief, voice=voice, words=translator(language))


def write_brief(
    brief: Brief, *, language: Language, place: Place, path: Path | None = None
) -> WrittenBrief:
    """Write page and text, each replaced as a whole."""
    target = path or brief_file(brief, language=language, place=place)
    target.parent.mkdir(parents=True, exist_ok=True)
    spoken = spoken_brief(brief, language=language)
    page = brief_page(spoken)
    replace_file(target, page.encode())
    replace_file(target.with_suffix(".txt"), chat_text(spoken).encode())
    return WrittenBrief(path=target, market=brief.market, language=language)
