"""`atalaia metrics import`."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Literal

import yaml
from cyclopts import Parameter

from atalaia.cli.refusals import spoken
from atalaia.cli.terminal import InTerminal, Terminal
from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.marked_yaml import parse_marked
from atalaia.domain.reference import Reference, load_reference
from atalaia.metrics.definitions import Definitions
from atalaia.metrics.owners.errors import FileTakenError, IdTakenError
from atalaia.metrics.owners.loading import FOLDER, load_definitions
from atalaia.metrics.owners.metric_file import read_metric
from atalaia.metrics.owners.metricflow import Imported, read_metricflow
from atalaia.warehouse.place import open_place

__all__ = ["import_metrics"]

SOME_REFUSED = 2
READERS = {"metricflow": read_metricflow}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    """A metric that became a file's text, or what stands against it."""

    name: str
    id: str
    text: str
    refusal: ReferenceDataError | None = None


def import_metrics(
    form: Annotated[
        Literal["metricflow"], Parameter(help="How the file says its metrics.")
    ],
    file: Annotated[Path, Parameter(help="A YAML file of the semantic layer.")],
    *,
    owner: Annotated[str, Parameter(help="Who answers for them.")] = "imported",
    terminal: InTerminal,
) -> int:
    """Take over the metrics of another tool as own metrics of this installation.

    Ratio and simple metrics become files to edit; the others are named with the reason.
    """
    place = open_place(terminal.data)
    folder = place.reference / FOLDER
    reference = load_reference(place.reference)
    known = load_definitions(folder, reference=reference)
    imported = READERS[form](file, owner=owner)
    taken = list(_taken(imported, known=known, reference=reference))
    folder.mkdir(parents=True, exist_ok=True)
    told = [_written(each, folder=folder, terminal=terminal) for each in taken]
    refused = [each for each in told if each.refusal is not None]
    return SOME_REFUSED if refused else 0


def _written(each: _Taken, *, folder: Path, terminal: Terminal) -> _Taken:
    """Write a metric's file and say so, or say what stands against it.

    A file that is there is never written over: its owners may have translated it.
    """
    path, words = folder / f"{each.id}.yaml", terminal.words
    if each.refusal is None:
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(each.text)
        except FileExistsError:
            each = replace(each, refusal=FileTakenError(file=terminal.near(path)))
    if each.refusal is not None:
        terminal.say(words.text("{name}: left out.", name=each.name))
        terminal.say(spoken(each.refusal, words=words))
        return each
    terminal.say(words.text("{name}: taken over as {id}.", name=each.name, id=each.id))
    shown = terminal.near(path)
    terminal.say(words.text("To finish: translate its texts in {file}", file=shown))
    return each


def _taken(
    imported: tuple[Imported, ...], *, known: Definitions, reference: Reference
) -> Iterator[_Taken]:
    """Hold every metric against the rules of an owner's file before it is written."""
    ids = set(known.by_id)
    for each in imported:
        if each.told is None:
            yield _Taken(name=each.name, id="", text="", refusal=each.refusal)
            continue
        text = yaml.safe_dump(each.told, sort_keys=False, allow_unicode=True)
        name, refusal = str(each.told["id"]), None
        marked = parse_marked(text.encode(), file=f"{name}.yaml")
        try:
            own = read_metric(marked, file=f"{name}.yaml", reference=reference)
            if name in ids:
                raise IdTakenError(place=own.root.child("id").mark, id=name)
        except ReferenceDataError as error:
            refusal = error
        else:
            ids.add(name)
        yield _Taken(name=each.name, id=name, text=text, refusal=refusal)
