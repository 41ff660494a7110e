"""Values that name something of the reference data must name it rightly."""

from collections.abc import Mapping

from atalaia.desk.casework.answers import COLUMNS
from atalaia.desk.casework.errors import UnknownValueError
from atalaia.desk.shell.trade import trade
from atalaia.domain.nearest import nearest

__all__ = ["must_be_known"]


def must_be_known(references: Mapping[str, str]) -> None:
    """Refuse a column, policy or trap that does not exist; UnknownValueError."""
    for name in references:
        _check(name, known=COLUMNS, kind="references")
    reference = trade().reference
    policies = (*reference.policies.groups, *reference.policies.by_id)
    lists = {
        "policy_id": policies,
        "trap_id": tuple(trap.id for trap in reference.traps),
    }
    for name, known in lists.items():
        value = references.get(name, "").strip()
        if value:
            _check(value, known=known, kind=name)


def _check(value: str, *, known: tuple[str, ...], kind: str) -> None:
    if value not in known:
        raise UnknownValueError(value=value, kind=kind, nearest=nearest(value, known))
