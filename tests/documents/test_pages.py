"""README, docs and changelog say what is there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link in a page points at a file of the project."""
    targets = [t for t in LINK.findall(page.read_text("utf-8")) if "://" not in t]

    assert [t for t in targets if not (page.parent / t).exists()] == []


def test_readme_names_real_make_targets() -> None:
    """Every `make x` in README and docs is a target of the Makefile."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    known = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = {
        target
        for page in PAGES
        for target in re.findall(r"`make ([a-z]+)", page.read_text("utf-8"))
    }

    assert named >= {"demo", "test"}
    assert named <= known


def test_every_decision_is_listed() -> None:
    """The list of decisions names each decision page once."""
    folder = ROOT / "docs" / "decisions"
    listed = LINK.findall((folder / "README.md").read_text("utf-8"))
    written = [page.name for page in folder.glob("[0-9]*.md")]

    assert sorted(listed) == sorted(written)


def test_reference_is_what_the_code_says() -> None:
    """The generated reference pages are those the code would write now."""
    command = [sys.executable, "docs/reference/generate.py", "--check"]
    result = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert result.returncode == 0, result.stdout + result.stderr


def test_requirements_name_no_index() -> None:
    """The pinned requirements carry hashes and no address."""
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        text = path.read_text("utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text
        assert "index-url" not in text
