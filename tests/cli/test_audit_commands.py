"""The commands that prove the audit trail, run as a person runs them."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from atalaia.desk.settings.installation import create_secrets, read_installation
from atalaia.warehouse.place import create_place

pytestmark = pytest.mark.slow
WRITE = """
from datetime import UTC, datetime
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from atalaia.desk.accounts.actor import COMMAND
from atalaia.desk.audit.action import acting
for n in range(3):
    with acting("x", by=COMMAND, right=None, now=datetime.now(UTC)) as deed:
        deed.noted("thing", str(n), content={})
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """DATA with a desk in which three things were done."""
    root = tmp_path_factory.mktemp("audited")
    create_place(root / "DATA")
    named = {"ATALAIA_DATA": str(root / "DATA"), "ATALAIA_SECRETS": str(root / "safe")}
    create_secrets(read_installation(named))
    named["DJANGO_SETTINGS_MODULE"] = "atalaia.desk.settings.project"
    run_python("-c", WRITE, environment=named)
    return root


def run_python(*arguments: str, environment: dict[str, str], code: int = 0) -> str:
    result = subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == code, result.stderr
    return result.stdout + result.stderr


@pytest.fixture
def run(made):
    """Run a command on the installation in a process of its own."""

    def command(*arguments: str, code: int = 0) -> str:
        return run_python(
            "-m",
            "atalaia",
            "--data",
            str(made / "DATA"),
            "--lang",
            "en",
            *arguments,
            environment={"ATALAIA_SECRETS": str(made / "safe")},
            code=code,
        )

    return command


def test_verify_says_that_the_trail_is_whole(run):
    """And that rows cut from its end would not be found before an export."""
    said = run("audit", "verify")

    assert "The audit trail is whole: 3 rows." in said
    assert "No head was exported yet" in said


def test_verify_names_the_row_that_was_altered(run, made: Path):
    """With what to do next, and an exit code that a script sees."""
    run("audit", "export-head")
    with sqlite3.connect(made / "DATA" / "records" / "desk.sqlite3") as records:
        records.execute("DROP TRIGGER audit_entry_kept_update")
        records.execute("UPDATE audit_entry SET actor = 'nobody' WHERE seq = 2")

    said = run("audit", "verify", code=1)

    assert "Row 2 was altered, or written without the key." in said
    assert "Rows before it are whole: 1." in said
