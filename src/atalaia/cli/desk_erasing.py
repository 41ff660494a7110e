"""Erase people from the desk's audit trail as well, where there is a desk."""

from collections.abc import Iterable

from atalaia.cli.desk_opening import has_desk, opened_desk
from atalaia.cli.terminal import Terminal
from atalaia.warehouse.sought import Sought

__all__ = ["erase_at_desk", "named_at_desk"]


def named_at_desk(people: Sought, *, terminal: Terminal) -> frozenset[str]:
    """Return the digests of those people whom the desk's trail names."""
    if not has_desk(terminal):
        return frozenset()
    opened_desk(terminal)
    from atalaia.desk.audit.erasure import named_subjects

    return named_subjects(people)


def erase_at_desk(people: Iterable[Sought], *, terminal: Terminal) -> None:
    """Destroy the keys that the desk's trail keeps of people, and say how many."""
    if not has_desk(terminal):
        return
    installation = opened_desk(terminal)
    from atalaia.desk.accounts.actor import COMMAND
    from atalaia.desk.audit.erasure import erase_subjects
    from atalaia.desk.running.alone import alone

    now = installation.clock.at(terminal.clock())
    # A row must not be on its way out while its subject is erased.
    with alone("publish"):
        done = [erase_subjects(each, by=COMMAND, now=now) for each in people]
    keys, rows = sum(each.keys for each in done), sum(each.rows for each in done)
    if keys or rows:
        terminal.say(
            terminal.words.text(
                "Keys of the audit trail destroyed: {keys}. Rows that waited to be "
                "published, removed: {rows}.",
                keys=keys,
                rows=rows,
            )
        )
