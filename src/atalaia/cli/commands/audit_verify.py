"""`atalaia audit verify`."""

from atalaia.cli.desk_opening import opened_desk
from atalaia.cli.terminal import InTerminal, Terminal

__all__ = ["verify"]

BROKEN = 1


def verify(*, terminal: InTerminal) -> int:
    """Follow the audit trail from its first row and name the first that is wrong.

    Rows altered, removed, put in or moved are found by the trail's key; rows cut from
    its end by the heads that were exported outside the database. The exit code is 1
    when something is wrong.
    """
    installation = opened_desk(terminal)
    from atalaia.desk.audit.heads import read_heads
    from atalaia.desk.audit.verification import verify as follow

    key = installation.audit_key
    report = follow(key=key, heads=read_heads(installation.heads_file, key=key))
    words = terminal.words
    for head in report.restored:
        terminal.say(
            words.text(
                "On {day} a backup was put back: the trail went on behind row {seq}.",
                day=head.at.date().isoformat(),
                seq=head.seq,
            )
        )
    if report.finding is not None:
        finding = report.finding
        terminal.say(
            words.text(
                finding.message,
                seq=finding.seq,
                found=finding.found,
                day=finding.day,
            )
        )
        terminal.say(
            words.text(
                "Rows before it are whole: {rows}. Keep a copy of the database and of "
                "{file}, find out who could write to them since the last export, and "
                "restore a backup of before.",
                rows=report.rows,
                file=installation.heads_file,
            )
        )
        return BROKEN
    _tell_whole(report.rows, heads=report.heads, terminal=terminal)
    return 0


def _tell_whole(rows: int, *, heads: int, terminal: Terminal) -> None:
    words = terminal.words
    terminal.say(
        words.plural(
            "The audit trail is whole: {count} row.",
            "The audit trail is whole: {count} rows.",
            rows,
        )
    )
    if heads:
        terminal.say(
            words.plural(
                "It agrees with {count} exported head.",
                "It agrees with {count} exported heads.",
                heads,
            )
        )
        return
    command = terminal.command("audit export-head")
    terminal.say(
        words.text(
            "No head was exported yet: rows cut from the end would not be found. Run "
            "'{command}' every day.",
            command=command,
        )
    )
