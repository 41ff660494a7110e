"""`atalaia vault reveal`."""

from typing import Annotated

from cyclopts import Parameter

from atalaia.cli.opening import moment
from atalaia.cli.options import Moment
from atalaia.cli.terminal import InTerminal
from atalaia.warehouse.place import open_place
from atalaia.warehouse.vault import open_vault

__all__ = ["reveal"]


def reveal(
    pseudonym: Annotated[str, Parameter(help="The pseudonym, as a table shows it.")],
    *,
    by: Annotated[str, Parameter(help="Who asks.")],
    why: Annotated[str, Parameter(help="Why they may know, such as a case.")],
    now: Moment = None,
    terminal: InTerminal,
) -> None:
    """Say who a pseudonym is; who asked, when and why is kept before it is said."""
    place = open_place(terminal.data)
    vault = open_vault(terminal.vault_file, place=place)
    at = moment(terminal, now=now)
    terminal.say(vault.reveal(pseudonym, by=by, why=why, now=at))
