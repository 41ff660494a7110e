"""The house keeps its shape: one idea a file, short functions, true public names."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "atalaia"
FILES = sorted(SOURCE.rglob("*.py"))
FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager", "misc", "shared"}


def docstring_lines(tree: ast.Module) -> set[int]:
    """Lines that a docstring covers."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    covered: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, documented) and ast.get_docstring(node, clean=False):
            text = node.body[0]
            covered.update(range(text.lineno, (text.end_lineno or 0) + 1))
    return covered


def logic_lines(path: Path) -> list[int]:
    """Lines that are neither blank, comment nor docstring."""
    text = path.read_text("utf-8")
    skipped = docstring_lines(ast.parse(text))
    return [
        number
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip() and not line.strip().startswith("#") and number not in skipped
    ]


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Each function with its number of logic lines."""
    counted = set(logic_lines(path))
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = range(node.lineno, (node.end_lineno or 0) + 1)
            yield node.name, len(counted.intersection(lines))


def modules() -> list[str]:
    """Every module of the package by its import name."""
    names = (path.relative_to(SOURCE.parent).with_suffix("") for path in FILES)
    return [".".join(name.parts).removesuffix(".__init__") for name in names]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_file_holds_one_idea(path: Path) -> None:
    """No source file passes 400 lines of logic."""
    assert len(logic_lines(path)) <= 400


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_functions_are_short(path: Path) -> None:
    """No function passes 40 lines of logic."""
    long = {name: lines for name, lines in functions(path) if lines > 40}

    assert long == {}


def test_no_file_is_a_drawer() -> None:
    """No module is named for being useful; each is named for its idea."""
    assert [path for path in FILES if path.stem in FORBIDDEN_NAMES] == []


@pytest.mark.parametrize("name", [m for m in modules() if not m.endswith("__main__")])
def test_public_names_exist(name: str) -> None:
    """Every name a module promises in __all__ is there, once, and in order."""
    if name.startswith("atalaia.warehouse.engines.spark"):
        pytest.importorskip("pyspark", reason="Spark is an extra")
    module = importlib.import_module(name)
    promised = list(getattr(module, "__all__", []))

    assert [n for n in promised if not hasattr(module, n)] == []
    assert len(set(promised)) == len(promised)
