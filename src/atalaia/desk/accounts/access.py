"""Who may see what: the only way to fetch an object for somebody.

Pages, exports and the API ask here with the actor and the right that they need; what
lies outside the actor's markets or agency is not there for them.
"""

from typing import TypeVar

from django.db.models import Q, QuerySet

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.models import Scoped
from atalaia.desk.accounts.rights import Right
from atalaia.desk.shell.errors import NotFoundError

__all__ = ["found", "locked", "seen"]

Row = TypeVar("Row", bound=Scoped)


def seen(model: type[Row], *, by: Actor, right: Right) -> QuerySet[Row]:
    """Return the rows that an actor may see by a right; none without the right."""
    reached = Q(pk__in=())
    for grant in by.grants_with(right):
        # An empty condition is every row, yet "or" would take it for none.
        reached |= model.seen_with(grant) or Q(pk__isnull=False)
    return model._default_manager.filter(reached)


def found(model: type[Row], key: object, *, by: Actor, right: Right) -> Row:
    """Return one row by its key; raises NotFoundError where it is not theirs to see."""
    row = _one(seen(model, by=by, right=right), key)
    if row is None:
        raise NotFoundError(key=key)
    return row


def locked(model: type[Row], key: object, *, by: Actor, right: Right) -> Row:
    """Return one row to change; nobody else does until the transaction ends."""
    row = _one(seen(model, by=by, right=right).select_for_update(of=("self",)), key)
    if row is None:
        raise NotFoundError(key=key)
    return row


def _one(rows: QuerySet[Row], key: object) -> Row | None:
    return rows.filter(**{rows.model.key_field: key}).first()
