"""A small file is replaced as a whole, and a refusal speaks of the file meant."""

from pathlib import Path

import pytest

from atalaia.warehouse.durable import replace_file


def test_a_refusal_names_the_file_that_was_meant(tmp_path: Path) -> None:
    """Whoever gave a folder that is not there reads its name, not a hidden one's."""
    meant = tmp_path / "missing" / "mapping.yaml"
    with pytest.raises(FileNotFoundError) as refused:
        replace_file(meant, b"x")
    assert refused.value.filename == str(meant)


def test_a_replaced_file_leaves_nothing_beside_it(tmp_path: Path) -> None:
    """Readers see the new bytes, and the folder holds one file."""
    path = tmp_path / "mapping.yaml"
    path.write_bytes(b"old")
    replace_file(path, b"new")
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"new"]
