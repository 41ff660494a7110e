"""Every engine keeps the same promises and gives the same numbers.

The distributed engine is a real Spark with two worker processes; it is started once
for the whole run and only where `-m cluster` asks for it.
"""

import datetime as dt
import math

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from atalaia.warehouse.engines.engine import UnreadableFilesError

UTC = dt.UTC
SCHEMA = pa.schema(
    [
        ("key", pa.string()),
        ("views", pa.int64()),
        ("score", pa.float64()),
        ("boosted", pa.bool_()),
        ("at", pa.timestamp("us", tz="UTC")),
        ("born", pa.date32()),
        ("policies", pa.list_(pa.string())),
        ("partition_market", pa.string()),
        ("business_date", pa.date32()),
    ]
)
MOMENT = dt.datetime(2026, 3, 28, 23, 59, 59, 999_999, tzinfo=UTC)
ROWS = [
    {
        "key": "ação ñandú '´`\\ %_ 日本",
        "views": 2**53 + 1,
        "score": 0.1,
        "boosted": True,
        "at": MOMENT,
        "born": dt.date(1969, 12, 31),
        "policies": ["tns.minors", ""],
    },
    {
        "key": "",
        "views": -1,
        "score": -0.0,
        "boosted": False,
        "at": dt.datetime(1970, 1, 1, tzinfo=UTC),
        "born": dt.date(2026, 2, 28),
        "policies": [],
    },
    dict.fromkeys(
        ["key", "views", "score", "boosted", "at", "born", "policies"],
    ),
]


def stored(folder, *, market, date, table):
    """Write one file as the tables lay it out: market and date only in its path."""
    place = folder / f"partition_market={market}" / f"business_date={date}"
    place.mkdir(parents=True)
    file = place / "part-0.parquet"
    pq.write_table(table, file)
    return file


@pytest.fixture
def files(tmp_path):
    own = pa.schema(list(SCHEMA)[:-2])
    old = own.remove(own.get_field_index("policies"))
    return [
        stored(
            tmp_path,
            market="BR",
            date="2026-03-28",
            table=pa.Table.from_pylist(ROWS[:2], schema=own),
        ),
        stored(
            tmp_path,
            market="MX",
            date="2026-03-29",
            table=pa.Table.from_pylist(ROWS[2:], schema=old),
        ),
    ]


def answer(engine, expr):
    return engine.read(expr).read_all().to_pylist()


def by_key(row):
    return row["key"] or "~"


def column(engine, table, value):
    """The values of one expression over a small table, in the order of its `row`."""
    shown = table.select(row=table.row, value=value).order_by("row")
    return [row["value"] for row in answer(engine, shown)]


def numbered(engine, **columns):
    length = len(next(iter(columns.values())))
    return engine.rows(pa.table({"row": list(range(length)), **columns}))


def test_files_come_back_with_types_and_values(engine, files):
    """Every stored type, null and accent survives, in exactly the asked schema."""
    table = engine.parquet(files, schema=SCHEMA)
    read = engine.read(table.order_by("business_date", table.key.desc())).read_all()
    assert read.schema == SCHEMA
    assert read.drop_columns(["partition_market", "business_date"]).to_pylist() == ROWS


def test_partitions_are_text_and_date(engine, files):
    """Market and date come from the path, typed."""
    table = engine.parquet(files, schema=SCHEMA)
    seen = answer(
        engine,
        table.select("partition_market", "business_date")
        .distinct()
        .order_by("partition_market"),
    )
    assert seen == [
        {"partition_market": "BR", "business_date": dt.date(2026, 3, 28)},
        {"partition_market": "MX", "business_date": dt.date(2026, 3, 29)},
    ]


def test_a_file_of_an_older_contract_reads_with_nulls(engine, files):
    """A column added later is null in older files, whichever file comes first."""
    table = engine.parquet(files[::-1], schema=SCHEMA)
    old = answer(engine, table.filter(table.partition_market == "MX"))
    assert [row["policies"] for row in old] == [None]


def test_a_column_that_no_file_has_is_null(engine, files):
    """The asked schema rules, even when nothing written so far knows the column."""
    table = engine.parquet(files, schema=SCHEMA.append(pa.field("later", pa.int64())))
    assert {row["later"] for row in answer(engine, table.select("later"))} == {None}


def test_an_undated_table_has_no_date(engine, tmp_path):
    """Entities are stored by market only; their date is null, not an error."""
    place = tmp_path / "partition_market=BR"
    place.mkdir()
    pq.write_table(pa.table({"key": ["a"]}), place / "part-0.parquet")
    schema = pa.schema(
        [
            ("key", pa.string()),
            ("partition_market", pa.string()),
            ("business_date", pa.date32()),
        ]
    )
    table = engine.parquet([place / "part-0.parquet"], schema=schema)
    assert answer(engine, table) == [
        {"key": "a", "partition_market": "BR", "business_date": None}
    ]


