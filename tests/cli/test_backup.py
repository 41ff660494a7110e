"""A live desk is backed up, destroyed and put back, on and across both databases."""

import itertools
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import psycopg
import pytest

import atalaia
from atalaia.warehouse.place import create_place
from postgresql_server import address_of_new_server

pytestmark = pytest.mark.slow
PROGRAM = (sys.executable, "-m", "atalaia")
SPOILT = ("a byte", "its end", "a row", "its format", "nothing")
APPROVED = Path(atalaia.__file__).parent / "domain" / "data" / "penalties.yaml"
NUMBERS = itertools.count()
KINDS = ("sqlite", "postgresql")
# Writes as the desk does, without end; each line says that one more was committed.
WRITER = """
import itertools
from datetime import UTC, datetime
import django; django.setup()
from atalaia.desk.accounts.actor import COMMAND
from atalaia.desk.audit.action import acting
for n in itertools.count():
    with acting("x", by=COMMAND, right=None, now=datetime.now(UTC)) as deed:
        deed.noted("thing", str(n), content={"n": n}, subject=f"c_{n % 3}")
    print(n, flush=True)
"""
# Sends a case about somebody to central, as people do on pages.
A_CASE = """
import django; django.setup()
from atalaia.domain.codes import RoleCode
from desk.a_case import REFERENCES, a_sent_case
from desk.people import an_actor
about = {**REFERENCES, "creator_id": "7421339"}
by = an_actor(RoleCode.ANALYST, "MX")
a_sent_case(by, description="Dijo zanzibar en la feria.", references=about)
"""


class Site:
    """Guards one installation: its folder, keys and database."""

    def __init__(self, root: Path, *, database: str = "") -> None:
        self.data, self.safe = root / "DATA", root / "safe"
        self.environment = {
            **os.environ,
            "ATALAIA_DATA": str(self.data),
            "ATALAIA_SECRETS": str(self.safe),
            "ATALAIA_KEY": str(self.safe / "pseudonym.key"),
            "DJANGO_SETTINGS_MODULE": "atalaia.desk.settings.project",
        }
        self.environment.pop("ATALAIA_DATABASE", None)
        if database:
            self.environment["ATALAIA_DATABASE"] = database

    def do(self, program: str) -> None:
        tests = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        subprocess.run(
            [sys.executable, "-c", program],
            env={**self.environment, **tests},
            check=True,
        )

    def run(self, *arguments: str, code: int = 0) -> str:
        result = subprocess.run(
            [*PROGRAM, "--data", str(self.data), "--lang", "en", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == code, result.stdout + result.stderr
        return result.stdout + result.stderr


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> str:
    """A PostgreSQL server for the whole file."""
    return address_of_new_server(tmp_path_factory.mktemp("server") / "data")


@pytest.fixture
def a_site(server, tmp_path):
    """Make an empty site on a database of its own."""

    def made(kind: str, name: str) -> Site:
        if kind == "sqlite":
            return Site(tmp_path / name)
        own = f"{name}_{next(NUMBERS)}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {own}")
        return Site(tmp_path / name, database=server.replace("/atalaia", f"/{own}", 1))

    return made


def backed_up_alive(site: Site, file: Path) -> int:
    """Back a site up while somebody writes; return what was committed before."""
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER],
        env=site.environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert writer.stdout is not None
        before = [writer.stdout.readline() for _ in range(20)]
        site.run("backup", str(file))
        after = writer.stdout.readline()
    finally:
        writer.kill()
        writer.wait()
    assert after, "the writer was stopped by the backup"
    return int(before[-1]) + 1


@pytest.mark.parametrize("onto", KINDS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_destroyed_site_is_put_back(kind, onto, a_site, tmp_path):
    """With all that was written before the backup began, and a whole trail."""
    lost, file = a_site(kind, "lost"), tmp_path / "b.atalaia"
    lost.run("desk", "init", "--admin", "ana@example.org")
    (lost.data / "settings.yaml").write_text("threads: 2\n")
    approved = APPROVED.read_text("utf-8") + "# approved\n"
    (lost.data / "reference" / APPROVED.name).write_text(approved)
    written = backed_up_alive(lost, file)
    shutil.rmtree(lost.data)

    found = a_site(onto, "found")
    shutil.copytree(lost.safe, found.safe, dirs_exist_ok=True)
    found.run("restore", str(file))
    said = found.run("audit", "verify")

    count = int(said.split("The audit trail is whole: ")[1].split()[0].replace(",", ""))
    assert count >= written + 1
    assert "a backup was put back" in said
    assert (found.data / "settings.yaml").read_text() == "threads: 2\n"
    assert (found.data / "reference" / APPROVED.name).read_text() == approved
    found.run("desk", "init", "--admin", "bia@example.org")
    assert "whole" in found.run("audit", "verify")


@pytest.fixture
def site(a_site) -> Site:
    """A small site with something written down."""
    made = a_site("sqlite", "site")
    made.run("desk", "init", "--admin", "ana@example.org")
    return made


def test_no_key_is_in_a_backup(site, tmp_path):
    """Nor a session: whoever finds the file can sign in nowhere."""
    file = tmp_path / "b.atalaia"
    site.run("backup", str(file))
    keys = [path.read_text().strip() for path in site.safe.glob("*.key")]
    with zipfile.ZipFile(file) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())

    assert not [key for key in keys if key.encode() in content]
    assert b"sessions.session" not in content
    assert file.stat().st_mode & 0o077 == 0


