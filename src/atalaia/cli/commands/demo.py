"""`atalaia demo`."""

from pathlib import Path

from rich.table import Table

from atalaia.cli.commands.brief import brief
from atalaia.cli.commands.daily import run_daily
from atalaia.cli.commands.simulate import Sessions, write_world
from atalaia.cli.demo_desk import DemoDesk, set_up_demo_desk
from atalaia.cli.opening import is_simulated
from atalaia.cli.options import Market
from atalaia.cli.terminal import InTerminal, Terminal
from atalaia.domain.reference import load_reference
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
    """Simulate a month of LIVE, set its desk up, run the day and print its brief.

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
    desk = _peopled(terminal, voice=voice)
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
    _tell_sign_ins(desk, terminal=terminal)


def _peopled(terminal: Terminal, *, voice: Voice) -> DemoDesk:
    """Set the desk up with a line on how long it took."""
    words, began = terminal.words, terminal.clock()
    with terminal.err.status(words.text("Setting the desk up")):
        desk = set_up_demo_desk(terminal)
    took = (terminal.clock() - began).total_seconds()
    terminal.err.print(
        words.text(
            "Set the desk up: {seconds} s (cases entered: {count})",
            seconds=voice.number(took, digits=1),
            count=voice.number(desk.entered),
        ),
        markup=False,
    )
    return desk


def _tell_sign_ins(desk: DemoDesk, *, terminal: Terminal) -> None:
    """Say who can sign in and how; nothing else ever writes these passwords down."""
    words = terminal.words
    names = load_reference(terminal.data / "reference").names
    terminal.say("")
    if not desk.has_proposals:
        terminal.say(
            words.text("The facts held this world's cases already: the desk has none.")
        )
    terminal.say(words.text("Sign-ins of the desk, on this machine only:"))
    table = Table(box=None, pad_edge=False)
    for header in (words.text("Person"), words.text("E-mail"), words.text("Password")):
        table.add_column(header, no_wrap=True)
    for each in desk.sign_ins:
        role = names.of(each.role).of(terminal.language)
        table.add_row(f"{each.name} ({role})", each.email, each.password)
    terminal.out.print(table)
    terminal.say(words.text("Next: {command}", command=terminal.command("serve")))
    terminal.say(words.text("The desk then answers at {url}.", url=desk.url))


_PLACE_MESSAGES = (
    "Briefs: {folder}",
    "Facts: {folder}",
    "Truth: {folder}",
)


def _places(data: Path) -> dict[str, Path]:
    root = data.resolve()
    folders = (root / "records" / "briefs", root / "facts", root / "truth")
    return dict(zip(_PLACE_MESSAGES, folders, strict=True))
