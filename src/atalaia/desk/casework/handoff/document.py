"""The hand-off that central reads: always in English, one content for every format."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["HandOff", "Line", "Section", "hand_off_from"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing told.

    Attributes:
        is_quote: words as they were said, which pages show folded.
    """

    label: str
    text: str
    is_quote: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOff:
    """A case as central reads it.

    Attributes:
        reference: the key of the case, which every answer names.
        team: who is asked, by name.
        ask: the one thing asked for.
    """

    reference: str
    team: str
    ask: str
    sections: tuple[Section, ...]

    @property
    def lines(self) -> Iterator[Line]:
        """All that is told, in order."""
        for section in self.sections:
            yield from section.lines

    @property
    def plain(self) -> dict[str, Any]:
        """The whole of it as plain values, as the desk keeps what it sent."""
        return {
            "reference": self.reference,
            "team": self.team,
            "ask": self.ask,
            "sections": [
                {
                    "title": section.title,
                    "lines": [
                        [line.label, line.text, line.is_quote] for line in section.lines
                    ],
                }
                for section in self.sections
            ],
        }


def hand_off_from(plain: Mapping[str, Any]) -> HandOff:
    """Read a hand-off as it was kept."""
    return HandOff(
        reference=plain["reference"],
        team=plain["team"],
        ask=plain["ask"],
        sections=tuple(
            Section(
                title=section["title"],
                lines=tuple(
                    Line(label=label, text=text, is_quote=is_quote)
                    for label, text, is_quote in section["lines"]
                ),
            )
            for section in plain["sections"]
        ),
    )
