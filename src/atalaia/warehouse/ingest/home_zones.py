"""Which zone a creator lived in at the time of each event."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["HomeZones"]

Numbers = npt.NDArray[np.int64]


class HomeZones:
    """Time zones of creators by the moments at which they were observed.

    An event takes the zone last observed before it, so that a creator who moves leaves
    earlier sessions on their own days, whichever file arrives first. Events before the
    first observation take that one: nothing earlier is known.
    """

    def __init__(self, observed: pa.Table) -> None:
        """Keep observations: `creator_id`, `home_tz` or null, `observed_at`."""
        told = observed.filter(observed["home_tz"].is_valid()).combine_chunks()
        self._creators = pc.unique(told["creator_id"])
        moments = _instants(told["observed_at"])
        self._moments = np.unique(moments)
        who = _places(told["creator_id"], self._creators)
        key = self._key(who, np.searchsorted(self._moments, moments))
        order = np.argsort(key, kind="stable")
        self._keys, self._who = key[order], who[order]
        self._zones = told["home_tz"].combine_chunks().take(pa.array(order))

    def of(self, creators: pa.Array, *, at: pa.Array) -> pa.Array:
        """Return each creator's own zone at each moment, null where it is not known."""
        who = _places(creators, self._creators)
        if not len(self._keys):
            return pa.nulls(len(creators), pa.string())
        seen = np.searchsorted(self._moments, _instants(at), side="right") - 1
        # Later observations of the same moment stand last, and win.
        last = np.searchsorted(self._keys, self._key(who, seen), side="right") - 1
        first = np.searchsorted(self._who, who)
        place = np.maximum(last, first)
        return self._zones.take(pa.array(place, mask=who < 0))

    def _key(self, who: Numbers, moment: Numbers) -> Numbers:
        """One number that sorts by creator, then by moment; -1 is before them all."""
        return who * (len(self._moments) + 1) + moment + 1


def _places(creators: pa.Array | pa.ChunkedArray, known: pa.Array) -> Numbers:
    """Return each creator's place among the known ones, -1 where it is none."""
    at = pc.fill_null(pc.index_in(creators, value_set=known, skip_nulls=True), -1)
    return np.asarray(at).astype(np.int64)


def _instants(moments: pa.Array | pa.ChunkedArray) -> Numbers:
    """Return microseconds; an event without its moment is before all that is known."""
    told = moments.cast(pa.timestamp("us", tz="UTC")).cast(pa.int64())
    return np.asarray(pc.fill_null(told, np.iinfo(np.int64).min)).astype(np.int64)
