"""Real judgments and official statements go through, and every count is right."""

import csv
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable

from atalaia.domain.reference import Reference, load_reference
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.question import Question
from atalaia.metrics.reading import Reading
from atalaia.metrics.value import MetricValue
from atalaia.warehouse.engines.embedded import embedded_engine
from atalaia.warehouse.facts import open_facts
from atalaia.warehouse.ingest.ingest import ingest
from atalaia.warehouse.ingest.mapping_file import load_mapping
from atalaia.warehouse.ingest.receipts import IngestReceipt
from atalaia.warehouse.ingest.statements import dsa_mapping
from atalaia.warehouse.place import Place, create_place
from atalaia.warehouse.pseudonyms import Pseudonymiser

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data"
JUDGMENTS = SHARED / "told_br" / "judgments.parquet"
MAPPING = ROOT / "docs" / "how-to" / "mappings" / "judgments.yaml"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CATEGORIES = ("insult", "obscene", "misogyny", "homophobia")
THRESHOLD = 0.5
Truth = dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]]
Told = Callable[..., MetricValue]


@cache
def reference() -> Reference:
    return load_reference()


def take_in(source: Path, place: Place, **options: object) -> IngestReceipt:
    return ingest(
        source,
        place=place,
        reference=reference(),
        pseudonymiser=Pseudonymiser(b"k" * 32),
        tombstone_file=place.root.with_name("tombstones.jsonl"),
        now=NOW,
        **options,  # type: ignore[arg-type]  # the tests name real options
    )


def rows_of(place: Place, table: str) -> pa.Table:
    return DeltaTable(str(place.facts / table)).to_pyarrow_table()


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A warehouse that holds the real judgments."""
    if not JUDGMENTS.exists():
        # Their licence keeps the judgments out of the project, which runs without.
        pytest.skip("the judgments are not beside the project")
    place = create_place(tmp_path_factory.mktemp("judged") / "DATA")
    receipt = take_in(JUDGMENTS, place, mapping=load_mapping(MAPPING))
    assert receipt.quarantined == {}
    return place


@pytest.fixture(scope="module")
def truth() -> Truth:
    """Per category, straight from the file: acted on, judgments, majority."""
    rows = pq.read_table(JUDGMENTS)
    found = {}
    for name in CATEGORIES:
        acted = rows[f"{name}_score"].to_numpy() >= THRESHOLD
        slots = [rows[f"{name}_judgment_{slot}"].to_numpy() for slot in (1, 2, 3)]
        judgments = np.stack(slots, axis=1)
        found[name] = (acted, judgments, judgments.sum(axis=1) >= 2)
    return found


def counted(rows: pa.Table, **wanted: object) -> int:
    mask = np.ones(rows.num_rows, dtype=bool)
    for column, value in wanted.items():
        mask &= rows[column].to_numpy(zero_copy_only=False) == value
    return int(mask.sum())


@pytest.mark.shared
def test_every_judgment_becomes_a_review(judged: Place) -> None:
    """21,000 items, four categories, three slots; nobody is named."""
    reviews = rows_of(judged, "review")
    assert reviews.num_rows == 21_000 * 4 * 3
    assert reviews["reviewer_id"].null_count == reviews.num_rows
    assert set(reviews["slot"].unique().to_pylist()) == {1, 2, 3}


@pytest.mark.shared
@pytest.mark.parametrize("category", CATEGORIES)
def test_overkill_and_leakage_against_the_majority(
    judged: Place, truth: Truth, category: str
) -> None:
    """Verdicts agree with counts made from the file alone, category by category."""
    verdicts = rows_of(judged, "verdict")
    mine = np.array(
        [
            text.endswith(f":{category}:majority")
            for text in verdicts["verdict_id"].to_pylist()
        ]
    )
    verdicts = verdicts.filter(pa.array(mine))
    acted, _, violates = truth[category]
    assert counted(verdicts, frame="enforced") == acted.sum()
    assert counted(verdicts, verdict="overkill") == (acted & ~violates).sum()
    assert counted(verdicts, verdict="leakage") == (~acted & violates).sum()
    assert counted(verdicts, truth="violating") == violates.sum()


@pytest.mark.shared
def test_first_two_slots_disagree_as_in_the_file(judged: Place, truth: Truth) -> None:
    """Double-review disagreement can be counted from the reviews as from the file."""
    reviews = rows_of(judged, "review")
    by_slot = {
        slot: reviews.filter(pa.array(reviews["slot"].to_numpy() == slot)).sort_by(
            "decision_id"
        )
        for slot in (1, 2)
    }
    differ = np.sum(
        by_slot[1]["judgment"].to_numpy(zero_copy_only=False)
        != by_slot[2]["judgment"].to_numpy(zero_copy_only=False)
    )
    assert differ == sum((j[:, 0] != j[:, 1]).sum() for _, j, _ in truth.values())


@pytest.mark.shared
def test_scores_are_model_signals(judged: Place) -> None:
    """Each score is one signal of one category's policy."""
    signals = rows_of(judged, "signal")
    expected = pq.read_table(JUDGMENTS)
    assert set(signals["type"].unique().to_pylist()) == {"model"}
    total = sum(np.sum(expected[f"{name}_score"].to_numpy()) for name in CATEGORIES)
    assert np.isclose(np.sum(signals["score"].to_numpy()), total)


