"""Owners' metrics through the real command line."""

import json
import shutil
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

METRICS = Path(__file__).parents[2] / "docs" / "how-to" / "metrics"
SPAN = ("--from", "2026-06-29", "--to", "2026-07-05")


@pytest.fixture
def own(data):
    """The how-to's metric beside the catalogue's, taken away again afterwards."""
    folder = data / "reference" / "metrics"
    folder.mkdir(parents=True)
    shutil.copy(METRICS / "x01.yaml", folder)
    yield folder
    shutil.rmtree(folder)


def test_an_own_metric_is_listed_with_its_file(own, run):
    _, table, _ = run("metrics", "list", language="pt")
    _, listed, _ = run("metrics", "list", "--format", "json")
    files = {each["metric"]: each["file"] for each in json.loads(listed)["metrics"]}
    assert "x01.yaml" in table
    assert files["X01"] == "x01.yaml"
    assert not files["M01"]


def test_a_catalogue_without_own_metrics_has_no_column_for_them(run):
    _, table, _ = run("metrics", "list")
    assert "Own, from" not in table


@pytest.mark.parametrize("command", ["compute", "why"])
def test_an_own_metric_says_whose_it_is(own, run, command):
    code, out, err = run("metrics", command, "x01", *SPAN)
    assert code == 0, err
    assert "own metric, from x01.yaml" in out.splitlines()[0]


def test_what_a_new_version_would_say_stands_beside_what_is_said(
    own, run, tmp_path, snapshot
):
    changed = (own / "x01.yaml").read_text("utf-8").replace("version: 1", "version: 2")
    path = tmp_path / "x01.yaml"
    path.write_text(changed.replace("[critical, high]", "[critical]"), "utf-8")
    code, out, _ = run("metrics", "diff", str(path), "--by", "market", *SPAN)
    assert code == 0
    assert out == snapshot


def test_a_broken_file_stops_with_its_line_in_the_readers_language(own, run):
    path = own / "x01.yaml"
    path.write_text(path.read_text("utf-8").replace("over: incidents", "over: severe"))
    code, out, err = run("metrics", "list", language="es")
    assert (code, out) == (2, "")
    assert "La vista «severe» da vueltas en círculo: severe → severe." in err


def test_metricflow_is_taken_over_and_what_is_not_is_named(own, run, snapshot):
    """Each metric has a line; what was taken over can be computed at once."""
    file = str(METRICS / "metricflow.yml")
    code, out, _ = run("metrics", "import", "metricflow", file)
    assert code == 2
    assert sorted(path.stem for path in own.iterdir()) == [
        "AllCases", "SevereCaseShare", "SpanishSessions", "x01",
    ]  # fmt: skip
    assert out.replace(file, "FILE").replace(str(own), "METRICS") == snapshot
    code, _, _ = run("metrics", "compute", "SevereCaseShare", *SPAN)
    assert code == 0


def test_a_file_that_was_edited_is_never_written_over(own, run):
    """Its owners renamed the metric and translated it: the import leaves it alone."""
    file = str(METRICS / "metricflow.yml")
    run("metrics", "import", "metricflow", file)
    path = own / "AllCases.yaml"
    edited = path.read_text("utf-8").replace("id: AllCases", "id: Cases")
    path.write_text(edited, "utf-8")
    _, out, _ = run("metrics", "import", "metricflow", file)
    assert path.read_text("utf-8") == edited
    assert "AllCases.yaml' is there already" in out
