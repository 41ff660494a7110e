"""A reading narrowed to a period says of the facts what the whole one says."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from atalaia.metrics.reading import Reading
from atalaia.warehouse.facts import open_facts
from atalaia.warehouse.place import create_place
from atalaia.warehouse.snapshots import publish
from atalaia.warehouse.tables import FileIdentity, commit_facts
from builders import AS_OF, DAY, a_session, stored, the_engine, the_reference

LATER = DAY + timedelta(days=20)


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    place = create_place(tmp_path / "data")
    commit_facts(
        place,
        "live_session",
        stored("live_session", [a_session()]),
        identities=[FileIdentity(sha256="a" * 64, mapping="", contract_version=1)],
        now=AS_OF,
    )
    publish(place, now=AS_OF)
    facts = open_facts(place, engine=the_engine(), as_of=AS_OF)
    return Reading(facts=facts, reference=the_reference())


@pytest.mark.parametrize("days", [(DAY, DAY), (LATER, LATER)])
def test_a_narrowed_reading_says_what_the_whole_holds(
    reading: Reading, days: tuple[date, date]
) -> None:
    """Whether there are sessions at all does not hang on the period looked at."""
    assert reading.between(*days).has_rows("live_session")
    assert not reading.between(*days).has_rows("penalty")


def test_a_narrowed_reading_asked_first_misleads_nobody(reading: Reading) -> None:
    """The whole is asked after a period without rows, and after a narrower one."""
    narrowed = reading.between(LATER, LATER)
    assert narrowed.facts.files("live_session") == ()
    narrowed.between(LATER, LATER).has_rows("live_session")
    assert reading.has_rows("live_session")
