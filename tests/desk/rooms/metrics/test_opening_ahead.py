"""The newest facts are open before the first person asks."""

import threading

from atalaia.desk.rooms.metrics.opening_ahead import open_ahead
from atalaia.desk.rooms.metrics.reading import Lookout
from atalaia.warehouse.place import create_place
from desk.people import NOW


def test_a_server_that_starts_opens_the_newest_facts(small_world):
    lookout = Lookout(place=small_world.place)
    open_ahead(lookout, now=NOW).join()
    assert lookout.is_open(now=NOW)


def test_without_facts_there_is_nothing_to_open(tmp_path, monkeypatch):
    failed = []
    monkeypatch.setattr(threading, "excepthook", failed.append)
    lookout = Lookout(place=create_place(tmp_path / "data"))
    open_ahead(lookout, now=NOW).join()
    assert failed == []
