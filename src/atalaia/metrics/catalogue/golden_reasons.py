"""What to bear in mind of golden items; every text is an English key."""

__all__ = ["CHOSEN_ITEMS", "SEEN_BEFORE"]

SEEN_BEFORE = (
    "A second look at the same item, and a look that was not blind, are left out of"
    " both sides."
)
CHOSEN_ITEMS = (
    "Golden items are chosen for what they are: the share says how reviewers do on"
    " them, not how often they err at work."
)
