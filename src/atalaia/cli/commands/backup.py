"""`atalaia backup`."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from atalaia.cli.desk_opening import opened_desk
from atalaia.cli.terminal import InTerminal

__all__ = ["backup"]

Into = Annotated[Path, Parameter(help="The file to write; it must not exist yet.")]


def backup(file: Into, *, terminal: InTerminal) -> None:
    """Write what people wrote down into one file, while they go on working.

    It holds the desk's records, the settings, the approved reference and the exported
    heads of the audit trail. It holds no key and no session: keep the keys apart from
    it. Facts are files of the data folder, to be copied with it.
    """
    installation = opened_desk(terminal)
    from atalaia.desk.running.backup import back_up
    from atalaia.desk.running.migrating import require_present

    if file.exists():
        raise FileExistsError(17, "File exists", str(file))
    require_present()
    now = installation.clock.at(terminal.clock())
    done = back_up(installation, file, now=now)
    words = terminal.words
    terminal.say(
        words.text(
            "{file}: {rows} rows, {files} files.",
            file=file,
            rows=done.rows,
            files=done.files,
        )
    )
    terminal.say(
        words.text(
            "Keep apart from it: {secrets} and {key}. Without them it cannot be "
            "proven, and nobody's pseudonym can be made again.",
            secrets=installation.secrets,
            key=terminal.key_file,
        )
    )
