"""YAML read with the line of every value, so that a wrong one can be shown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

from atalaia.domain.errors import ReferenceDataError

__all__ = [
    "DuplicateKeyError",
    "MalformedYamlError",
    "Mark",
    "Marked",
    "YamlPath",
    "package_data",
    "parse_marked",
    "read_marked",
]

_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
YamlPath = tuple[str | int, ...]


class MalformedYamlError(ReferenceDataError):
    """The file is not YAML that can be read."""

    message = "{place}\nThis is not well-formed YAML: {problem}."
    next_step = "Mend the line; indent with spaces and quote texts that hold ': '."


class DuplicateKeyError(ReferenceDataError):
    """The same key is written twice in one block; YAML would keep the last only."""

    message = "{place}\nThe key '{key}' is written twice in the same block."
    next_step = "Keep one of the two."


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A line of a file, shown as a compiler shows it; `line` counts from 1."""

    file: str
    line: int
    shown: str

    def __str__(self) -> str:
        number = str(self.line)
        return f"{self.file}:{number}\n  {number} | {self.shown.strip()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A YAML document: plain values, and the line where each was written.

    A path is a tuple of keys and positions from the root: `("leaves", 3, "lane")`.
    """

    file: str
    value: Any
    lines: Mapping[YamlPath, int]
    text: tuple[str, ...]

    def line_of(self, path: YamlPath) -> int:
        """Return the line of a value, or of the nearest block that would hold it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def mark(self, path: YamlPath) -> Mark:
        """Return the place of a value for an error's `place` field."""
        return _mark(self.file, self.text, self.line_of(path))


def package_data(name: str) -> Traversable:
    """Return a file of the package's own reference data.

    >>> package_data("markets.yaml").is_file()
    True
    """
    return files("atalaia.domain").joinpath("data", name)


def read_marked(source: Traversable | str) -> Marked:
    """Read a YAML file by its path, or a file of the package's data by its name.

    Raises MalformedYamlError or DuplicateKeyError, each with file and line.
    """
    origin = package_data(source) if isinstance(source, str) else source
    shown_name = str(origin) if isinstance(origin, Path) else origin.name
    if isinstance(source, str):
        shown_name = source
    return parse_marked(origin.read_bytes(), file=shown_name)


def parse_marked(content: bytes, *, file: str) -> Marked:
    """Parse YAML bytes (UTF-8); `file` is the name that errors show."""
    text = _decoded(content, file=file)
    lines = tuple(text.splitlines())
    loader = _LOADER(text)
    try:
        root = loader.get_single_node()
        value = None if root is None else loader.construct_document(root)
    except yaml.MarkedYAMLError as error:
        raise _malformed(error, file=file, lines=lines) from error
    finally:
        loader.dispose()
    found: dict[YamlPath, int] = {}
    for path, line in _places(root, path=(), open_nodes=()):
        if path in found:
            place = _mark(file, lines, line)
            raise DuplicateKeyError(place=place, key=str(path[-1]))
        found[path] = line
    return Marked(file=file, value=value, lines=found, text=lines)


def _decoded(content: bytes, *, file: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        place = Mark(file=file, line=line, shown="")
        raise MalformedYamlError(place=place, problem="it is not UTF-8") from error


def _malformed(
    error: yaml.MarkedYAMLError, *, file: str, lines: tuple[str, ...]
) -> MalformedYamlError:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    problem = error.problem or error.context or "it cannot be parsed"
    return MalformedYamlError(place=_mark(file, lines, line), problem=problem)


def _mark(file: str, lines: tuple[str, ...], line: int) -> Mark:
    shown = lines[line - 1] if line <= len(lines) else ""
    return Mark(file=file, line=line, shown=shown)


def _places(
    node: yaml.Node | None, *, path: YamlPath, open_nodes: tuple[int, ...]
) -> Iterator[tuple[YamlPath, int]]:
    """Walk every value with its path; a block that holds itself is walked once."""
    if node is None or id(node) in open_nodes:
        return
    open_nodes = (*open_nodes, id(node))
    if not path:
        yield path, node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        for position, item in enumerate(node.value):
            yield (*path, position), item.start_mark.line + 1
            yield from _places(item, path=(*path, position), open_nodes=open_nodes)
    elif isinstance(node, yaml.MappingNode):
        for key, item in node.value:
            yield (*path, str(key.value)), key.start_mark.line + 1
            yield from _places(
                item, path=(*path, str(key.value)), open_nodes=open_nodes
            )
