"""Rooms that the platform tells late: their rows come with a later export."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from atalaia.simulation import columns
from atalaia.simulation.arrays import Ints
from atalaia.simulation.day import Day
from atalaia.simulation.local_time import epoch
from atalaia.simulation.sessions import session_ids
from atalaia.simulation.stage import Stage
from atalaia.simulation.streams import Concern

__all__ = ["split_late", "told_at"]

# Reviewers look at minutes within days: a late row must not undo that they did.
_NEVER_LATE = frozenset({"session_segment"})
_LATEST = 3
"""Exports by which a room can be late; none comes after the world's last export."""


def told_at(stage: Stage, day: Day) -> Ints:
    """Return when the platform tells of each room: when it closed, or days later."""
    rng, plan = stage.streams.of(Concern.LATENESS, day=day.at), stage.plan
    count = day.sessions.count
    is_late = rng.random(count) < plan.late_share
    exports = rng.integers(1, _LATEST + 1, count)
    exports = np.minimum(exports, plan.days - 1 - day.at) * is_late
    close = [epoch(plan.exported_at(day.at + late)) for late in range(_LATEST + 1)]
    return np.where(exports > 0, np.array(close)[exports], day.sessions.ends_at)


def split_late(
    stage: Stage, day: Day, rooms: Mapping[str, pa.Table]
) -> tuple[Mapping[str, pa.Table], Mapping[str, pa.Table]]:
    """Return the rows that come in time, and those of late rooms, observed late."""
    told = told_at(stage, day)
    late = np.flatnonzero(told > day.sessions.ends_at)
    if not late.size:
        return rooms, {}
    names = session_ids(day.sessions.number[late])
    known = columns.instants(told[late])
    in_time, later = {}, {}
    for table, rows in rooms.items():
        if table in _NEVER_LATE:
            in_time[table] = rows
            continue
        room = pc.index_in(rows["session_id"], value_set=names).combine_chunks()
        is_late = pc.is_valid(room)
        in_time[table] = rows.filter(pc.invert(is_late))
        later[table] = _observed(rows.filter(is_late), at=known.take(room.drop_null()))
    return in_time, later


def _observed(rows: pa.Table, *, at: pa.Array) -> pa.Table:
    place = rows.schema.get_field_index("observed_at")
    return rows.set_column(place, rows.schema.field(place), at)
