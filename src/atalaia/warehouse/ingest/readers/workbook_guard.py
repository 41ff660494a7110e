"""Looks into a workbook's zip before anything unpacks it in memory."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from atalaia.warehouse.ingest.errors import (
    BombError,
    CutArchiveError,
    DamagedFileError,
    EntityError,
    LyingSizeError,
    NotItsKindError,
)
from atalaia.warehouse.ingest.readers.encoded import check_unpacked
from atalaia.warehouse.ingest.readers.reading import MIB, Limits

__all__ = ["check_workbook", "merged_ranges"]

ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]+\d+:[A-Z]+\d+)"')
OVERLAP = 64


def check_workbook(path: Path, *, limits: Limits) -> None:
    """Read every member once, without keeping it.

    Raises BombError (sizes that lie or explode, XML entities), HalfFileError (the
    zip's directory is missing), NotItsKindError (a zip that is no workbook).
    """
    packed, unpacked = path.stat().st_size, 0
    try:
        with zipfile.ZipFile(path) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                raise NotItsKindError(file=path.name, named=path.suffix, found="ZIP")
            for member in archive.infolist():
                unpacked += _check_member(archive, member, path=path, limits=limits)
                check_unpacked(
                    path.name, packed=packed, unpacked=unpacked, limits=limits
                )
    except zipfile.BadZipFile as error:
        raise CutArchiveError(file=path.name, container="ZIP") from error
    # The archive's packing may be one that zipfile does not know: the caught
    # NotImplementedError is zipfile's own word for that, no gap of ours.
    except (zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise DamagedFileError(file=path.name, problem=str(error)) from error


def _check_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, *, path: Path, limits: Limits
) -> int:
    declared, packed = member.file_size, member.compress_size
    name = f"{path.name}/{member.filename}"
    if declared > limits.workbook:
        raise BombError(file=name, packed=packed, unpacked=declared)
    size, left = 0, b""
    is_xml = member.filename.endswith((".xml", ".rels"))
    with archive.open(member) as stream:
        while block := stream.read(MIB):
            size += len(block)
            if size > declared:
                raise LyingSizeError(file=name, packed=declared, unpacked=size)
            if size > max(limits.ratio_floor, packed * limits.ratio):
                raise BombError(file=name, packed=packed, unpacked=size)
            if is_xml and ENTITY.search(left + block):
                raise EntityError(file=name)
            left = block[-OVERLAP:]
    return size


def merged_ranges(path: Path, *, member: str) -> Iterator[str]:
    """Yield the merged ranges of a sheet, such as `B3:D3`, in constant memory."""
    left = b""
    with zipfile.ZipFile(path) as archive, archive.open(member) as stream:
        while block := stream.read(MIB):
            text = left + block
            end = 0
            for found in MERGED.finditer(text):
                yield found[1].decode("ascii")
                end = found.end()
            left = text[max(end, len(text) - OVERLAP) :]
