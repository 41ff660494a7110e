"""Every first-level policy stands below a domain of the tree."""

import re
from collections.abc import Iterable

from atalaia.domain.marked_entry import Entry

__all__ = ["check"]

FIRST_LEVEL_ID = re.compile(r"[a-z]+\.[a-z][a-z0-9_]*")
LEAF_KEY = re.compile(r"[a-z][a-z0-9_]*")


def check(head: Entry, files: Iterable[Entry]) -> None:
    """Raise where an id is malformed or its domain is not in the tree."""
    domains = [domain.key for domain in head.fields("domains")]
    for root in files:
        policy_id = root.child("id")
        if FIRST_LEVEL_ID.fullmatch(root.text("id")) is None:
            raise policy_id.wrong_type("tns.minors")
        parent = root.text("id").partition(".")[0]
        if parent not in domains:
            raise policy_id.unknown(kind="domains", known=domains)
        for leaf in root.fields("leaves"):
            if LEAF_KEY.fullmatch(leaf.key) is None:
                raise leaf.wrong_type("small_letters_1")