def test_no_files_give_an_empty_table_of_the_schema(engine):
    """A table without rows is a table: typed, and counting zero."""
    table = engine.parquet([], schema=SCHEMA)
    assert engine.read(table).read_all() == SCHEMA.empty_table()
    assert answer(engine, table.aggregate(n=table.count())) == [{"n": 0}]


def test_a_folder_may_have_any_name(engine, tmp_path):
    """Brackets, spaces, quotes and percent signs in a path are no pattern."""
    table = pa.table({"key": ["a"]})
    schema = pa.schema([("key", pa.string()), ("partition_market", pa.string())])
    odd, even = tmp_path / "d [copia] 50% 'x' {a,b}", tmp_path / "d c 50% 'x' a"
    file = stored(odd, market="BR", date="2026-01-01", table=table)
    stored(even, market="MX", date="2026-01-01", table=table)
    read = engine.parquet([file], schema=schema)
    assert answer(engine, read) == [{"key": "a", "partition_market": "BR"}]


def test_a_file_that_is_gone_is_said(engine, tmp_path):
    """The reader hears which file is missing, not a traceback of the engine."""
    with pytest.raises(UnreadableFilesError, match="gone"):
        engine.parquet([tmp_path / "gone.parquet"], schema=SCHEMA)


def test_small_tables_come_back_as_they_went_in(engine):
    """Reference rows keep their types and values."""
    table = pa.Table.from_pylist(ROWS, schema=pa.schema(list(SCHEMA)[:-2]))
    read = engine.read(engine.rows(table)).read_all()
    assert read.schema == table.schema
    assert sorted(read.to_pylist(), key=by_key) == sorted(ROWS, key=by_key)


def test_instants_keep_their_microseconds(engine):
    """Differences between instants are exact to the microsecond."""
    times = pa.array([MOMENT, MOMENT + dt.timedelta(microseconds=1)])
    table = numbered(engine, at=times.cast(pa.timestamp("us", tz="UTC")))
    assert column(engine, table, table.at) == times.to_pylist()
    later = table.filter(table.at > ibis.literal(MOMENT))
    assert answer(engine, later.select("row")) == [{"row": 1}]


def test_the_date_of_an_instant_is_the_utc_date(engine, monkeypatch):
    """Nothing depends on the zone of the machine."""
    table = numbered(engine, at=pa.array([MOMENT]).cast(pa.timestamp("us", tz="UTC")))
    assert column(engine, table, table.at.date()) == [dt.date(2026, 3, 28)]
    assert column(engine, table, table.at.hour()) == [23]


def test_hours_between_instants_agree(engine):
    """A lapse is measured in seconds of UTC."""
    start = dt.datetime(2026, 3, 28, 23, 59, 59, tzinfo=UTC)
    table = numbered(
        engine,
        start=pa.array([start], pa.timestamp("us", tz="UTC")),
        end=pa.array([start + dt.timedelta(hours=1, seconds=1)]).cast(
            pa.timestamp("us", tz="UTC")
        ),
    )
    lapse = table.end.epoch_seconds() - table.start.epoch_seconds()
    assert column(engine, table, lapse) == [3601]


def test_days_between_dates_agree(engine):
    """Dates are counted in whole days, backwards too."""
    table = numbered(
        engine,
        a=pa.array([dt.date(2026, 2, 28), dt.date(2026, 3, 2)]),
        b=pa.array([dt.date(2026, 3, 2), dt.date(2026, 2, 28)]),
    )
    assert column(engine, table, table.b.delta(table.a, unit="day")) == [2, -2]


def test_sums_of_integers_are_exact(engine):
    """Counts beyond the precision of a float lose nothing."""
    table = numbered(engine, n=[2**53, 1, 1, None])
    total = table.aggregate(total=table.n.sum(), n=table.n.count())
    assert answer(engine, total) == [{"total": 2**53 + 2, "n": 3}]
    assert engine.read(total).schema.field("total").type == pa.int64()


def test_floats_agree_with_an_exact_sum(engine):
    """Sums and means of floats hold to 1e-9."""
    values = [math.sin(n) / 7 for n in range(5_000)]
    table = numbered(engine, x=values)
    (row,) = answer(engine, table.aggregate(total=table.x.sum(), mean=table.x.mean()))
    assert row["total"] == pytest.approx(math.fsum(values), rel=1e-9)
    assert row["mean"] == pytest.approx(math.fsum(values) / 5_000, rel=1e-9)


