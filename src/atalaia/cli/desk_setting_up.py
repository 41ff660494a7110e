"""Set a desk up: whatever it lacks is made, whatever it has stays."""

from atalaia.cli.desk_opening import installation_of, opened_desk
from atalaia.cli.terminal import Terminal
from atalaia.desk.settings.clock import start_clock
from atalaia.desk.settings.installation import Installation, create_secrets
from atalaia.warehouse.place import create_place

__all__ = ["open_up_to_date", "set_up"]


def set_up(terminal: Terminal) -> None:
    """Make keys and records where there are none, and bring those there up to date."""
    place = create_place(terminal.data)
    create_secrets(installation_of(terminal))
    start_clock(place, real=terminal.clock())
    open_up_to_date(terminal)


def open_up_to_date(terminal: Terminal) -> Installation:
    """Open the desk with its records brought to the form of this version.

    Raises:
        NoDeskError: its keys are not there. NewerRecordsError.
    """
    installation = opened_desk(terminal)
    from atalaia.desk.running.migrating import migrate

    migrate()
    return installation
