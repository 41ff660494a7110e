"""The commands that run the desk, as systemd and an administrator run them."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from atalaia.warehouse.place import create_place

pytestmark = pytest.mark.slow
PATIENCE_S = 60
PROGRAM = (sys.executable, "-m", "atalaia")


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A folder for data and keys, with a desk that was set up."""
    root = tmp_path_factory.mktemp("desk")
    done(root, "desk", "init", "--admin", "ana@example.org")
    return root


def command(root: Path, *arguments: str) -> dict:
    """How to start a command on the folder's installation."""
    names = {"ATALAIA_SECRETS": str(root / "safe"), "ATALAIA_KEY": str(root / "p.key")}
    return {
        "args": [*PROGRAM, "--data", str(root / "DATA"), "--lang", "en", *arguments],
        "env": {**os.environ, **names},
        "stdout": subprocess.PIPE,
        "stderr": subprocess.PIPE,
        "text": True,
    }


def done(root: Path, *arguments: str, code: int = 0) -> str:
    """Run a command to its end and return what it said."""
    result = subprocess.run(**command(root, *arguments), check=False)
    assert result.returncode == code, result.stderr
    return result.stdout + result.stderr


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def served(home, port) -> Iterator[subprocess.Popen]:
    """A desk that answers."""
    process = subprocess.Popen(**command(home, "serve", "--port", str(port)))
    try:
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            try:
                read(port, "/health/live")
                break
            except OSError:
                time.sleep(0.2)
        yield process
    finally:
        process.kill()
        process.wait()


def read(port: int, path: str) -> str:
    address = f"http://127.0.0.1:{port}{path}"
    with urllib.request.urlopen(address, timeout=10) as answer:
        return answer.read().decode()


def test_keys_are_their_owners_alone_and_never_printed(home):
    """Setting up again changes none of them."""
    before = {path: path.read_text() for path in (home / "safe").glob("*.key")}
    said = done(home, "desk", "init", "--admin", "ana@example.org")

    assert len(before) >= 2
    assert {path: path.read_text() for path in before} == before
    assert all(path.stat().st_mode & 0o077 == 0 for path in before)
    assert not any(key.strip() in said for key in before.values())


def test_a_served_desk_is_ready_and_stops_when_told(home, port, served):
    """Nothing but lines of JSON in its log, and no address of anybody in them."""
    assert json.loads(read(port, "/health/ready")) == {"status": "ready"}
    served.send_signal(signal.SIGTERM)
    _, log = served.communicate(timeout=PATIENCE_S)
    lines = [json.loads(line) for line in log.splitlines()]

    assert served.returncode in (0, -signal.SIGTERM)
    assert "health/ready" in {line.get("route") for line in lines}
    assert "127.0.0.1" not in log


def test_other_machines_are_not_served_in_the_clear(home):
    """Passwords would be sent for everybody to read."""
    said = done(home, "serve", "--host", "0.0.0.0", code=2)  # noqa: S104 (refused)

    assert "send passwords in the clear" in said


def test_a_desk_that_was_not_set_up_is_not_served(tmp_path):
    """The command that sets it up is named."""
    create_place(tmp_path / "DATA")
    said = done(tmp_path, "serve", code=1)

    assert "atalaia desk init" in said


def test_schedule_and_worker_do_what_is_due_and_end(home):
    """Once, for a timer of one's own instead of the loop."""
    done(home, "schedule", "--once")
    done(home, "worker", "--once")

    assert "It agrees with 1 exported head." in done(home, "audit", "verify")


def test_a_second_schedule_is_told_that_one_runs(home):
    """Two would export and publish beside each other."""
    first = subprocess.Popen(**command(home, "schedule"))
    try:
        assert first.stderr is not None
        first.stderr.readline()
        said = done(home, "schedule", "--once", code=1)
        first.send_signal(signal.SIGTERM)
        first.wait(PATIENCE_S)
    finally:
        first.kill()

    assert "Another process runs 'schedule'" in said
    assert first.returncode == 0


def test_commands_that_need_no_desk_load_none():
    """Whoever asks for a figure does not wait for a web framework."""
    code = (
        "import sys; from atalaia.cli import main; main(['metrics', 'list']); "
        "assert 'django' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
