"""Mappings kept beside the quarantine, so that its rows can be read again."""

from atalaia.warehouse.durable import replace_file
from atalaia.warehouse.ingest.errors import MissingMappingError
from atalaia.warehouse.ingest.mapping import Mapping
from atalaia.warehouse.ingest.mapping_file import parse_mapping
from atalaia.warehouse.place import Place

__all__ = ["keep_mapping", "kept_mapping"]

FOLDER = "mappings"


def keep_mapping(place: Place, mapping: Mapping) -> None:
    """Keep a mapping by its identity."""
    folder = place.quarantine / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    replace_file(folder / f"{mapping.identity}.yaml", mapping.text.encode())


def kept_mapping(place: Place, identity: str) -> Mapping:
    """Return the mapping by which a refused row was read."""
    path = place.quarantine / FOLDER / f"{identity}.yaml"
    if not path.is_file():
        raise MissingMappingError(mapping=identity)
    return parse_mapping(path.read_bytes(), file=path.name)
