"""An empty installation, the package's reference data and one fixed moment."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from deltalake import DeltaTable

from atalaia.domain.reference import Reference, load_reference
from atalaia.warehouse.ingest.ingest import ingest
from atalaia.warehouse.ingest.receipts import IngestReceipt
from atalaia.warehouse.place import Place, create_place
from atalaia.warehouse.pseudonyms import Pseudonymiser

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def reference() -> Reference:
    return load_reference()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return create_place(tmp_path / "DATA")


@pytest.fixture
def people() -> Pseudonymiser:
    return Pseudonymiser(b"k" * 32)


TakeIn = Callable[..., IngestReceipt]


@pytest.fixture
def stones(tmp_path: Path) -> Path:
    """Where erasures are remembered; nobody was erased yet."""
    return tmp_path / "safe" / "tombstones.jsonl"


@pytest.fixture
def take_in(
    place: Place, reference: Reference, people: Pseudonymiser, stones: Path
) -> TakeIn:
    def take(source: Path, **options: object) -> IngestReceipt:
        return ingest(
            source,
            place=place,
            reference=reference,
            pseudonymiser=people,
            tombstone_file=stones,
            **{"now": NOW, **options},  # type: ignore[arg-type]  # the tests name real options
        )

    return take


@pytest.fixture
def stored(place: Place) -> Callable[[str], list[dict[str, object]]]:
    def rows(table: str) -> list[dict[str, object]]:
        folder = place.facts / table
        if not folder.exists():
            return []
        found: pa.Table = DeltaTable(str(folder)).to_pyarrow_table()
        return sorted(found.to_pylist(), key=str)

    return rows
