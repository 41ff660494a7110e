"""What accounts hold of people: of those who sign in, nothing of creators."""

from atalaia.desk.shell.held import Held

__all__ = ["HELD"]

HELD = (
    Held(
        model="accounts.Person",
        kept=("password", "email", "name", "language", "theme", "density"),
    ),
    Held(model="accounts.RoleGrant", kept=("role", "market", "agency_id")),
)
