"""`atalaia simulate`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from atalaia.cli.refusals import BadCountError
from atalaia.cli.terminal import InTerminal, Terminal
from atalaia.domain.reference import load_reference
from atalaia.language.format import Voice
from atalaia.simulation.world import Progress as DayDone
from atalaia.simulation.world import WorldReceipt, load_plan
from atalaia.simulation.world import simulate as simulate_world
from atalaia.warehouse.place import create_place

__all__ = ["Sessions", "simulate", "write_world"]

Sessions = Annotated[
    int | None,
    Parameter(help="How many LIVE sessions; the plan's own number when left out."),
]


def simulate(
    *,
    plan: Annotated[
        Path | None,
        Parameter(help="A YAML file with a plan; the demo's when left out."),
    ] = None,
    sessions: Sessions = None,
    seed: Annotated[
        int | None, Parameter(help="The same seed writes the same bytes.")
    ] = None,
    terminal: InTerminal,
) -> None:
    """Write a simulated LIVE platform into the landing folder, with its truth beside.

    What is written are proposals of facts: 'atalaia daily' takes them in.
    """
    receipt = write_world(terminal, plan=plan, sessions=sessions, seed=seed)
    words = terminal.words
    terminal.say(
        words.text(
            "Simulated {sessions} sessions up to {day}.",
            sessions=Voice(language=terminal.language).number(receipt.sessions),
            day=receipt.last_day,
        )
    )
    terminal.say(words.text("Facts: {folder}", folder=terminal.near(receipt.facts)))
    terminal.say(words.text("Truth: {folder}", folder=terminal.near(receipt.truth)))
    terminal.say(words.text("Next: {command}", command=terminal.command("daily")))


def write_world(
    terminal: Terminal, *, plan: Path | None, sessions: int | None, seed: int | None
) -> WorldReceipt:
    """Simulate into the data folder with a progress bar on standard error."""
    # Before anything is written: a refused number leaves no folder behind.
    if sessions is not None and sessions < 1:
        raise BadCountError(value=sessions, name="--sessions")
    place = create_place(terminal.data)
    reference = load_reference(place.reference)
    world = load_plan(plan, reference=reference)
    world = world if sessions is None else world.of_size(sessions=sessions)
    world = world if seed is None else replace(world, seed=seed)
    with _bar(terminal, total=world.sessions) as done:
        return simulate_world(
            world,
            into=place.landing,
            truth=place.root / "truth",
            reference=reference,
            progress=done,
        )


@contextmanager
def _bar(terminal: Terminal, *, total: int) -> Iterator[DayDone]:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    is_seen = terminal.err.is_terminal
    with Progress(
        *columns, console=terminal.err, transient=True, disable=not is_seen
    ) as bar:
        task: TaskID = bar.add_task(terminal.words.text("Simulating"), total=total)

        def done(day: date, sessions: int) -> None:
            bar.update(task, completed=sessions, description=day.isoformat())

        yield done
