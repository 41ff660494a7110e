"""The desk of the demo: set up, peopled, its cases entered and handed on as facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from atalaia.cli.desk_opening import installation_of
from atalaia.cli.desk_setting_up import set_up
from atalaia.cli.terminal import Terminal
from atalaia.pipeline.simulated import end_of_world
from atalaia.simulation.largest_agency import largest_agency
from atalaia.simulation.proposals import hold_back, proposals
from atalaia.warehouse.place import create_place
from atalaia.warehouse.pseudonyms import open_pseudonymiser

if TYPE_CHECKING:
    from atalaia.desk.rooms.demo.setting_up import SignIn

__all__ = ["DemoDesk", "set_up_demo_desk"]

RECENT = timedelta(days=14)
LARGEST_MARKET = "BR"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoDesk:
    """What the demo's desk holds.

    Attributes:
        entered: the cases that were entered just now.
        has_proposals: whether the desk owns the newest cases; False where the facts
            held them before there was a desk.
    """

    url: str
    sign_ins: "Sequence[SignIn]"
    entered: int
    has_proposals: bool


def set_up_demo_desk(terminal: Terminal) -> DemoDesk:
    """Set the desk of a simulated world up; what is there already stays.

    The newest cases are taken out of the landing folder, entered at the desk by its
    people, and published from there: nothing counts them twice.
    """
    place = create_place(terminal.data)
    landing, kept = place.landing / "simulated", place.truth / "proposals"
    ends_at = end_of_world(terminal.data) or terminal.clock()
    if kept.is_dir() or not _were_taken_in(place.facts):
        hold_back(landing, into=kept, since=ends_at - RECENT)
    found = proposals(kept)
    set_up(terminal)
    from atalaia.desk.rooms.demo.setting_up import (
        enter_proposals,
        save_people,
    )
    from atalaia.desk.running.schedule import publish_once

    began = min((each.opened_at for each in found), default=ends_at)
    agency = largest_agency(landing, market=LARGEST_MARKET)
    sign_ins = save_people(agency=agency, now=began)
    pseudonymiser = open_pseudonymiser(terminal.key_file, place=place)
    entered = enter_proposals(found, pseudonym=pseudonymiser.of, now=ends_at)
    if entered:
        publish_once(ends_at)
    return DemoDesk(
        url=installation_of(terminal).url,
        sign_ins=sign_ins,
        entered=entered,
        has_proposals=bool(found),
    )


def _were_taken_in(facts: Path) -> bool:
    return (facts / "case").is_dir()
