"""The blocks of a leaf that state a consequence: its versions and their overrides."""

from collections.abc import Iterator

from atalaia.domain.marked_entry import Entry

__all__ = ["consequences", "overrides"]


def consequences(leaf: Entry) -> Iterator[Entry]:
    """Give each version, followed by its overrides."""
    for version in leaf.items("versions"):
        yield version
        yield from overrides(version)


def overrides(version: Entry) -> tuple[Entry, ...]:
    """Return the overrides of a version, none where it has none."""
    return version.items("overrides") if version.has("overrides") else ()
