"""Copies of fact tables say what the facts say, whatever came since."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pyarrow as pa
import pytest
from deltalake import DeltaTable

from atalaia.warehouse import snapshots
from atalaia.warehouse.derived import dates_in, write_derived
from atalaia.warehouse.engines.embedded import embedded_engine
from atalaia.warehouse.facts import copy_of, open_facts
from atalaia.warehouse.kept_tables import keep_tables, with_kept
from atalaia.warehouse.place import create_place
from atalaia.warehouse.supersede import place_rows
from atalaia.warehouse.tables import commit_facts
from atalaia.warehouse.touched import NOTHING, WHOLE, touched_since, version_of
from warehouse.fact_rows import NOON, an_identity, stored_rows

DAY = timedelta(days=1)
TABLE = "penalty"


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    started = embedded_engine(
        threads=1, memory_limit="512MiB", spill_folder=tmp_path_factory.mktemp("spill")
    )
    yield started
    started.close()


@pytest.fixture
def place(tmp_path):
    return create_place(tmp_path / "data")


def penalties(numbers, *, status, observed, now):
    """Penalties of one day a number and two markets, seen at one moment."""
    return stored_rows(
        TABLE,
        [
            {
                "penalty_id": f"p{number}",
                "market": "BR" if number % 2 else "MX",
                "started_at": NOON - int(number) * DAY,
                "status": status,
                "observed_at": observed,
                "ingested_at": now,
            }
            for number in numbers
        ],
    )


def arrive(place, name, rows, *, now):
    placed = place_rows(place, TABLE, rows)
    commit_facts(
        place,
        TABLE,
        placed.rows,
        identities=[an_identity(name)],
        now=now,
        superseding=placed.superseding,
    )
    snapshots.publish(place, now=now)


def keep(place, engine, *, now, **given):
    receipt = keep_tables(open_facts(place, engine=engine, as_of=now), **given)
    snapshots.publish(place, now=now)
    return receipt.touched.get(TABLE, NOTHING)


def told(facts):
    rows = facts.engine.read(facts.table(TABLE)).read_all()
    return rows.sort_by("penalty_id")


def observed(facts):
    rows = facts.engine.read(facts.raw(TABLE)).read_all()
    return rows.sort_by([("penalty_id", "ascending"), ("observed_at", "ascending")])


@pytest.mark.parametrize(("seed", "rows_per_pass"), [(1, 1_000), (2, 2)])
def test_a_copy_kept_up_equals_the_facts(seed, rows_per_pass, place, engine):
    """Batches of new penalties, late ones and reversals, in an order of chance.

    Whether they are copied at once, or in passes of a day or two.
    """
    rng = np.random.default_rng(seed)
    for turn in range(4):
        now = NOON + turn * DAY
        numbers = rng.choice(12, size=5, replace=False)
        status = rng.choice(["served", "reversed"])
        rows = penalties(numbers, status=status, observed=now - DAY, now=now)
        arrive(place, f"file {turn}", rows, now=now)
        keep(place, engine, now=now, rows_per_pass=rows_per_pass)
        facts = open_facts(place, engine=engine, as_of=now)
        kept = with_kept(facts)
        assert kept.kept == {TABLE}
        assert told(kept).equals(told(facts))
        assert observed(kept).equals(observed(facts))


def test_only_dates_that_changed_are_copied_anew(place, engine):
    """Two of ten days got a new observation; the others' files stay as they are."""
    rows = penalties(range(10), status="served", observed=NOON, now=NOON)
    arrive(place, "all", rows, now=NOON)
    assert keep(place, engine, now=NOON) == WHOLE
    later = NOON + DAY
    rows = penalties([3, 7], status="reversed", observed=later, now=later)
    arrive(place, "late", rows, now=later)
    touched = keep(place, engine, now=later)
    assert touched.dates == {(NOON - number * DAY).date() for number in (3, 7)}
    assert keep(place, engine, now=later) == NOTHING


def test_a_copy_of_earlier_facts_is_not_read(place, engine):
    """Rows came since: the facts themselves are read until the next run."""
    rows = penalties(range(3), status="served", observed=NOON, now=NOON)
    arrive(place, "first", rows, now=NOON)
    keep(place, engine, now=NOON)
    later = NOON + DAY
    rows = penalties([1], status="reversed", observed=later, now=later)
    arrive(place, "second", rows, now=later)
    facts = open_facts(place, engine=engine, as_of=later)
    assert with_kept(facts).kept == frozenset()
    assert with_kept(open_facts(place, engine=engine, as_of=NOON)).kept == frozenset()


def test_a_table_whose_rows_are_all_gone_is_copied_as_empty(place, engine):
    """Nobody is left in it: the copy is whole, and holds nothing."""
    rows = penalties(range(3), status="served", observed=NOON, now=NOON)
    arrive(place, "first", rows, now=NOON)
    keep(place, engine, now=NOON)
    DeltaTable(str(place.facts / TABLE)).delete()
    snapshots.publish(place, now=NOON)
    keep(place, engine, now=NOON)
    kept = with_kept(open_facts(place, engine=engine, as_of=NOON))
    assert kept.kept == {TABLE}
    assert len(told(kept)) == 0


