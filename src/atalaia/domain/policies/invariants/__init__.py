"""What must hold in the policy files; one invariant per file.

Each module has `check`, which reads marked entries and raises with file and line.
"""

from atalaia.domain.marked_entry import Entry
from atalaia.domain.markets import Markets
from atalaia.domain.policies.invariants import (
    agency_lane_suits_subject,
    allow_notes_have_markets_and_seasons,
    changes_are_explained,
    dsa_category_is_known,
    ids_are_unique,
    lanes_are_known,
    leaves_have_aliases,
    names_are_complete,
    overrides_change_something,
    overrides_do_not_overlap,
    overrides_name_known_markets,
    parents_exist,
    penalties_are_known_codes,
    penalties_suit_the_subject,
    replacements_exist,
    severities_are_known,
    sources_are_known,
    versions_do_not_overlap,
)

__all__ = ["check_policies"]


def check_policies(head: Entry, files: tuple[Entry, ...], *, markets: Markets) -> None:
    """Raise at the first broken invariant of the policy files.

    `head` is the file of the domains and sources; `files` are the first-level
    policies, in the order of the tree.
    """
    parents_exist.check(head, files)
    ids_are_unique.check(files)
    for root in files:
        names_are_complete.check(root)
        for leaf in root.fields("leaves"):
            _check_leaf(leaf, head=head, markets=markets)
    replacements_exist.check(files)


def _check_leaf(leaf: Entry, *, head: Entry, markets: Markets) -> None:
    leaves_have_aliases.check(leaf)
    sources_are_known.check(leaf, head=head)
    dsa_category_is_known.check(leaf)
    severities_are_known.check(leaf)
    lanes_are_known.check(leaf)
    agency_lane_suits_subject.check(leaf)
    penalties_are_known_codes.check(leaf)
    penalties_suit_the_subject.check(leaf)
    versions_do_not_overlap.check(leaf)
    changes_are_explained.check(leaf)
    overrides_name_known_markets.check(leaf, markets=markets)
    overrides_change_something.check(leaf)
    overrides_do_not_overlap.check(leaf)
    allow_notes_have_markets_and_seasons.check(leaf, markets=markets)
