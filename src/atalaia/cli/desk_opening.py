"""Start the desk for a command: its settings, then Django; no other command needs them.

What is imported from the desk's apps is imported after this, inside the command: Django
has no models before it knows its settings.
"""

import os

from atalaia.cli.terminal import DATA_VARIABLE, Terminal
from atalaia.desk.settings.databases import FILE
from atalaia.desk.settings.installation import (
    Installation,
    has_secrets,
    read_installation,
)
from atalaia.domain.errors import StateError

__all__ = [
    "SETTINGS_VARIABLE",
    "NoDeskError",
    "has_desk",
    "installation_of",
    "opened_desk",
]

SETTINGS_VARIABLE = "DJANGO_SETTINGS_MODULE"
SETTINGS = "atalaia.desk.settings.project"


class NoDeskError(StateError):
    """The keys of a desk are not where they should be."""

    message = "There are no keys of a desk for '{root}' in '{folder}'."
    next_step = (
        "Run 'atalaia desk init' to set one up; where one was set up, name the folder "
        "of its keys in ATALAIA_SECRETS."
    )


def installation_of(terminal: Terminal) -> Installation:
    """Return what the installation of a command says of its desk.

    Raises:
        NoDataError: the folder holds no data.
        ReferenceDataError: a setting that does not exist or cannot be so.
    """
    named = {DATA_VARIABLE: str(terminal.data.resolve())}
    return read_installation({**terminal.environment, **named})


def has_desk(terminal: Terminal) -> bool:
    """Whether the installation keeps records of a desk; nothing is opened."""
    installation = installation_of(terminal)
    if installation.database:
        return True
    return (installation.records / FILE).is_file()


def opened_desk(terminal: Terminal) -> Installation:
    """Set Django up for the desk of a command's data folder.

    Raises:
        NoDeskError: no desk was set up here, or its keys are elsewhere.
    """
    installation = installation_of(terminal)
    if not has_secrets(installation):
        raise NoDeskError(root=terminal.data, folder=installation.secrets)
    # One process serves one installation: what it starts (a server) inherits this.
    os.environ[DATA_VARIABLE] = str(terminal.data.resolve())
    os.environ[SETTINGS_VARIABLE] = SETTINGS
    import django

    django.setup()
    return installation
