"""What the doctor says of the desk: its keys, its records, and which command mends."""

from stat import S_IMODE

from atalaia.cli.desk_opening import has_desk, installation_of, opened_desk
from atalaia.cli.examination import Finding, State
from atalaia.cli.terminal import Terminal
from atalaia.desk.settings.installation import has_secrets
from atalaia.warehouse.place import NoDataError

__all__ = ["examined_desk"]

SUBJECT = "Desk"


def examined_desk(terminal: Terminal) -> Finding:
    """Look at the desk of a data folder; nothing is changed."""
    try:
        is_there = has_desk(terminal)
    except NoDataError:
        is_there = False
    if not is_there:
        return Finding(
            subject=SUBJECT, state=State.OPTIONAL, message="not set up yet", fields={}
        )
    installation = installation_of(terminal)
    folder = installation.secrets
    if not has_secrets(installation):
        return Finding(
            subject=SUBJECT,
            state=State.MISSING,
            message="no keys in {folder}: nobody can sign in, and the audit trail "
            "proves nothing",
            fields={"folder": folder},
            remedy="export ATALAIA_SECRETS=/path/of/the/keys",
        )
    if any(S_IMODE(path.stat().st_mode) & 0o077 for path in folder.glob("*.key")):
        return Finding(
            subject=SUBJECT,
            state=State.MISSING,
            message="others can read the keys in {folder}",
            fields={"folder": folder},
            remedy=f"chmod 600 {folder}/*.key",
        )
    return _records(terminal)


def _records(terminal: Terminal) -> Finding:
    installation = opened_desk(terminal)
    from atalaia.desk.shell.health import Health, health

    found = health(installation.place.root)
    if found is Health.UNREACHABLE:
        return Finding(
            subject=SUBJECT,
            state=State.MISSING,
            message="the records cannot be reached",
            fields={},
            remedy="systemctl status postgresql",
        )
    if found is Health.BEHIND:
        return Finding(
            subject=SUBJECT,
            state=State.MISSING,
            message="the records are older than this version",
            fields={},
            remedy=terminal.command("desk init"),
        )
    return Finding(
        subject=SUBJECT,
        state=State.FINE,
        message="keys and records are in {folder}",
        fields={"folder": installation.records},
    )
