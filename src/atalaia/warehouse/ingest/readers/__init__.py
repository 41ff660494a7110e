"""One reader per kind of file; each yields sheets of chunks with file lines."""

from atalaia.warehouse.ingest.readers.opening import KINDS, open_file
from atalaia.warehouse.ingest.readers.reading import Chunk, Limits, ReadOptions, Sheet

__all__ = ["KINDS", "Chunk", "Limits", "ReadOptions", "Sheet", "open_file"]
