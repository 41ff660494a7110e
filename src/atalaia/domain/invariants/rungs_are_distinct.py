"""No two rungs of one ladder weigh the same, or the heaviest would be chance."""

from atalaia.domain.codes import Domain
from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.marked_entry import Entry

__all__ = ["SameRankError", "check"]


class SameRankError(ReferenceDataError):
    """Two penalty codes share a rank on one ladder."""

    message = (
        "{place}\n'{code}' and '{other}' have the same rank on the {domain} ladder."
    )
    next_step = "Give each rung its own rank; 0 alone may be shared."


def check(root: Entry) -> None:
    """Raise at the second code of a rank; rank 0 is beside the ladder."""
    for domain in Domain:
        seen: dict[int, str] = {}
        for code in root.fields("codes"):
            rank = code.child("rank").whole(domain)
            if rank and rank in seen:
                raise SameRankError(
                    place=code.mark, code=code.key, other=seen[rank], domain=domain
                )
            seen[rank] = code.key
