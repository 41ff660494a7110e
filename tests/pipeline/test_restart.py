"""A day's run that is killed at any of its steps ends as one that never was killed."""

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from atalaia.cli import main

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
SOME_REFUSED = 2
PLAN = HERE.parent / "cli" / "tiny.yaml"
DAY = "2026-07-05"
STEPS = ("ingest", "measure", "watch", "brief")
KILLS = {
    "ingest done, not recorded": (2, "before", "ingest"),
    "measure done, not recorded": (4, "before", "measure"),
    "brief done, not recorded": (8, "before", "brief"),
}


@pytest.fixture(scope="module")
def landed(tmp_path_factory):
    """DATA with a small world in its landing folder, and a file nothing explains."""
    folder = tmp_path_factory.mktemp("restart")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ATALAIA_KEY", str(folder / "pseudonym.key"))
        simulate = ["simulate", "--plan", str(PLAN), "--sessions", "300"]
        assert main(["--data", str(folder / "DATA"), *simulate]) == 0
        (folder / "DATA" / "landing" / "what.csv").write_text("a,b\n1,2\n")
        yield folder / "DATA"


def a_copy(landed, folder):
    """The same landing folder in a place of its own, at the same path each time."""
    root = folder / "DATA"
    shutil.copytree(landed, root)
    return root


def pages(root):
    """Every page and text of the day, byte by byte."""
    folder = root / "records" / "briefs" / DAY
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def record_of(root):
    return json.loads((root / "records" / "runs" / f"{DAY}.json").read_text())


@pytest.fixture(scope="module")
def undisturbed(landed, tmp_path_factory):
    """The pages of a run that nobody killed."""
    root = a_copy(landed, tmp_path_factory.mktemp("undisturbed"))
    assert main(["--data", str(root), "daily"]) == SOME_REFUSED
    return pages(root)


def killed_and_run_again(kill, *, root):
    """Run the day until the kill, then again to its end."""
    number, side, _ = KILLS[kill]
    script = (sys.executable, HERE / "killed_daily.py", str(number), side)
    arguments = ("--data", str(root), "daily")
    killed = subprocess.run([*script, *arguments], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert main([*arguments]) == SOME_REFUSED


@pytest.mark.parametrize("kill", KILLS)
def test_a_killed_day_is_finished_by_running_it_again(
    kill, landed, undisturbed, tmp_path
):
    """The same pages come out, and the record says which step was begun twice."""
    root = a_copy(landed, tmp_path)
    killed_and_run_again(kill, root=root)
    attempts = {each["name"]: each["attempts"] for each in record_of(root)["steps"]}
    assert attempts == dict.fromkeys(STEPS, 1) | {KILLS[kill][2]: 2}
    assert pages(root) == undisturbed


def test_a_refused_file_is_named_on_screen_and_in_the_record(landed, tmp_path, capsys):
    """A run with a file that nothing explains goes on, says which, and exits with 2."""
    root = a_copy(landed, tmp_path)
    assert main(["--data", str(root), "daily"]) == SOME_REFUSED
    told = capsys.readouterr().err
    (refused,) = record_of(root)["steps"][0]["refused"]
    assert "what.csv" in refused["file"]
    assert "atalaia map suggest" in refused["reason"]
    assert "what.csv" in told
    assert "atalaia map suggest" in " ".join(told.split())


def test_another_market_after_a_run_of_the_same_moment_gets_its_brief(landed, tmp_path):
    """A simulated world has one moment; every market's brief is written in it."""
    root = a_copy(landed, tmp_path)
    run = ["--data", str(root), "daily"]
    assert main(run) == SOME_REFUSED
    assert main([*run, "--market", "MX"]) == SOME_REFUSED
    assert {"region.en.html", "MX.en.html", "MX.es.html"} <= pages(root).keys()
    attempts = {each["name"]: each["attempts"] for each in record_of(root)["steps"]}
    assert attempts == dict.fromkeys(STEPS, 1)
