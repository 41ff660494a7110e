"""What the how-to tells people to type works as it stands there."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from atalaia.desk.casework.models import Case
from atalaia.domain.codes import RoleCode
from desk.api.calls import a_token

PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "use-the-api.md"
COMMAND = re.compile(r"^curl(?:.*\\\n|'(?:[^'])*'|[^\n'])*", re.MULTILINE)


def commands() -> list[str]:
    """Every call of the page, in its order."""
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    return [found for block in blocks for found in COMMAND.findall(block)]


def opened_key() -> str:
    """The case that the page opens; before that nothing names one."""
    case = Case.objects.first()
    return case.key if case else ""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_every_call_of_the_how_to_is_answered(live_server):
    """One after the other, against a desk that runs."""
    environment = {
        **os.environ,
        "DESK": live_server.url,
        "TOKEN": a_token(RoleCode.ANALYST, "MX"),
    }

    answers = []
    for command in commands():
        # The page was written in a year of its own.
        here = command.replace("MX-2026-000001", opened_key())
        done = subprocess.run(
            ["bash", "-c", here],  # noqa: S607 (as people type it)
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, (command, done.stdout, done.stderr)
        answers.append(json.loads(done.stdout))

    assert len(answers) == PAGE.read_text("utf-8").count("\ncurl ")
    case = Case.objects.get()
    assert (case.state, case.external_ref, case.priority) == (
        "triaged",
        "TICKET-77",
        "P2",
    )