def test_a_place_with_records_is_not_overwritten(site, tmp_path):
    """Unless told to, and then a backup of it is kept that can be put back."""
    file = tmp_path / "b.atalaia"
    site.run("backup", str(file))
    site.run("desk", "init", "--admin", "later@example.org")

    assert "--replace" in site.run("restore", str(file), code=1)
    site.run("restore", str(file), "--replace")
    [kept] = (site.data / "records").glob("replaced-*.atalaia")
    with sqlite3.connect(site.data / "records" / "desk.sqlite3") as records:
        query = "SELECT count(*) FROM accounts_person"
        assert records.execute(query).fetchone() == (1,)
    site.run("restore", str(kept), "--replace")
    with sqlite3.connect(site.data / "records" / "desk.sqlite3") as records:
        assert records.execute(query).fetchone() == (2,)
    assert "whole" in site.run("audit", "verify")


@pytest.mark.parametrize(
    "what", ["a byte", "its end", "a row", "its format", "nothing"]
)
def test_a_backup_that_is_not_whole_is_refused(what, site, tmp_path):
    """Before anything is changed."""
    file, spoilt = tmp_path / "b.atalaia", tmp_path / "spoilt.atalaia"
    site.run("backup", str(file))
    content = bytearray(file.read_bytes())
    if what == "a byte":
        content[len(content) // 2] ^= 255
    elif what == "its end":
        del content[-100:]
    elif what == "nothing":
        content.clear()
    spoilt.write_bytes(content)
    if what in ("a row", "its format"):
        rewritten(file, spoilt, what=what)
    empty = Site(tmp_path / "empty")
    shutil.copytree(site.safe, empty.safe)

    empty.run("restore", str(spoilt), code=1)
    with sqlite3.connect(empty.data / "records" / "desk.sqlite3") as records:
        found = records.execute("SELECT count(*) FROM accounts_person").fetchone()
    assert found == (0,)


def rewritten(file: Path, into: Path, *, what: str) -> None:
    """Copy a backup with one row changed, or from a later version."""
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(into, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if what == "a row" and name == "records/audit.entry.jsonl":
                content = content.replace(b"person.admin", b"person.other")
            if what == "its format" and name == "manifest.json":
                content = json.dumps({**json.loads(content), "format": 99}).encode()
            new.writestr(name, content)


def test_a_backup_without_its_keys_is_refused(site, tmp_path):
    """With new keys nothing in it could be proven."""
    file = tmp_path / "b.atalaia"
    site.run("backup", str(file))
    other = Site(tmp_path / "other")
    create_place(other.data)

    assert "atalaia desk init" in other.run("restore", str(file), code=1)
    other.run("desk", "init")
    said = other.run("restore", str(file), code=1)
    assert "exported heads" in said or "is not whole under the key" in said


def test_who_was_erased_does_not_come_back(site, tmp_path):
    """No byte of the records holds what a case said of them."""
    file = tmp_path / "b.atalaia"
    site.do(A_CASE)
    site.run("backup", str(file))
    assert "zanzibar" in records_of(site)
    said = site.run("warehouse", "erase", "7421339")
    assert "Records of the desk emptied" in said
    assert "zanzibar" not in records_of(site)

    shutil.rmtree(site.data)
    said = site.run("restore", str(file))

    assert "Records of the desk emptied" in said
    assert not {"zanzibar", "7421339"} & set(re.findall(r"\w+", records_of(site)))
    assert "whole" in site.run("audit", "verify")


def records_of(site: Site) -> str:
    """Return every byte of a site's records."""
    files = sorted(site.data.glob("records/*"))
    return "".join(path.read_bytes().decode("latin-1") for path in files)


def test_time_is_kept_in_what_is_put_back(site, tmp_path):
    """No row is stamped with the moment of the restore."""
    file, query = tmp_path / "b.atalaia", "SELECT joined_at FROM accounts_person"
    records = site.data / "records" / "desk.sqlite3"
    with sqlite3.connect(records) as before:
        joined = before.execute(query).fetchall()
    site.run("backup", str(file))
    time.sleep(0.01)
    site.run("restore", str(file), "--replace")

    with sqlite3.connect(records) as after:
        assert after.execute(query).fetchall() == joined
