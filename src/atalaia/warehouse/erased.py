"""Who was erased, for whoever asks whether a pseudonym may be kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from atalaia.warehouse.key_file import outside
from atalaia.warehouse.place import Place
from atalaia.warehouse.pseudonyms import PersonKind
from atalaia.warehouse.sought import digest_of
from atalaia.warehouse.tombstones import tombstones

__all__ = ["Erased", "erased_people"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """The digests of the pseudonyms of everybody who was erased, by kind."""

    digests: Mapping[PersonKind, frozenset[str]]

    def among(
        self, pseudonyms: pa.Array | pa.ChunkedArray, *, kind: PersonKind
    ) -> pa.Array | pa.ChunkedArray:
        """Say for each pseudonym whether it is of somebody erased; null is nobody."""
        digests = self.digests[kind]
        # Most installations have erased few, and most of them nobody.
        distinct = pc.unique(pseudonyms).drop_null().to_pylist() if digests else []
        found = [each for each in distinct if digest_of(each) in digests]
        return pc.is_in(pseudonyms, value_set=pa.array(found, pa.string()))


def erased_people(tombstone_file: Path, *, place: Place) -> Erased:
    """Read who was erased; without the file nobody was.

    Raises:
        KeyInsideDataError: the tombstones lie in DATA. UnreadableTombstonesError.
    """
    stones = tombstones(outside(tombstone_file, place=place))
    return Erased(
        digests={
            kind: frozenset(each.digest for each in stones if each.kind is kind)
            for kind in PersonKind
        }
    )
