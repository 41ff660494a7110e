"""Checks the policies that a mapping names; only the reference data knows them."""

from collections.abc import Iterator

from atalaia.domain.marked_entry import Entry, root_of
from atalaia.domain.marked_yaml import parse_marked
from atalaia.domain.nearest import nearest
from atalaia.domain.reference import Reference
from atalaia.warehouse.ingest.checking import POLICY_FIELDS, known_policies
from atalaia.warehouse.ingest.mapping import Mapping
from atalaia.warehouse.ingest.mapping_errors import UnknownNameError

__all__ = ["check_policies"]

ALL_POLICIES = "*"


def check_policies(mapping: Mapping, *, reference: Reference) -> None:
    """Raise UnknownNameError where a code or constant is no policy of ours.

    It is for mappings that a person hands over: a file that is known stays known
    when the reference data later drops a policy that its mapping names.
    """
    known = [*known_policies(reference).to_pylist(), ALL_POLICIES]
    root = root_of(parse_marked(mapping.text.encode(), file=mapping.file))
    for said in _said(root):
        name = str(said.value)
        if name not in known:
            near = nearest(name, known, count=1)
            raise UnknownNameError(place=said.mark, name=name, nearest=near)


def _said(root: Entry) -> Iterator[Entry]:
    """Yield every value that stands for a policy: constants, and what codes mean."""
    constants = root.fields("constants") if root.has("constants") else ()
    yield from (entry for entry in constants if entry.key in POLICY_FIELDS)
    for table in root.fields("tables"):
        for field in table.fields("fields") if table.has("fields") else ():
            if field.key not in POLICY_FIELDS or isinstance(field.value, str):
                continue
            if field.has("constant"):
                yield field.child("constant")
            yield from field.fields("codes") if field.has("codes") else ()
