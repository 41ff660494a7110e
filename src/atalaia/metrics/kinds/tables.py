"""Cut an Arrow table into its cells."""

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from atalaia.metrics.slices import Key

__all__ = ["parts_by"]


def parts_by(rows: pa.Table, names: Sequence[str]) -> Iterator[tuple[Key, pa.Table]]:
    """Yield every distinct key with its rows, in order of the keys."""
    found = rows.select(list(names)).group_by(list(names)).aggregate([]).to_pylist()
    for key in sorted(tuple(row[name] for name in names) for row in found):
        mask = pa.array(np.ones(len(rows), dtype=bool))
        for name, value in zip(names, key, strict=True):
            mask = pc.and_(mask, pc.equal(rows[name].combine_chunks(), value))
        yield key, rows.filter(mask)
