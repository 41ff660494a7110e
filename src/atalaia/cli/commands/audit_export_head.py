"""`atalaia audit export-head`."""

from atalaia.cli.desk_opening import opened_desk
from atalaia.cli.terminal import InTerminal

__all__ = ["export_head"]


def export_head(*, terminal: InTerminal) -> None:
    """Write the audit trail's head down outside the database.

    The schedule does it every day and a backup before it begins. Copy the file to
    where the desk cannot write: rows cut from the trail's end are found by it alone.
    """
    installation = opened_desk(terminal)
    from atalaia.desk.audit.exporting import export_head as export

    file = installation.heads_file
    now = installation.clock.at(terminal.clock())
    head = export(file, key=installation.audit_key, now=now)
    terminal.say(
        terminal.words.text("Head of row {seq} in {file}.", seq=head.seq, file=file)
    )
