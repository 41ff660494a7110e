"""`atalaia upgrade`."""

from atalaia.cli.terminal import InTerminal
from atalaia.warehouse.upgrade import upgrade as upgrade_data

__all__ = ["upgrade"]


def upgrade(*, terminal: InTerminal) -> None:
    """Bring the data folder to the format of this version; it is backed up first.

    Data of a newer version is refused and stays as it is.
    """
    receipt = upgrade_data(terminal.data, now=terminal.clock())
    words = terminal.words
    if receipt.backup is None:
        terminal.say(
            words.text("The data has format {found} already.", found=receipt.found)
        )
        return
    for step in receipt.steps:
        terminal.say(step)
    terminal.say(
        words.text(
            "The data went from format {found} to {reached}; the backup is {folder}.",
            found=receipt.found,
            reached=receipt.reached,
            folder=receipt.backup,
        )
    )
