"""Watch-lists and rotas for the desk's tests, made as people make them."""

from datetime import date
from typing import Any

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.colleagues import person_id_of
from atalaia.desk.rooms.patrol.rota_actions import DutyWish, set_duty
from atalaia.desk.rooms.patrol.watch_actions import (
    NewWatch,
    say_seen,
    take_off,
    watch,
)
from atalaia.domain.patrol_codes import DutyDays, WatchKind, WatchReason
from desk.people import NOW

__all__ = ["WATCHED", "a_rota", "a_sighting", "a_watch", "a_watch_list", "new_watch"]

WATCHED = "c_" + "a" * 30
"""The pseudonym of a creator who is watched."""


def new_watch(**told: Any) -> NewWatch:
    """Return what is told of a creator in Mexico who came back from a suspension."""
    values: dict[str, Any] = {
        "market": "MX",
        "kind": WatchKind.CREATOR,
        "subject_id": WATCHED,
        "reason": WatchReason.BACK_FROM_SUSPENSION,
        "every_hours": 24,
        "until": date(2026, 11, 30),
    }
    return NewWatch(**{**values, **told})


def a_watch(by: Actor, **told: Any) -> int:
    """Put somebody on the watch-list; return the line's key."""
    return watch(new_watch(**told), by=by, now=NOW)


def a_sighting(by: Actor, **told: Any) -> int:
    """Watch somebody and see them clean; return the sighting's key."""
    return say_seen(a_watch(by, **told), by=by, now=NOW)


def a_watch_list(by: Actor) -> None:
    """Let one line be due, one be seen, and one be over."""
    a_watch(by)
    a_sighting(by, kind=WatchKind.SESSION, subject_id="s-1")
    over = a_watch(by, kind=WatchKind.SESSION, subject_id="s-2")
    take_off(over, by=by, now=NOW)


def a_rota(by: Actor) -> None:
    """Let the working days of this week be theirs in Mexico, and nobody's elsewhere."""
    wish = DutyWish(
        markets=("MX",),
        to=person_id_of(by),
        start=date(2026, 11, 23),
        end=date(2026, 11, 29),
        days=DutyDays.WORKING,
    )
    set_duty(wish, by=by, now=NOW)
