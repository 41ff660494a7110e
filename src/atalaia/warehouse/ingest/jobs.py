"""Which files an ingest takes, with which mapping, in which order."""

from collections.abc import Sequence
from dataclasses import dataclass
from errno import ENOENT
from os import strerror
from pathlib import Path
from shlex import quote

from atalaia.domain.errors import InputError
from atalaia.domain.reference import Reference
from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.ingest.errors import NoMappingError, UnreadableFileError
from atalaia.warehouse.ingest.mapping import Mapping, contract_mapping
from atalaia.warehouse.ingest.mapping_file import load_mapping
from atalaia.warehouse.ingest.statements import dsa_mapping, form_of_file

__all__ = ["Job", "jobs_of", "left_out", "mapping_beside"]

MAPPING_SUFFIX = ".mapping.yaml"
FOLDER_MAPPING = "mapping.yaml"
# What Spark and Delta write beside the files of a table.
MARKERS = (
    "_SUCCESS",
    "_metadata",
    "_common_metadata",
    "_temporary",
    "_committed_",
    "_started_",
    "_delta_log",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One file to take in; `mapping` says how, or is found when the file is opened.

    `market` is that of a file that names none.
    """

    path: Path
    name: str
    mapping: Mapping | None
    market: str | None = None

    def resolved(self, *, reference: Reference, source: str | None) -> Mapping:
        """Return the mapping: declared, beside the file, of its folder, or built in.

        A file in a folder named as a table is in that contract's form. A file that the
        official header names needs no mapping. Raises NoMappingError for any other.
        """
        if self.mapping is not None:
            return self.mapping
        folder = self.path.parent
        for beside in (
            mapping_beside(self.path),
            folder / FOLDER_MAPPING,
        ):
            if beside.is_file():
                return load_mapping(beside, market=self.market)
        if folder.name in CONTRACTS:
            feed = source or folder.parent.name
            return contract_mapping(CONTRACTS[folder.name], source=feed)
        form = form_of_file(self.path, reference=reference)
        if form is not None:
            # The full form says for which country each statement is.
            market = self.market if form == "light" else None
            return dsa_mapping(market=market, source=source)
        raise NoMappingError(file=self.path.name, path=quote(str(self.path)))


def mapping_beside(path: Path) -> Path:
    """Return where a file's own mapping stands."""
    return path.with_name(path.name + MAPPING_SUFFIX)


def jobs_of(
    source: Path, *, mapping: Mapping | None, market: str | None = None
) -> list[Job]:
    """Return the files of a path, parents' tables first; hidden ones are left out."""
    if source.is_file():
        return [Job(path=source, name=source.name, mapping=mapping, market=market)]
    if not source.is_dir():
        raise UnreadableFileError(file=source, problem=strerror(ENOENT))
    paths = [
        path
        for path in source.rglob("*")
        if path.is_file() and _is_data(path.relative_to(source))
    ]
    paths.sort(key=lambda path: (_rank(path), str(path)))
    return [
        Job(
            path=path,
            name=str(path.relative_to(source)),
            mapping=mapping,
            market=market,
        )
        for path in paths
    ]


def left_out(source: Path) -> tuple[str, ...]:
    """Return the files and folders that only the mark before their name leaves out.

    What other programs mark so beside their tables is no data, and is not named.
    """
    found = set()
    for path in source.rglob("*") if source.is_dir() else ():
        parts = path.relative_to(source).parts
        at = next((i for i, part in enumerate(parts) if part.startswith("_")), None)
        if at is None or any(part.startswith((".", "~$")) for part in parts):
            continue
        if path.is_file() and not parts[at].startswith(MARKERS):
            found.add(str(Path(*parts[: at + 1])))
    return tuple(sorted(found))


def _rank(path: Path) -> int:
    """Return where the first of a file's tables stands among the contracts."""
    tables = list(CONTRACTS)
    for beside in (mapping_beside(path), path.parent / FOLDER_MAPPING):
        if beside.is_file():
            return _first_rank(beside, tables=tables)
    name = path.parent.name
    return tables.index(name) if name in tables else len(tables)


def _first_rank(mapping: Path, *, tables: Sequence[str]) -> int:
    try:
        named = [table.table for table in load_mapping(mapping).tables]
    except InputError:
        # Told of the file when its turn comes, the last.
        return len(tables)
    return min((tables.index(name) for name in named), default=len(tables))


def _is_data(path: Path) -> bool:
    is_hidden = any(part.startswith((".", "_")) for part in path.parts)
    is_lock = path.name.startswith("~$")
    is_mapping = path.name == FOLDER_MAPPING or path.name.endswith(MAPPING_SUFFIX)
    return not (is_hidden or is_lock or is_mapping)