def test_the_sum_of_nothing_is_null_and_its_count_zero(engine):
    """A total over no rows is unknown, not zero."""
    table = numbered(engine, n=[1, 2]).filter(ibis._.n > 9)
    total = table.aggregate(total=table.n.sum(), n=table.count())
    assert answer(engine, total) == [{"total": None, "n": 0}]


def test_a_division_by_zero_is_null(engine):
    """A ratio without a denominator is unknown, neither infinite nor an error."""
    table = numbered(engine, a=[1, 0, 3], b=[0, 0, 2])
    assert column(engine, table, table.a / table.b) == [None, None, 1.5]


def test_integers_divide_to_fractions(engine):
    """A ratio of two counts is not cut to whole numbers."""
    table = numbered(engine, a=[1], b=[4])
    assert column(engine, table, table.a / table.b) == [0.25]


def test_texts_are_split_and_matched_literally(engine):
    """Policy ids are taken apart at the dot; a dot is a dot, not any character."""
    table = numbered(engine, key=["tns.minors.nudity", "eco", "tnsXminors", None])
    assert column(engine, table, table.key.split(".")) == [
        ["tns", "minors", "nudity"],
        ["eco"],
        ["tnsXminors"],
        None,
    ]
    assert column(engine, table, table.key.split(".")[0]) == [
        "tns",
        "eco",
        "tnsXminors",
        None,
    ]
    assert column(engine, table, table.key.startswith("tns.")) == [
        True,
        False,
        False,
        None,
    ]


@pytest.mark.parametrize("delimiter", ["|", "\\", "'", "->", "[^", " "])
def test_any_delimiter_splits_literally(engine, delimiter):
    """No delimiter is a pattern, on any engine."""
    table = numbered(engine, key=[f"a{delimiter}b"])
    assert column(engine, table, table.key.split(delimiter)) == [["a", "b"]]


def test_lists_are_searched(engine):
    """Whether a list holds a code; an absent list has no answer."""
    table = numbered(
        engine, codes=pa.array([["a", "b"], [], None], pa.list_(pa.string()))
    )
    assert column(engine, table, table.codes.contains("a")) == [True, False, None]
    assert column(engine, table, table.codes.length().fill_null(0)) == [2, 0, 0]


def test_a_list_opens_into_rows(engine):
    """Each code of a list becomes a row; an empty list gives none."""
    table = numbered(engine, codes=pa.array([["a", "b"], []], pa.list_(pa.string())))
    opened = table.select(row=table.row, code=table.codes.unnest())
    assert answer(engine, opened.order_by("row", "code")) == [
        {"row": 0, "code": "a"},
        {"row": 0, "code": "b"},
    ]


def test_the_latest_row_of_a_key_is_found(engine):
    """Supersession: one row per key, the last observed, ties broken by a second key."""
    table = numbered(
        engine, key=["a", "a", "b", "b"], seen=[1, 2, 5, 5], tie=["x", "y", "p", "q"]
    )
    window = ibis.window(
        group_by=table.key, order_by=[table.seen.desc(), table.tie.desc()]
    )
    last = table.mutate(place=ibis.row_number().over(window)).filter(ibis._.place == 0)
    assert answer(engine, last.select("key", "tie").order_by("key")) == [
        {"key": "a", "tie": "y"},
        {"key": "b", "tie": "q"},
    ]


def test_the_previous_row_is_found(engine):
    """Recidivism looks back one event within a creator."""
    table = numbered(engine, key=["a", "a", "b"], at=[1, 4, 9])
    window = ibis.window(group_by=table.key, order_by=table.at)
    assert column(engine, table, table.at - table.at.lag().over(window)) == [
        None,
        3,
        None,
    ]


def test_texts_sort_and_compare_by_their_bytes(engine):
    """Order does not depend on a locale: capitals first, accents last."""
    table = numbered(engine, key=["é", "a", "Z", "z"])
    assert [row["key"] for row in answer(engine, table.order_by("key"))] == [
        "Z",
        "a",
        "z",
        "é",
    ]


def test_distinct_people_are_counted_exactly(engine):
    """Nulls are no person; no approximate counts."""
    people = [f"creator-{n % 977}" for n in range(4_000)] + [None]
    table = numbered(engine, who=people)
    assert answer(engine, table.aggregate(n=table.who.nunique())) == [{"n": 977}]


def test_a_conditional_count_takes_null_as_no(engine):
    """Counting where a flag holds passes over rows that do not know it."""
    table = numbered(engine, flag=[True, False, None, True])
    counted = table.aggregate(n=table.flag.sum(), m=table.count(where=table.flag))
    assert answer(engine, counted) == [{"n": 2, "m": 2}]


