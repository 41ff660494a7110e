"""Erase people from the desk as well, where there is one."""

from collections.abc import Iterable

from atalaia.cli.desk_opening import has_desk, opened_desk
from atalaia.cli.terminal import Terminal
from atalaia.warehouse.cleaning import tables_of
from atalaia.warehouse.place import Place
from atalaia.warehouse.pseudonyms import (
    Pseudonymiser,
    has_fingerprint,
    known_pseudonymiser,
    open_pseudonymiser,
)
from atalaia.warehouse.sought import Sought

__all__ = ["erase_at_desk", "finding_key", "named_at_desk"]


def finding_key(terminal: Terminal, *, place: Place) -> Pseudonymiser:
    """Open the key by which people are found; a desk without facts may have none yet.

    Raises:
        NoFingerprintError: there are facts, and they do not say with which key they
            were written.
        WrongKeyError, NoKeyError, KeyInsideDataError, ExposedKeyError,
        UnreadableKeyError: as `open_pseudonymiser`.
    """
    has_facts = any(tables_of(place))
    if has_desk(terminal) and not has_facts and not has_fingerprint(place):
        return open_pseudonymiser(terminal.key_file, place=place)
    return known_pseudonymiser(terminal.key_file, place=place)


def named_at_desk(people: Sought, *, terminal: Terminal) -> frozenset[str]:
    """Return the digests of those people whom the desk names."""
    if not has_desk(terminal):
        return frozenset()
    opened_desk(terminal)
    from atalaia.desk.audit.erasure import named_subjects

    return named_subjects(people)


def erase_at_desk(people: Iterable[Sought], *, terminal: Terminal) -> None:
    """Empty the desk's records of people, destroy their keys, and say how many."""
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
    records = sum(each.records for each in done)
    if records:
        terminal.say(
            terminal.words.text("Records of the desk emptied: {n}.", n=records)
        )
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
