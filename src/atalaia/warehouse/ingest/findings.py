"""The first thing wrong with each row of a batch."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from atalaia.warehouse.ingest.faults import Reason

__all__ = ["Findings"]

Mask = npt.NDArray[np.bool_]


@dataclass(slots=True, kw_only=True)
class Findings:
    """Gathers what is wrong; of several faults of a row the first noted stands."""

    length: int
    causes: list[tuple[Reason, str]] = field(default_factory=list)
    first: npt.NDArray[np.int32] = field(init=False)

    def __post_init__(self) -> None:
        self.first = np.zeros(self.length, dtype=np.int32)

    def note(self, bad: pa.Array | Mask, *, reason: Reason, about: str) -> None:
        """Note that these rows have this fault in the field `about`."""
        mask = bad if isinstance(bad, np.ndarray) else _mask(bad)
        if mask.any():
            self.causes.append((reason, about))
            self.first[(self.first == 0) & mask] = len(self.causes)

    @property
    def is_good(self) -> Mask:
        """Rows without a fault."""
        return np.asarray(self.first == 0, dtype=bool)

    @property
    def positions(self) -> npt.NDArray[np.int64]:
        """Rows with a fault, in order."""
        return np.flatnonzero(self.first).astype(np.int64)

    def reasons(self) -> tuple[pa.Array, pa.Array]:
        """Return reason and field of each row with a fault, in order."""
        at = pa.array(self.first[self.positions] - 1)
        reasons = pa.array([str(reason) for reason, _ in self.causes], pa.string())
        fields = pa.array([about for _, about in self.causes], pa.string())
        return reasons.take(at), fields.take(at)


def _mask(bad: pa.Array | pa.ChunkedArray) -> Mask:
    if isinstance(bad, pa.ChunkedArray):
        bad = bad.combine_chunks()
    return np.asarray(
        bad.fill_null(fill_value=False).to_numpy(zero_copy_only=False), dtype=bool
    )