def test_a_missing_partner_is_null(engine):
    """A left join keeps its rows; null keys meet nobody."""
    left = numbered(engine, key=["a", None])
    right = engine.rows(pa.table({"key": ["a", None], "value": [1, 2]}))
    joined = left.left_join(right, "key").select("row", "value").order_by("row")
    assert [row["value"] for row in answer(engine, joined)] == [1, None]


def test_the_week_starts_on_monday(engine):
    """Weeks are ISO: 2027-01-03 is a Sunday and belongs to the last week of 2026."""
    table = numbered(engine, day=pa.array([dt.date(2027, 1, 3), dt.date(2027, 1, 4)]))
    assert column(engine, table, table.day.truncate("W")) == [
        dt.date(2026, 12, 28),
        dt.date(2027, 1, 4),
    ]
    assert column(engine, table, table.day.day_of_week.index()) == [6, 0]


@pytest.mark.parametrize(("share", "expected"), [(0.5, 20), (0.9, 40), (0.0, 10)])
def test_a_percentile_is_an_observed_value(engine, share, expected):
    """The nearest-rank percentile: the least value that covers the share of rows."""
    table = numbered(engine, x=[10, 20, 30, 40, None]).filter(ibis._.x.notnull())
    ranked = table.mutate(
        place=ibis.row_number().over(order_by=table.x) + 1, n=table.count().over()
    )
    reached = ranked.filter(ranked.place >= (ranked.n * share).ceil())
    assert answer(engine, reached.aggregate(x=reached.x.min())) == [{"x": expected}]


def test_the_last_moment_of_a_day_belongs_to_it(engine):
    """Comparing an instant with bounds does not round."""
    table = numbered(engine, at=pa.array([MOMENT]).cast(pa.timestamp("us", tz="UTC")))
    next_day = ibis.literal(dt.datetime(2026, 3, 29, tzinfo=UTC))
    assert answer(engine, table.filter(table.at >= next_day)) == []


def test_a_share_of_groups_comes_with_empty_groups_left_out(engine):
    """Grouping gives one row per group seen, null being a group of its own."""
    table = numbered(engine, key=["a", None, "a"], n=[1, 2, 3])
    grouped = table.group_by("key").aggregate(n=table.n.sum())
    seen = {row["key"]: row["n"] for row in answer(engine, grouped)}
    assert seen == {"a": 4, None: 2}


def test_nulls_sort_where_they_are_told_to(engine):
    """Order is stated, not left to the engine's habit."""
    table = numbered(engine, n=[2, None, 1])
    ordered = table.order_by(table.n.asc(nulls_first=True))
    assert [row["n"] for row in answer(engine, ordered)] == [None, 1, 2]


def test_cases_and_coalesces_agree(engine):
    """A choice between values takes null as not true."""
    table = numbered(engine, n=[1, None, 3])
    named = ibis.cases((table.n > 2, "many"), else_="few")
    assert column(engine, table, named) == ["few", "few", "many"]
    assert column(engine, table, ibis.coalesce(table.n, 0)) == [1, 0, 3]


def test_kept_rows_stay_as_they_were_worked_out(engine):
    """A kept table has the expression's columns, types and rows."""
    table = numbered(engine, n=[1, 2, None], word=["a", "b", None])
    expression = table.filter(table.n.notnull()).select("n", "word", twice=table.n * 2)
    kept = engine.kept(expression)
    assert kept.schema() == expression.schema()
    expected = [{"n": 1, "word": "a", "twice": 2}, {"n": 2, "word": "b", "twice": 4}]
    assert answer(engine, kept.order_by("n")) == expected


@pytest.mark.cluster
def test_two_worker_processes_do_the_work(spark):
    """The distributed engine is distributed: two executors beside the driver."""
    status = spark._session.sparkContext._jsc.sc().statusTracker()
    assert len(status.getExecutorInfos()) == 3


@pytest.mark.cluster
def test_workers_write_files_that_any_engine_reads(spark, embedded, files, tmp_path):
    """Results go to Parquet under the table's folder, complete and typed."""
    table = spark.parquet(files, schema=SCHEMA)
    folder = tmp_path / "derived"
    written = spark.write_parquet(
        table, folder, partition_by=["partition_market", "business_date"]
    )
    assert {file.relative_to(folder).parts[0] for file in written} == {
        "partition_market=BR",
        "partition_market=MX",
    }
    expected = sorted(answer(spark, table), key=by_key)
    again = embedded.parquet(written, schema=SCHEMA)
    assert sorted(answer(embedded, again), key=by_key) == expected
    assert [path.name for path in folder.iterdir() if "=" not in path.name] == []
