"""The same facts give the same numbers, whichever of their files came first."""

import itertools
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.question import Question
from atalaia.metrics.reading import Reading
from atalaia.metrics.stored_cube import build_cube
from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.facts import open_facts
from atalaia.warehouse.ingest.ingest import ingest
from atalaia.warehouse.place import Place, create_place
from atalaia.warehouse.pseudonyms import Pseudonymiser
from atalaia.warehouse.snapshots import publish
from builders import (
    AS_OF,
    DAY,
    Row,
    a_decision,
    a_penalty,
    a_session,
    an_appeal,
    at,
    the_engine,
    the_reference,
)

pytestmark = pytest.mark.slow

METRICS = ("M01", "M02", "M03", "M25", "M26", "M27")
DAYS = tuple(DAY + timedelta(days=number) for number in range(4))
FILES = (
    "live_session",
    "moderation_decision",
    "penalty",
    "appeal",
    "appeal/second",
)
ORDERS = (
    (0, 3, 4, 2, 1),
    (1, 4, 0, 3, 2),
    (2, 0, 1, 4, 3),
    (2, 3, 4, 0, 1),
    (3, 1, 0, 2, 4),
    (4, 1, 2, 3, 0),
    (4, 3, 2, 1, 0),
)
"""With parents first, any three of the files come in each of their six orders.

Of the 120 orders these few meet every fault that needs three files or fewer: a
sequence covering array of strength 3, as in D. R. Kuhn et al. (2012), Combinatorial
Methods for Event Sequence Testing.
"""

Told = dict[tuple[str, date, date], tuple[tuple[object, ...], ...]]


def the_rows() -> dict[str, list[Row]]:
    """Sessions begun late in the evening, with all that followed on other days."""
    rng = np.random.default_rng(7)
    rows: dict[str, list[Row]] = {name: [] for name in FILES}
    for number, day in itertools.product(range(8), DAYS[:2]):
        name = f"{day:%d}-{number}"
        # 01:30 UTC is still the evening before in São Paulo.
        started = at("01:30", day=day + timedelta(days=1))
        session = a_session(
            session_id=f"s{name}",
            creator_id=f"c{number % 5}",
            started_at=started,
            ended_at=started + timedelta(hours=4),
        )
        rows["live_session"].append(session)
        if rng.random() < 0.3:
            continue
        decision = a_decision(
            decision_id=f"d{name}",
            session_id=session["session_id"],
            creator_id=session["creator_id"],
            decided_at=started + timedelta(hours=3),
        )
        penalty = a_penalty(decision, penalty_id=f"p{name}", agency_id=None)
        rows["moderation_decision"].append(decision)
        rows["penalty"].append(penalty)
        rounds = [("appeal", 1, "upheld"), ("appeal/second", 2, "overturned")]
        for file, round_number, result in rounds[: int(rng.integers(0, 3))]:
            submitted = started + timedelta(days=round_number)
            rows[file].append(
                an_appeal(
                    penalty,
                    appeal_id=f"a{name}-{round_number}",
                    round=round_number,
                    submitted_at=submitted,
                    decided_at=submitted + timedelta(hours=3),
                    result=result,
                )
            )
    return rows


@pytest.fixture(scope="module")
def landing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file a table, and a second one of appeals; none names its own day."""
    root = tmp_path_factory.mktemp("landing")
    for file, rows in the_rows().items():
        table, _, name = file.partition("/")
        schema = CONTRACTS[table].schema
        target = root / table / f"{name or 'first'}.parquet"
        target.parent.mkdir(exist_ok=True)
        pq.write_table(pa.Table.from_pylist(rows, schema=schema), target)
    return root


def told_after(order: Sequence[int], *, landing: Path, root: Path) -> Told:
    """Take the files in, one ingest each, and ask every day and the whole period."""
    place = create_place(root / "data")
    for number, position in enumerate(order):
        now = AS_OF - timedelta(hours=len(FILES) - number)
        take_in(FILES[position], landing=landing, place=place, now=now)
    reading = reading_of(place, as_of=AS_OF)
    spans = [(DAYS[1], DAYS[1]), (DAYS[0], DAYS[-1])]
    return {
        (metric, *span): answered(metric, reading, span=span)
        for metric in METRICS
        for span in spans
    }


def take_in(file: str, *, landing: Path, place: Place, now: datetime) -> None:
    table, _, name = file.partition("/")
    receipt = ingest(
        landing / table / f"{name or 'first'}.parquet",
        place=place,
        reference=the_reference(),
        pseudonymiser=Pseudonymiser(b"k" * 32),
        tombstone_file=place.root.parent / "safe" / "tombstones.jsonl",
        now=now,
    )
    assert all(each.error is None for each in receipt.files)


def reading_of(place: Place, *, as_of: datetime) -> Reading:
    facts = open_facts(place, engine=the_engine(), as_of=as_of)
    return Reading(facts=facts, reference=the_reference())


def answered(
    metric: str, reading: Reading, *, span: tuple[date, date]
) -> tuple[tuple[object, ...], ...]:
    question = Question(metric=metric, start=span[0], end=span[1], grain="day")
    rows = evaluate(question, reading, now=AS_OF).rows
    return tuple((row.start, row.numerator, row.denominator) for row in rows)


@pytest.fixture(scope="module")
def expected(landing: Path, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """What is told when every parent came before its children."""
    root = tmp_path_factory.mktemp("parents_first")
    return told_after(range(len(FILES)), landing=landing, root=root)


def test_every_day_has_something_to_tell(expected: Told) -> None:
    """The world is one in which a row in the wrong place would be missed."""
    for metric in METRICS:
        assert any(row[1] for row in expected[metric, DAYS[1], DAYS[1]])


def test_any_three_files_come_in_every_order() -> None:
    """The orders that are tried cover what they are said to."""
    tried = (tuple(range(len(FILES))), *ORDERS)
    met = {three for order in tried for three in itertools.combinations(order, 3)}
    assert met == set(itertools.permutations(range(len(FILES)), 3))


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: "".join(map(str, order)))
def test_numbers_do_not_hang_on_the_order_of_files(
    order: tuple[int, ...], expected: Told, landing: Path, tmp_path: Path
) -> None:
    """Each metric by day, asked of one day and of all."""
    assert told_after(order, landing=landing, root=tmp_path) == expected


def test_the_days_that_rows_left_and_reached_are_computed_anew(
    landing: Path, tmp_path: Path
) -> None:
    """What came before its session lay on its own day; both days are touched."""
    place = create_place(tmp_path / "data")
    before = AS_OF - timedelta(days=1)
    for file in FILES[1:]:
        take_in(file, landing=landing, place=place, now=before)
    build_cube(reading_of(place, as_of=before))
    publish(place, now=before)
    take_in(FILES[0], landing=landing, place=place, now=AS_OF)
    built = build_cube(reading_of(place, as_of=AS_OF))
    touched = built.touched["penalty_outcomes"].dates
    assert touched is not None
    assert {DAYS[0], DAYS[1], DAYS[2]} <= touched
