"""What the desk did is measured by the catalogue, by way of landing and ingest."""

from datetime import datetime, timedelta

import pytest

from atalaia.desk.audit.action import acting
from atalaia.desk.audit.publishing import publish
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.question import Question
from atalaia.metrics.reading import Reading
from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.facts import open_facts
from atalaia.warehouse.ingest.ingest import ingest
from atalaia.warehouse.place import create_place
from atalaia.warehouse.pseudonyms import Pseudonymiser
from builders import AS_OF, DAY, a_case, a_path, the_engine, the_reference
from desk.audit.trail import SOMEBODY

pytestmark = pytest.mark.django_db
FEW = 10
PATHS = (
    (("triaged", 1), ("closed", 2)),
    (("triaged", 1), ("closed", 4), ("reopened", 48), ("closed", 49)),
    (("triaged", 1), ("closed", 6)),
)


def as_published(table: str, row: dict) -> dict:
    """A row with its instants as the outbox keeps them, and no column of the system."""
    known = {name: row.get(name) for name in CONTRACTS[table].schema.names}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in known.items()
    }


@pytest.fixture
def reading(tmp_path):
    """Facts of thirty cases that the desk changed, published and took in."""
    place = create_place(tmp_path / "DATA")
    for path in PATHS * FEW:
        case = a_case()
        with acting("case.close", by=SOMEBODY, right=None, now=AS_OF) as deed:
            deed.noted("case", case["case_id"], content={})
            deed.publish("case", [as_published("case", case)])
            moves = [as_published("case_event", each) for each in a_path(case, *path)]
            deed.publish("case_event", moves)
    publish(place.landing, now=AS_OF)
    for _ in range(2):
        # The second time finds the same files, and nothing in them is new.
        receipt = ingest(
            place.landing,
            place=place,
            reference=the_reference(),
            pseudonymiser=Pseudonymiser(b"a key of the tests, 32 bytes long"),
            tombstone_file=tmp_path / "tombstones.jsonl",
            now=AS_OF + timedelta(minutes=5),
        )
        assert not receipt.refused
        assert not receipt.quarantined
    facts = open_facts(place, engine=the_engine(), as_of=AS_OF + timedelta(hours=1))
    return Reading(facts=facts, reference=the_reference())


def value(reading, metric):
    question = Question(metric=metric, start=DAY, end=DAY + timedelta(days=13))
    [row] = evaluate(question, reading, now=AS_OF).rows
    return row.value


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        pytest.param("M31", 5 * 3600, id="the median case took five hours, net"),
        pytest.param("M36", 1 / 3, id="one in three was opened again"),
    ],
)
def test_the_catalogue_measures_what_the_desk_did(reading, metric, expected):
    """Published once, taken in twice, counted once."""
    assert value(reading, metric) == pytest.approx(expected)
