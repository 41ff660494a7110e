"""One writer at a time."""

import pytest

from atalaia.warehouse.locks import BusyError, writing
from atalaia.warehouse.place import create_place
from warehouse.fact_rows import NOON


def test_the_second_writer_is_told_who_writes(tmp_path):
    """The second stops at once and hears what runs; after the end it may write."""
    place = create_place(tmp_path / "data")
    with (
        writing(place, purpose="ingest", now=NOON),
        pytest.raises(BusyError, match="ingest, process"),
        writing(place, purpose="erase", now=NOON),
    ):
        pass
    with writing(place, purpose="erase", now=NOON):
        pass
