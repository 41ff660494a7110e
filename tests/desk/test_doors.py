"""Nobody fetches an object except through `accounts.access`, nor comes in unasked."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

DESK = Path(__file__).parents[2] / "src" / "atalaia" / "desk"
EDGES = sorted(
    path
    for pattern in ("*pages*.py", "*api*.py", "*_calls.py", "*exports*.py")
    for path in DESK.rglob(pattern)
)
OPEN = {
    "atalaia.desk.shell.pages.live": "a machine asks whether the process runs",
    "atalaia.desk.shell.pages.ready": "a machine asks whether the desk can work",
    "atalaia.desk.shell.pages.language": "the sign-in page speaks three languages",
    "atalaia.desk.accounts.pages.begin": "the way to a provider, as the library has it",
    "atalaia.desk.accounts.pages.closed": "addresses of the library that lead nowhere",
    "atalaia.desk.accounts.pages.unknown": "told to those whom the desk does not know",
    "atalaia.desk.casework.handoff.link_pages.show": "the link's token is the right",
    "atalaia.desk.casework.handoff.link_pages.answer": "the link's token is the right",
    "atalaia.desk.casework.handoff.link_pages.sheet": "the link's token is the right",
    "atalaia.desk.casework.handoff.link_pages.text": "the link's token is the right",
}
"""Pages for people who have not signed in, each with its reason."""


def views(
    patterns: list[URLPattern | URLResolver],
) -> Iterator[tuple[str, object]]:
    """Every view of ours by its full name; the sign-in library's are its own."""
    for each in patterns:
        if getattr(each, "app_name", "") == "ninja":
            continue  # whom each call is for, tests of the interface say
        if not isinstance(each, URLResolver):
            view = each.callback
            if not view.__module__.startswith("allauth."):
                yield f"{view.__module__}.{view.__qualname__}", view
        else:
            yield from views(each.url_patterns)


def database_words(path: Path) -> list[str]:
    """Attributes by which a module would reach a table itself."""
    reached = {"objects", "_default_manager", "_base_manager"}
    tree = ast.parse(path.read_text("utf-8"))
    return [
        f"{path.name}:{node.lineno} .{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in reached
    ]


@pytest.mark.parametrize("path", EDGES, ids=lambda p: str(p.relative_to(DESK)))
def test_pages_reach_no_table_themselves(path: Path):
    """What a page shows came through a query or an action that knows who asks."""
    assert database_words(path) == []


def test_every_page_says_whom_it_is_for():
    """A page without `page_for` would be open to everybody."""
    unsaid = [
        name
        for name, view in views(get_resolver().url_patterns)
        if name not in OPEN and not hasattr(view, "right")
    ]

    assert unsaid == []
