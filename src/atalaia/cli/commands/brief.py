"""`atalaia brief`."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from atalaia.cli.opening import Opened, moment, opened, reading_of
from atalaia.cli.options import Day, Market, Moment
from atalaia.cli.terminal import InTerminal
from atalaia.cli.written import print_text
from atalaia.pipeline.business_day import last_complete_day, require_day
from atalaia.pipeline.written_brief import spoken_brief, write_brief
from atalaia.reporting.contents.brief import Brief
from atalaia.reporting.contents.compose import compose_brief
from atalaia.reporting.formats.chat_text import chat_text
from atalaia.reporting.formats.terminal import terminal_brief

__all__ = ["brief"]


def brief(
    *,
    market: Market = None,
    day: Day = None,
    now: Moment = None,
    out: Annotated[
        Path | None, Parameter(help="Where to write the page; in the data folder else.")
    ] = None,
    text: Annotated[
        bool, Parameter(negative=(), help="Print it as plain text for a chat.")
    ] = False,
    terminal: InTerminal,
) -> None:
    """Print the day's brief and write it as one page that needs nothing else.

    The page holds its charts and a button that copies the brief as text.
    """
    at = moment(terminal, now=now)
    words = terminal.words
    with (
        terminal.err.status(words.text("Computing the brief")),
        opened(terminal) as installation,
    ):
        composed = _composed(installation, market=market, day=day, at=at)
        written = write_brief(
            composed, language=terminal.language, place=installation.place, path=out
        )
    spoken = spoken_brief(composed, language=terminal.language)
    if text:
        print_text(chat_text(spoken), terminal=terminal)
    else:
        terminal.out.print(terminal_brief(spoken))
    terminal.err.print(
        words.text("Page: {file}", file=terminal.near(written.path)), markup=False
    )


def _composed(
    installation: Opened, *, market: str | None, day: date | None, at: datetime
) -> Brief:
    facts = reading_of(installation, as_of=at)
    if day is not None:
        require_day(facts, day=day)
    return compose_brief(
        facts,
        installation.reference,
        market=market,
        day=day or last_complete_day(facts, now=at),
        now=at,
        snapshot=facts.facts.snapshot.id,
    )
