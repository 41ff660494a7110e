"""Cut an Arrow table into its cells."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from atalaia.metrics.slices import Key

__all__ = ["parts_by"]


def parts_by(rows: pa.Table, names: Sequence[str]) -> Iterator[tuple[Key, pa.Table]]:
    """Yield every distinct key with its rows, in order of the keys.

    Within a part, rows stay in their order. Keys are never null.
    """
    if not len(rows):
        return
    cells = np.zeros(len(rows), dtype=np.int64)
    for name in names:
        place, count = _places(rows[name].combine_chunks())
        # Numbered anew each time, so that no product grows beyond an integer.
        _, cells = np.unique(cells * count + place, return_inverse=True)
    order = np.argsort(cells, kind="stable")
    together = rows.take(pa.array(order))
    begins = np.flatnonzero(np.diff(cells[order], prepend=-1))
    for begin, end in zip(begins, [*begins[1:], len(rows)], strict=True):
        part = together.slice(begin, end - begin)
        yield tuple(part[name][0].as_py() for name in names), part


def _places(column: pa.Array) -> tuple[npt.NDArray[np.int64], int]:
    """Return where each row's value stands among the sorted ones, and how many are.

    The numbers do not depend on the order of the rows.
    """
    encoded = pc.dictionary_encode(column)
    ranks = np.empty(len(encoded.dictionary), dtype=np.int64)
    ranks[pc.sort_indices(encoded.dictionary).to_numpy()] = np.arange(len(ranks))
    place: npt.NDArray[np.int64] = ranks[encoded.indices.to_numpy()]
    return place, len(ranks)
