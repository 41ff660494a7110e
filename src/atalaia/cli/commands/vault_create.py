"""`atalaia vault create`."""

from atalaia.cli.terminal import InTerminal
from atalaia.warehouse.place import create_place
from atalaia.warehouse.vault import create_vault

__all__ = ["create"]


def create(*, terminal: InTerminal) -> None:
    """Make the vault: from now on ingest remembers in it who each pseudonym is.

    Whoever came in before is not in it. It lies beside the key, or where ATALAIA_VAULT
    says; delete the file and nobody can be revealed any more. One that exists stays.
    """
    vault = create_vault(terminal.vault_file, place=create_place(terminal.data))
    terminal.say(terminal.words.text("Vault: {file}", file=vault.path))
