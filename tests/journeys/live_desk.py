"""A desk that runs for a test: a real server on a free port, with its own records."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from atalaia.desk.settings.installation import create_secrets, read_installation
from atalaia.warehouse.place import create_place

__all__ = ["LiveDesk", "running_desk"]

ROOT = Path(__file__).parents[2]
READY_S = 60
SERVED = (
    "atalaia.desk.asgi:application",
    "--log-level=warning",
    "--timeout-graceful-shutdown=1",
)


@dataclass(frozen=True)
class LiveDesk:
    """Where a running desk is reached, and how to do something behind its back."""

    url: str
    environment: dict[str, str]

    def run(self, code: str) -> str:
        """Run Python beside the server, on the same records; return what it prints."""
        begun = "import django; django.setup()\n" + code
        done = subprocess.run(
            [sys.executable, "-c", begun],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=READY_S,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


@contextmanager
def running_desk(folder: Path) -> Iterator[LiveDesk]:
    """Set a desk up in a folder and serve it until the block ends."""
    environment = _environment(folder)
    create_place(folder / "data")
    installation = read_installation(environment)
    create_secrets(installation)
    installation.records.mkdir(exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    desk = LiveDesk(url=f"http://127.0.0.1:{port}", environment=environment)
    desk.run("from django.core.management import call_command as c\n" + PREPARED)
    server = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", *SERVED, "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=(folder / "server.log").open("w"),
    )
    try:
        _await(f"{desk.url}/health/live", server=server)
        yield desk
    finally:
        server.terminate()
        server.wait(timeout=READY_S)


PREPARED = "c('migrate', verbosity=0); c('createcachetable')"


def _environment(folder: Path) -> dict[str, str]:
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("ATALAIA_")}
    return {
        **inherited,
        "ATALAIA_DATA": str(folder / "data"),
        "ATALAIA_SECRETS": str(folder / "secrets"),
        "DJANGO_SETTINGS_MODULE": "atalaia.desk.settings.project",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}",
    }


def _await(address: str, *, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + READY_S
    while time.monotonic() < until:
        assert server.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 (our own)
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(address)
