"""Every market has a zone, and every zone is in the time zone database."""

from atalaia.domain.clocks import known_zones
from atalaia.domain.marked_entry import Entry

__all__ = ["check"]


def check(root: Entry) -> None:
    """Raise where a zone does not exist or a market has none."""
    for market in root.fields("markets"):
        zones = market.items("zones")
        if not zones:
            raise market.child("zones").wrong_type("[America/Bogota, …]")
        for zone in zones:
            zone.one_of(known_zones(), kind="zones")
