"""Which creators somebody works for already."""

from collections.abc import Mapping, Sequence

from atalaia.desk.accounts.access import seen
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.models import Case

__all__ = ["open_cases_of"]


def open_cases_of(creators: Sequence[str], *, by: Actor) -> Mapping[str, str]:
    """Return the newest open case of each creator, as far as somebody sees cases."""
    rows = seen(Case, by=by, right=Right.SEE_CASES)
    mine = rows.filter(is_open=True, creator_id__in=creators).order_by("opened_at")
    return dict(mine.values_list("creator_id", "key"))
