"""`atalaia doctor`."""

from functools import partial

from rich.table import Table

from atalaia.cli.columns import table, texts
from atalaia.cli.desk_examining import examined_desk
from atalaia.cli.examination import Finding, Machine, State, examine
from atalaia.cli.terminal import InTerminal
from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice

__all__ = ["doctor"]

MACHINE_LACKS = 3


def doctor(*, terminal: InTerminal) -> int:
    """Say what is missing on this machine and which command mends it.

    The exit code is 0 when nothing needed is missing, and 3 otherwise.
    """
    machine = Machine(
        data=terminal.data,
        key_file=terminal.key_file,
        environment=terminal.environment,
        desk=partial(examined_desk, terminal),
    )
    findings = examine(machine)
    terminal.out.print(_table(findings, words=terminal.words))
    for finding in findings:
        if finding.remedy:
            subject = terminal.words.text(finding.subject)
            terminal.say(f"{subject}: {finding.remedy}")
    lacks = any(finding.state is State.MISSING for finding in findings)
    if lacks:
        terminal.say(
            terminal.words.text("Something is missing; the commands above mend it.")
        )
        return MACHINE_LACKS
    terminal.say(terminal.words.text("This machine has all that Atalaia needs."))
    return 0


def _fields(finding: Finding, *, voice: Voice) -> dict[str, str]:
    """Return what the message names, numbers as the reader writes them."""
    return {
        name: voice.number(value, digits=isinstance(value, float))
        if isinstance(value, int | float)
        else str(value)
        for name, value in finding.fields.items()
    }


def _table(findings: tuple[Finding, ...], *, words: Translator) -> Table:
    voice = Voice(language=words.language)
    states = {
        State.FINE: words.text("fine"),
        State.MISSING: words.text("missing"),
        State.OPTIONAL: words.text("optional"),
    }
    shown = table(
        texts(words.text("What")),
        texts(words.text("State")),
        texts(words.text("Found")),
    )
    for finding in findings:
        shown.add_row(
            words.text(finding.subject),
            states[finding.state],
            words.text(finding.message, **_fields(finding, voice=voice)),
        )
    return shown
