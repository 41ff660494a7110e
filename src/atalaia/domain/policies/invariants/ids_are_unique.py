"""A first-level policy is written in one file, named after it."""

from collections.abc import Iterable

from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.marked_entry import Entry

__all__ = ["RepeatedPolicyError", "check"]


class RepeatedPolicyError(ReferenceDataError):
    """Two files hold the same first-level policy."""

    message = "{place}\nThe policy '{policy}' is already in {other}."
    next_step = "Keep one; two texts of one policy would be judged by either."


def check(files: Iterable[Entry]) -> None:
    """Raise at the second file of the same policy; leaf keys YAML itself refuses."""
    seen: dict[str, str] = {}
    for root in files:
        policy_id = root.text("id")
        if policy_id in seen:
            raise RepeatedPolicyError(
                place=root.child("id").mark, policy=policy_id, other=seen[policy_id]
            )
        seen[policy_id] = root.marked.file
