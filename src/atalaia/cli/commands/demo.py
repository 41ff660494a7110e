"""`atalaia demo`."""

from pathlib import Path

from atalaia.cli.commands.brief import brief
from atalaia.cli.commands.daily import run_daily
from atalaia.cli.commands.simulate import Sessions, write_world
from atalaia.cli.opening import is_simulated
from atalaia.cli.options import Market
from atalaia.cli.terminal import InTerminal
from atalaia.language.format import Voice
from atalaia.pipeline.written_brief import spoken_brief
from atalaia.reporting.formats.terminal import terminal_brief

__all__ = ["demo"]

LARGEST_MARKET = "BR"


def demo(
    *,
    sessions: Sessions = None,
    market: Market = LARGEST_MARKET,
    terminal: InTerminal,
) -> None:
    """Simulate a month of LIVE, run the day and print its brief, in one go.

    A second run goes on with the world that is there; asked for a number of sessions
    it refuses, for two worlds must not mix.
    """
    words, voice = terminal.words, Voice(language=terminal.language)
    began = terminal.clock()
    if sessions is not None or not is_simulated(terminal):
        receipt = write_world(terminal, plan=None, sessions=sessions, seed=None)
        took = (terminal.clock() - began).total_seconds()
        terminal.err.print(
            words.text(
                "Simulate: {seconds} s ({sessions} sessions)",
                seconds=voice.number(took, digits=1),
                sessions=voice.number(receipt.sessions),
            ),
            markup=False,
        )
    run = run_daily(terminal, day=None, now=None, market=market)
    told = [each for each in run.told if each.market == market]
    if told:
        spoken = spoken_brief(told[0], language=terminal.language)
        terminal.out.print(terminal_brief(spoken))
    else:
        brief(market=market, terminal=terminal)
    for written in run.briefs:
        if (written.language, written.market) == (terminal.language, market):
            terminal.say(words.text("Page: {file}", file=terminal.near(written.path)))
    for label, path in _places(terminal.data).items():
        terminal.say(words.text(label, folder=terminal.near(path)))
    took = (terminal.clock() - began).total_seconds()
    terminal.say(words.text("Ready in {seconds} s.", seconds=voice.number(took)))


_PLACE_MESSAGES = (
    "Briefs: {folder}",
    "Facts: {folder}",
    "Truth: {folder}",
)


def _places(data: Path) -> dict[str, Path]:
    root = data.resolve()
    folders = (root / "records" / "briefs", root / "facts", root / "truth")
    return dict(zip(_PLACE_MESSAGES, folders, strict=True))