class DyingEngine:
    """Answers once, then the process is no more."""

    def __init__(self, engine):
        self.engine, self.answers = engine, 1

    def __getattr__(self, name):
        return getattr(self.engine, name)

    def read(self, rows):
        if not self.answers:
            raise KeyboardInterrupt
        self.answers -= 1
        return self.engine.read(rows)


def test_passes_that_a_killed_run_left_are_no_copy(place, engine):
    """It died between two passes, and another command published: copied anew."""
    rows = penalties(range(6), status="served", observed=NOON, now=NOON)
    arrive(place, "first", rows, now=NOON)
    with pytest.raises(KeyboardInterrupt):
        keep(place, DyingEngine(engine), now=NOON, rows_per_pass=2)
    snapshots.publish(place, now=NOON)
    facts = open_facts(place, engine=engine, as_of=NOON)
    assert copy_of(TABLE) in facts.snapshot.derived
    assert with_kept(facts).kept == frozenset()
    assert keep(place, engine, now=NOON) == WHOLE


def test_what_a_killed_run_wrote_is_not_built_upon(place, engine):
    """It copied one day's rows and died; the next run copies all, not the rest."""
    rows = penalties(range(3), status="served", observed=NOON, now=NOON)
    arrive(place, "first", rows, now=NOON)
    keep(place, engine, now=NOON)
    killed = penalties([1], status="void_technical", observed=NOON, now=NOON)
    write_derived(
        place,
        copy_of(TABLE),
        killed.append_column("is_current", pa.array([True])),
        stamp={"facts": "of a run that died"},
        replace=dates_in([(NOON - DAY).date()]),
    )
    later = NOON + DAY
    rows = penalties([2], status="reversed", observed=later, now=later)
    arrived = place_rows(place, TABLE, rows)
    commit_facts(
        place,
        TABLE,
        arrived.rows,
        identities=[an_identity("second")],
        now=later,
        superseding=arrived.superseding,
    )
    before = snapshots.latest(place)
    grown = replace(before, facts={TABLE: before.facts[TABLE] + 1})
    grown = replace(grown, superseded=frozenset({TABLE}))
    facts = open_facts(place, engine=engine, as_of=later)
    assert keep_tables(replace(facts, snapshot=grown)).touched == {TABLE: WHOLE}
    snapshots.publish(place, now=later)
    facts = open_facts(place, engine=engine, as_of=later)
    assert with_kept(facts).kept == {TABLE}
    assert told(with_kept(facts)).equals(told(facts))


def test_a_copy_outlives_compaction(place, engine):
    """The facts' files are other ones, their rows the same: the copy is read on."""
    for turn, status in enumerate(("served", "reversed")):
        now = NOON + turn * DAY
        rows = penalties(range(4), status=status, observed=now, now=now)
        arrive(place, status, rows, now=now)
    keep(place, engine, now=now)
    DeltaTable(str(place.facts / TABLE)).optimize.compact()
    snapshots.publish(place, now=now)
    assert keep(place, engine, now=now) == NOTHING
    facts = open_facts(place, engine=engine, as_of=now)
    assert with_kept(facts).kept == {TABLE}
    assert told(with_kept(facts)).equals(told(facts))


def test_a_copy_is_narrowed_as_the_facts_are(place, engine):
    """By period, by scattered days and by market."""
    rows = penalties(range(8), status="served", observed=NOON, now=NOON)
    arrive(place, "all", rows, now=NOON)
    keep(place, engine, now=NOON)
    facts = open_facts(place, engine=engine, as_of=NOON)
    first, second = (NOON - 5 * DAY).date(), (NOON - 2 * DAY).date()
    for narrow in (
        lambda source: source.between(first, second),
        lambda source: source.on(frozenset({first, second})),
        lambda source: source.within(frozenset({"MX"})),
    ):
        found = told(narrow(with_kept(facts)))
        assert 0 < len(found) < 8
        assert found.equals(told(narrow(facts)))


def test_putting_files_together_touches_no_date(place):
    """Compaction changes files and no row."""
    for turn, status in enumerate(("served", "reversed")):
        now = NOON + turn * DAY
        rows = penalties(range(4), status=status, observed=now, now=now)
        arrive(place, status, rows, now=now)
    folder = place.facts / TABLE
    before = version_of(folder, version=DeltaTable(str(folder)).version())
    table = DeltaTable(str(folder))
    assert table.optimize.compact()["numFilesRemoved"]
    assert touched_since(folder, before=before, version=before[0] + 1) == NOTHING


def test_a_table_made_anew_is_touched_as_a_whole(place):
    """Another commit of the same number is another table."""
    rows = penalties([1], status="served", observed=NOON, now=NOON)
    arrive(place, "first", rows, now=NOON)
    folder = place.facts / TABLE
    number = DeltaTable(str(folder)).version()
    assert touched_since(folder, before=(number, "other"), version=number) == WHOLE
    assert touched_since(folder, before=(number + 1, ""), version=number) == WHOLE
