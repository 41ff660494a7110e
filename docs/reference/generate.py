"""Write the reference pages from the code; `--check` fails where one is stale."""

import argparse
import difflib
import inspect
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from atalaia.cli import app
from atalaia.domain import errors
from atalaia.domain.names import code_lists
from atalaia.domain.reference import load_reference
from atalaia.domain.trilingual import Trilingual
from atalaia.metrics.catalogue import CATALOGUE
from atalaia.metrics.metric import UsualGrain
from atalaia.warehouse.contracts import CONTRACTS, SYSTEM_FIELDS, Contract, Field

HERE = Path(__file__).parent
NOTICE = (
    "<!-- Written by docs/reference/generate.py; change the code, not this page. -->"
)


def page(title: str, lead: str, lines: Iterable[str]) -> str:
    """Join a title, a lead sentence and the body into one Markdown page."""
    return "\n".join([f"# {title}", "", NOTICE, "", lead, "", *lines]).rstrip() + "\n"


def table(header: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    names = list(header)
    yield "| " + " | ".join(names) + " |"
    yield "|" + "---|" * len(names)
    for row in rows:
        yield (
            "| "
            + " | ".join(str(c).replace("|", "\\|").replace("\n", " ") for c in row)
            + " |"
        )
    yield ""


def tables() -> str:
    """The fact tables, one section a contract."""
    return page(
        "Fact tables",
        "A row is an observation of one thing; a later observation supersedes it. "
        "Times are UTC. Fields marked *person* become pseudonyms at ingest.",
        [
            *(line for contract in CONTRACTS.values() for line in _section(contract)),
            "## What the warehouse adds to every row",
            "",
            *table(("field", "type", "meaning"), map(_system_row, SYSTEM_FIELDS)),
        ],
    )


def _section(contract: Contract) -> Iterator[str]:
    yield f"## {contract.name}"
    yield ""
    key = ", ".join(f"`{name}`" for name in contract.key)
    yield f"{contract.meaning} Key: {key}. Contract version {contract.version}."
    yield ""
    yield from table(("field", "type", "holds", "meaning"), map(_row, contract.fields))


def _row(field: Field) -> tuple[str, str, str, str]:
    bounds = (field.minimum, field.maximum)
    shown = ", ".join(
        part
        for part in (
            "required" if field.is_required else "",
            "person" if field.is_person else "",
            field.unit,
            f"≥ {bounds[0]:g}" if bounds[0] is not None else "",
            f"≤ {bounds[1]:g}" if bounds[1] is not None else "",
            " · ".join(f"`{code}`" for code in field.allowed),
        )
        if part
    )
    return f"`{field.name}`", str(field.kind), shown, field.meaning


def _system_row(field: Field) -> tuple[str, str, str]:
    return f"`{field.name}`", str(field.kind), field.meaning


def metrics() -> str:
    """The catalogue, each metric as one sentence in three languages."""
    lines: list[str] = []
    for metric in CATALOGUE.values():
        lines += [f"## {metric.id} {metric.name.en}", ""]
        lines += [
            f"- **{language}** {metric.name.of(language)}. {text}"
            for language, text in _texts(metric.definition)
        ]
        lines += [
            "",
            (
                f"Kind: {metric.kind}. Version {metric.version}. Unit: {metric.unit}. "
                f"Usually read: {_grain(metric.grain)}. "
                f"Maturity: {metric.maturity_days} days. Minimum n: {metric.min_n}."
            ),
            "",
        ]
    return page("Metrics", "Every number is defined once, here.", lines)


def _grain(grain: UsualGrain) -> str:
    names = ", ".join(f"`{name}`" for name in grain.by)
    return f"{grain.span} by {names}" if names else grain.span.value


def _texts(text: Trilingual) -> Iterator[tuple[str, str]]:
    return zip(("en", "es", "pt"), text, strict=True)


def policies() -> str:
    """The policy tree with the names in three languages."""
    tree = load_reference().policies
    rows = (
        (f"`{leaf.id}`", *leaf.name, leaf.severity, leaf.lane) for leaf in tree.leaves
    )
    return page(
        "Policies",
        f"The shipped tree, version {tree.version}: defaults in our own words, not "
        "any platform's internal policy.",
        table(("id", "English", "español", "português", "severity", "lane"), rows),
    )


def closed_lists() -> str:
    """The codes that fields may hold."""
    lines: list[str] = []
    for name, members in sorted(code_lists().items()):
        lines += [f"- **{name}**: " + ", ".join(f"`{member}`" for member in members)]
    return page("Codes", "The closed lists of the trade.", lines)


def error_tree() -> str:
    """Every error with its message and its next step."""
    found = sorted(
        _descendants(errors.AtalaiaError), key=lambda e: (e.__name__, e.message)
    )
    rows = (
        (f"`{e.__name__.removesuffix('Error')}`", e.message, e.next_step, e.exit_code)
        for e in found
        if "message" in vars(e)
    )
    return page(
        "Errors",
        "What each refusal says and asks for; the words in braces are filled in.",
        table(("code", "says", "next step", "exit"), rows),
    )


def _descendants(root: type[errors.AtalaiaError]) -> set[type[errors.AtalaiaError]]:
    below = {kind for child in root.__subclasses__() for kind in _descendants(child)}
    return {*root.__subclasses__(), *below}


def commands() -> str:
    """The command line as its help gives it."""
    body = inspect.cleandoc(app.generate_docs(output_format="markdown", recursive=True))
    return page("Commands", "The same verbs as the library's.", body.splitlines()[1:])


def interface() -> str:
    """The desk's interface for machines, as it describes itself.

    Django is set up once a process and its settings name an installation; a process of
    its own keeps both out of this one.
    """
    with tempfile.TemporaryDirectory() as folder:
        told = subprocess.run(  # noqa: S603 (our own program)
            [sys.executable, HERE / "describe_interface.py", folder],
            check=True,
            capture_output=True,
            text=True,
        )
    return told.stdout


PAGES: Mapping[str, Callable[[], str]] = {
    "codes.md": closed_lists,
    "commands.md": commands,
    "errors.md": error_tree,
    "metrics.md": metrics,
    "openapi.json": interface,
    "policies.md": policies,
    "tables.md": tables,
}


def stale() -> Iterator[str]:
    """Yield a diff for each page that differs from what the code says."""
    for name, write in PAGES.items():
        path = HERE / name
        kept = path.read_text("utf-8") if path.exists() else ""
        yield from difflib.unified_diff(
            kept.splitlines(),
            write().splitlines(),
            f"docs/reference/{name}",
            "code",
            lineterm="",
        )


def main() -> None:
    """Write the pages, or with --check fail where one is stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        difference = "\n".join(stale())
        sys.exit(
            f"{difference}\nRun: python docs/reference/generate.py" if difference else 0
        )
    for name, write in PAGES.items():
        (HERE / name).write_text(write(), "utf-8")


if __name__ == "__main__":
    main()
