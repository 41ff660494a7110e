"""The rota in the reader's words, for its page, for Today and for a chat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from atalaia.desk.rooms.patrol.rota_queries import DutyLine, RotaDay
from atalaia.desk.shell.market_names import market_list
from atalaia.desk.shell.trade import trade
from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice

__all__ = ["DayShown", "LineShown", "rota_shown", "rota_text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineShown:
    """One duty; `name` is "" where nobody has it."""

    kind: str
    name: str
    is_mine: bool
    markets: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayShown:
    """One day; `without` are the markets in which nobody is on duty."""

    day: date
    title: str
    lines: tuple[LineShown, ...]
    without: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nobody is on duty anywhere."""
        return not any(line.name for line in self.lines)


def rota_shown(days: Sequence[RotaDay], *, voice: Voice) -> tuple[DayShown, ...]:
    """Return days as a page shows them."""
    return tuple(
        DayShown(
            day=each.day,
            title=f"{voice.weekday(each.day)}, {voice.day_and_month(each.day)}",
            lines=tuple(_line(line, voice=voice) for line in each.lines),
            without=each.without,
        )
        for each in days
    )


def rota_text(days: Sequence[DayShown], *, words: Translator) -> str:
    """Return days as a text for a chat."""
    said = [words.text("On duty")]
    for each in days:
        lines = [
            f"{line.kind}: {line.name or words.text('nobody yet')} ({line.markets})"
            for line in each.lines
        ]
        said.append(f"- {each.title}: {'; '.join(lines)}")
    return "\n".join(said)


def _line(line: DutyLine, *, voice: Voice) -> LineShown:
    return LineShown(
        kind=trade().reference.names.of(line.kind).of(voice.language),
        name=line.name,
        is_mine=line.is_mine,
        markets=market_list(line.markets, voice=voice),
    )
