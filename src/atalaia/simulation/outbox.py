"""Rows that the platform will only know later: each leaves on the day it is known."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from atalaia.simulation.columns import instants

__all__ = ["Outbox"]


class Outbox:
    """Guards the rows that wait for their moment; holds no more than their delay."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[pa.Table]] = {}

    def put(self, tables: Mapping[str, pa.Table]) -> None:
        """Add rows; their `observed_at` says when the platform knows them."""
        for table, rows in tables.items():
            self._waiting.setdefault(table, []).append(rows)

    def release(self, until: int, *, ends_at: int) -> dict[str, pa.Table]:
        """Return what is known by `until`; forget what stays unknown at `ends_at`."""
        limit = instants(np.array([until]))[0]
        last = instants(np.array([ends_at]))[0]
        released = {}
        for table, parts in self._waiting.items():
            rows = pa.concat_tables(parts)
            is_known = pc.less_equal(rows["observed_at"], limit)
            is_later = pc.and_(
                pc.invert(is_known), pc.less_equal(rows["observed_at"], last)
            )
            released[table] = rows.filter(is_known)
            self._waiting[table] = [rows.filter(is_later)]
        return released
