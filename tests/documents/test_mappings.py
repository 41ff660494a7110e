"""The mappings that the how-to pages show can be used as they are."""

from pathlib import Path

import pytest

from atalaia.warehouse.ingest.mapping_file import load_mapping

FOLDER = Path(__file__).parents[2] / "docs" / "how-to" / "mappings"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda p: p.stem)
def test_shown_mapping_loads(path: Path) -> None:
    """Every field, code, unit and zone of it is known."""
    assert load_mapping(path).tables