@pytest.fixture(scope="module")
def told(judged: Place, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """The catalogue's answers over the judged posts."""
    engine = embedded_engine(
        threads=2, memory_limit="2GiB", spill_folder=tmp_path_factory.mktemp("spill")
    )
    facts = open_facts(judged, engine=engine, as_of=NOW)
    reading = Reading(facts=facts, reference=reference())

    def answer(metric: str, policy: str | None = None) -> MetricValue:
        question = Question(
            metric=metric,
            start=date(2026, 11, 16),
            end=date(2026, 11, 17),
            where={} if policy is None else {"policy": policy},
        )
        (value,) = evaluate(question, reading, now=NOW).rows
        return value

    yield answer
    engine.close()


@pytest.mark.shared
@pytest.mark.parametrize(
    ("category", "policy"),
    [("insult", "tns.harassment.degrading"), ("obscene", "tns.mature.language")],
)
def test_catalogue_measures_overkill(
    told: Told, truth: Truth, category: str, policy: str
) -> None:
    """M10 is the share of wrong actions that the file itself gives.

    Misogyny and homophobia share a first-level policy: an item acted on for both is
    one incident there, so that these two are not compared decision by decision.
    """
    acted, _, violates = truth[category]
    overkill = told("M10", policy)
    assert overkill.value == pytest.approx((acted & ~violates).sum() / acted.sum())
    assert overkill.estimate is not None
    assert overkill.estimate.low < overkill.value < overkill.estimate.high


@pytest.mark.shared
def test_catalogue_measures_leakage(told: Told, truth: Truth) -> None:
    """M12 is the share of passed decisions whose majority finds a violation."""
    acted = np.concatenate([acted for acted, _, _ in truth.values()])
    violates = np.concatenate([majority for _, _, majority in truth.values()])
    leakage = told("M12")
    assert leakage.value == pytest.approx((~acted & violates).sum() / (~acted).sum())


@pytest.mark.shared
def test_catalogue_measures_disagreement_and_agreement(
    told: Told, truth: Truth
) -> None:
    """M18 and M19 agree with the first two slots and with alpha's closed form."""
    judgments = np.concatenate([judgments for _, judgments, _ in truth.values()])
    differ = (judgments[:, 0] != judgments[:, 1]).mean()
    assert told("M18").value == pytest.approx(differ)
    # Nominal alpha of complete binary data: pairs that differ, seen and by chance.
    ones, values = judgments.sum(axis=1), judgments.size
    seen = (ones * (3 - ones)).sum()
    by_chance = ones.sum() * (values - ones.sum()) / (values - 1)
    assert told("M19").value == pytest.approx(1 - seen / 2 / by_chance)


# Statements of reasons --------------------------------------------------------


TRAP = 'Dijo "no", \'sí\'; línea uno\nlínea dos, fin; [\\"x\\"]'


def statements(words: Reference, *, form: str, scope: str) -> Iterator[dict[str, str]]:
    """Yield rows that between them use every value of every coded column."""
    dsa = words.dsa
    columns = dsa.of_form(form)  # type: ignore[arg-type]  # the two forms are its codes
    coded = [column for column in columns if column.code_list]
    longest = max(len(dsa.codes(column.name)) for column in coded)
    for number in range(longest):
        row = {column.name: "" for column in columns}
        for column in coded:
            values = list(dsa.codes(column.name))
            first = values[number % len(values)]
            second = values[(number + 1) % len(values)]
            row[column.name] = (
                json.dumps([first, second]) if column.is_multi_valued else first
            )
        row |= {
            "uuid": f"00000000-0000-0000-0000-{number:012d}",
            "application_date": "2026-11-10" if number % 2 else "2026-11-10 21:30:00",
            "content_date": "2026-11-09",
            "created_at": "2026-11-11 08:00:00",
            "end_date_service_restriction": "2026-11-17" if number % 3 == 0 else "",
            "illegal_content_legal_ground": TRAP,
            "platform_name": "Ejemplo",
            "platform_uid": f"p-{number}",
        }
        if form == "full":
            row |= {"territorial_scope": scope, "decision_facts": TRAP}
        yield row


def statement_file(folder: Path, *, form: str, scope: str = '["BR"]') -> Path:
    rows = list(statements(reference(), form=form, scope=scope))
    path = folder / f"sor-{form}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.mark.parametrize("form", ["full", "light"])
def test_statements_with_every_value_go_through(tmp_path: Path, form: str) -> None:
    """The official header is enough: every row becomes a decision, none is lost."""
    place = create_place(tmp_path / "DATA")
    path = statement_file(tmp_path, form=form)
    receipt = take_in(path, place, mapping=dsa_mapping(market="BR"))
    assert receipt.refused == ()
    assert receipt.quarantined == {}
    written = sum(1 for _ in statements(reference(), form=form, scope=""))
    assert receipt.accepted["moderation_decision"] == written


def test_statement_texts_survive_quoting(tmp_path: Path) -> None:
    """Quotes, delimiters and line ends within a cell come back as they were."""
    place = create_place(tmp_path / "DATA")
    take_in(statement_file(tmp_path, form="full"), place)
    decisions = rows_of(place, "moderation_decision")
    assert set(decisions["facts_text"].to_pylist()) == {TRAP}
    assert decisions["territorial_scope"].to_pylist()[0] == ["BR"]


def test_multi_valued_cells_are_lists(tmp_path: Path) -> None:
    """Every keyword of the official list arrives as a member of a list."""
    place = create_place(tmp_path / "DATA")
    take_in(statement_file(tmp_path, form="full"), place)
    keywords = rows_of(place, "moderation_decision")["dsa_keywords"].to_pylist()
    known = set(reference().dsa.codes("category_specification"))
    assert {word for words in keywords for word in words} == known


def test_every_restriction_becomes_a_penalty(tmp_path: Path) -> None:
    """A statement with four restrictions has four penalties, each with its end."""
    place = create_place(tmp_path / "DATA")
    take_in(statement_file(tmp_path, form="full"), place)
    decisions, penalties = (
        rows_of(place, "moderation_decision"),
        rows_of(place, "penalty"),
    )
    assert penalties.num_rows == 4 * decisions.num_rows
    assert "live_suspend_7d" in penalties["code"].unique().to_pylist()
    assert penalties["planned_end_at"].null_count < penalties.num_rows


def test_scope_that_is_no_market_of_ours_is_quarantined(tmp_path: Path) -> None:
    """The EU is no market: without a declared one nothing is guessed."""
    place = create_place(tmp_path / "DATA")
    path = statement_file(tmp_path, form="full", scope='["DE", "FR"]')
    receipt = take_in(path, place)
    assert receipt.accepted == {}
    assert receipt.files[0].tables[0].reasons == {
        "missing": receipt.quarantined["moderation_decision"]
    }


def test_ambiguous_category_keeps_a_pseudo_policy(tmp_path: Path) -> None:
    """Where no one policy carries a category, the row says so instead of guessing."""
    place = create_place(tmp_path / "DATA")
    take_in(statement_file(tmp_path, form="full"), place)
    decisions = rows_of(place, "moderation_decision").to_pylist()
    policies = {row["dsa_category"]: row["policy_id"] for row in decisions}
    assert policies["STATEMENT_CATEGORY_ANIMAL_WELFARE"].startswith("tns.animals")
    other = "STATEMENT_CATEGORY_OTHER_VIOLATION_TC"
    assert policies[other] == f"dsa.{other}"
