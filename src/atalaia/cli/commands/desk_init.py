"""`atalaia desk init`."""

from typing import Annotated

from cyclopts import Parameter

from atalaia.cli.desk_opening import installation_of
from atalaia.cli.desk_setting_up import set_up
from atalaia.cli.terminal import InTerminal, Terminal

__all__ = ["init"]

Admin = Annotated[
    str | None,
    Parameter(help="The e-mail address of the first administrator."),
]


def init(*, admin: Admin = None, terminal: InTerminal) -> None:
    """Set the desk up: keys, records, and the first administrator.

    It can be run again, and is after every new version: keys and records that are
    there stay, and records are brought up to date. No key is ever printed; the
    administrator gets a link that sets a password once.
    """
    set_up(terminal)
    words = terminal.words
    installation = installation_of(terminal)
    terminal.say(words.text("Records: {place}", place=_records()))
    terminal.say(
        words.text(
            "Keys: {folder}. Keep a copy of them apart from the backups: without them "
            "the audit trail proves nothing and second steps of sign-in are lost.",
            folder=installation.secrets,
        )
    )
    if admin is not None:
        _admit(admin, terminal=terminal)
    command = terminal.command("serve")
    terminal.say(words.text("Next: {command}", command=command))


def _admit(email: str, *, terminal: Terminal) -> None:
    from atalaia.desk.running.first_admin import make_admin

    now = installation_of(terminal).clock.at(terminal.clock())
    link = make_admin(email, now=now)
    words = terminal.words
    if link is None:
        terminal.say(
            words.text(
                "{person} is an administrator; the password stays as it is.",
                person=email,
            )
        )
        return
    terminal.say(
        words.text(
            "{person} sets a password here, once, within three days:", person=email
        )
    )
    terminal.say(link)


def _records() -> str:
    """Return where the records lie; of a server's address, no name and no password."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    return f"{database.get('HOST', '')} {database['NAME']}".strip()
