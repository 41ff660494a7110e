"""The hand-off that central reads: always in English, one content for every format."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["AskedDecision", "HandOff", "Line", "Section", "hand_off_from"]


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
class AskedDecision:
    """One decision of a bulk restore, by the ids that central finds it with."""

    decision: str
    session: str = ""
    policy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOff:
    """A case as central reads it.

    Attributes:
        reference: the key of the case, which every answer names.
        team: who is asked, by name.
        ask: the one thing asked for.
        decisions: all that it is asked for, where that is more than the case's own.
    """

    reference: str
    team: str
    ask: str
    sections: tuple[Section, ...]
    decisions: tuple[AskedDecision, ...] = ()

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
            "decisions": [
                [each.decision, each.session, each.policy] for each in self.decisions
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
        decisions=tuple(
            AskedDecision(decision=decision, session=session, policy=policy)
            # What was sent before there were lists of them holds none.
            for decision, session, policy in plain.get("decisions", ())
        ),
    )
