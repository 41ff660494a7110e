"""Facts as known at a moment, read through the embedded engine."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atalaia.warehouse import snapshots
from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.engines.embedded import embedded_engine
from atalaia.warehouse.facts import BackwardPeriodError, open_facts
from atalaia.warehouse.place import create_place
from atalaia.warehouse.supersede import place_rows
from atalaia.warehouse.tables import commit_facts
from warehouse.fact_rows import NOON, an_identity, sessions, stored_rows

DAY = timedelta(days=1)


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


def arrive(place, name, table, rows, *, now=NOON):
    """Rows come in as ingest brings them: placed, then committed."""
    placed = place_rows(place, table, rows)
    commit_facts(
        place,
        table,
        placed.rows,
        identities=[an_identity(name)],
        now=now,
        superseding=placed.superseding,
    )


def seen(status, *, observed, ingested=None):
    return stored_rows(
        "penalty",
        [
            {
                "penalty_id": "p1",
                "market": "BR",
                "started_at": NOON,
                "status": status,
                "observed_at": observed,
                "ingested_at": ingested or observed,
            }
        ],
    )


def statuses(place, engine, *, as_of):
    facts = open_facts(place, engine=engine, as_of=as_of)
    return engine.read(facts.table("penalty")).read_all()["status"].to_pylist()


def test_a_table_has_the_owners_columns_and_its_place(place, engine):
    """Metrics see the contract's columns, the partition and when a row came in."""
    arrive(place, "a", "live_session", sessions(3))
    snapshots.publish(place, now=NOON)
    table = open_facts(place, engine=engine, as_of=NOON).table("live_session")
    assert list(table.columns) == [
        *CONTRACTS["live_session"].schema.names,
        "business_date",
        "partition_market",
        "ingested_at",
    ]
    assert (
        engine.read(table).read_all()["business_date"].to_pylist()
        == [date(2026, 10, 1)] * 3
    )


def test_the_latest_observation_stands(place, engine):
    """A penalty that was reversed is reversed, once."""
    arrive(place, "a", "penalty", seen("active", observed=NOON))
    arrive(place, "b", "penalty", seen("reversed", observed=NOON + DAY), now=NOON + DAY)
    snapshots.publish(place, now=NOON + DAY)
    assert statuses(place, engine, as_of=NOON + DAY) == ["reversed"]


def test_what_came_in_after_the_moment_is_not_known(place, engine):
    """As of yesterday the penalty still stood, whatever was learnt since."""
    arrive(place, "a", "penalty", seen("active", observed=NOON))
    arrive(place, "b", "penalty", seen("reversed", observed=NOON + DAY), now=NOON + DAY)
    snapshots.publish(place, now=NOON + DAY)
    assert statuses(place, engine, as_of=NOON + DAY / 2) == ["active"]


def test_an_older_observation_that_arrives_late_does_not_stand(place, engine):
    """Supersession follows what the source saw, not the order of arrival."""
    arrive(place, "a", "penalty", seen("reversed", observed=NOON + DAY), now=NOON + DAY)
    late = seen("active", observed=NOON, ingested=NOON + 2 * DAY)
    arrive(place, "b", "penalty", late, now=NOON + 2 * DAY)
    snapshots.publish(place, now=NOON + 2 * DAY)
    assert statuses(place, engine, as_of=NOON + 2 * DAY) == ["reversed"]


def test_a_table_without_facts_is_empty(place, engine):
    """A contract that nothing came in for is an empty table, not an error."""
    arrive(place, "a", "live_session", sessions(1))
    snapshots.publish(place, now=NOON)
    facts = open_facts(place, engine=engine, as_of=NOON)
    assert facts.has_rows("live_session")
    assert not facts.has_rows("penalty")


def test_a_period_opens_only_its_own_partitions(place, engine):
    """Reading one day lists one day's files, with the days it looks back."""
    for day in (1, 2, 3):
        rows = sessions(2, day=date(2026, 10, day), prefix=str(day))
        arrive(place, str(day), "live_session", rows)
    snapshots.publish(place, now=NOON)
    facts = open_facts(place, engine=engine, as_of=NOON)
    third = date(2026, 10, 3)
    assert len(facts.between(third, third).files("live_session")) == 1
    assert len(facts.between(third, third, lookback_days=1).files("live_session")) == 2


def test_a_period_keeps_what_was_learnt_later_of_its_keys(place, engine):
    """A reversal weeks later is seen by whoever reads the penalty's own day alone."""
    arrive(place, "a", "penalty", seen("active", observed=NOON))
    arrive(place, "b", "penalty", seen("reversed", observed=NOON + 40 * DAY))
    snapshots.publish(place, now=NOON + 40 * DAY)
    facts = open_facts(place, engine=engine, as_of=NOON + 40 * DAY)
    day = facts.between(NOON.date(), NOON.date())
    assert engine.read(day.table("penalty")).read_all()["status"].to_pylist() == [
        "reversed"
    ]


def test_a_period_that_ends_before_it_starts_is_refused(place, engine):
    """A period typed the wrong way round is not read as an empty one."""
    arrive(place, "a", "live_session", sessions(1))
    snapshots.publish(place, now=NOON)
    facts = open_facts(place, engine=engine, as_of=NOON)
    with pytest.raises(BackwardPeriodError):
        facts.between(date(2026, 10, 2), date(2026, 10, 1))


OBSERVATIONS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 4)), min_size=1, max_size=6, unique=True
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data(), observations=OBSERVATIONS)
def test_any_order_of_arrival_gives_the_same_state(
    tmp_path_factory, engine, data, observations
):
    """Which file comes first does not matter to what is known at the end."""
    states = []
    for order in (observations, data.draw(st.permutations(observations))):
        place = create_place(tmp_path_factory.mktemp("order") / "data")
        for position, (key, moment) in enumerate(order):
            row = {
                "penalty_id": f"p{key}",
                "market": "BR",
                "started_at": NOON,
                "status": f"seen at {moment}",
                "observed_at": NOON + moment * DAY,
                "ingested_at": NOON + position * DAY,
            }
            arrive(place, str(position), "penalty", stored_rows("penalty", [row]))
        snapshots.publish(place, now=NOON + 9 * DAY)
        facts = open_facts(place, engine=engine, as_of=NOON + 9 * DAY)
        rows = engine.read(facts.table("penalty")).read_all()
        states.append(
            dict(
                zip(
                    rows["penalty_id"].to_pylist(),
                    rows["status"].to_pylist(),
                    strict=True,
                )
            )
        )
    assert states[0] == states[1]
    assert len(states[0]) == len({key for key, _ in observations})
