"""`atalaia daily`."""

from atalaia.cli.opening import is_simulated, moment, opened, vault_of
from atalaia.cli.options import Day, Market, Moment
from atalaia.cli.terminal import InTerminal, Terminal
from atalaia.cli.watching import StepLines
from atalaia.domain.errors import AtalaiaError
from atalaia.pipeline.daily import DailyReceipt, Workshop, run_day
from atalaia.warehouse.place import create_place
from atalaia.warehouse.pseudonyms import open_pseudonymiser

__all__ = ["daily", "run_daily"]

SOME_REFUSED = 2


def daily(
    *,
    day: Day = None,
    now: Moment = None,
    market: Market = None,
    terminal: InTerminal,
) -> int:
    """Take in what landed, measure, watch and write the day's brief.

    A run that was stopped goes on where it was when the same command is run again.
    The exit code is 2 when a file was refused; what could be taken in is in the brief.
    """
    receipt = run_daily(terminal, day=day, now=now, market=market)
    words = terminal.words
    for written in receipt.briefs:
        if written.language == terminal.language:
            terminal.say(words.text("Page: {file}", file=terminal.near(written.path)))
    terminal.say(words.text("Next: {command}", command=terminal.command("brief")))
    return SOME_REFUSED if receipt.refused else 0


def run_daily(
    terminal: Terminal, *, day: Day, now: Moment, market: Market
) -> DailyReceipt:
    """Run the day with one line of progress a step."""
    is_set = now is not None or is_simulated(terminal)
    place = create_place(terminal.data)
    lines = StepLines(terminal)
    with opened(terminal) as installation:
        if market is not None:
            installation.reference.markets.of(market)
        workshop = Workshop(
            place=place,
            reference=installation.reference,
            definitions=installation.definitions,
            engine=installation.engine,
            pseudonymiser=open_pseudonymiser(terminal.key_file, place=place),
            tombstone_file=terminal.tombstone_file,
            vault=vault_of(terminal, place=place),
            clock=terminal.clock,
        )
        try:
            return run_day(
                workshop,
                day=day,
                now=moment(terminal, now=now) if is_set else None,
                markets=(None,) if market is None else (None, market),
                progress=lines,
            )
        except (AtalaiaError, KeyboardInterrupt):
            lines.stopped()
            raise
