"""Read slices and lists of dimensions from the command line."""

from collections.abc import Sequence

from atalaia.cli.refusals import BadSliceError, ContradictingSliceError

__all__ = ["listed", "slices"]


def listed(text: str) -> tuple[str, ...]:
    """Return the names that stand between commas."""
    return tuple(name.strip() for name in text.split(",") if name.strip())


def slices(
    where: Sequence[str], *, market: str | None = None, option: str = "--where"
) -> dict[str, str]:
    """Return one value a dimension; two of them would leave one out unsaid.

    Raises BadSliceError (naming `option`) or ContradictingSliceError.
    """
    found: dict[str, str] = {}
    for text in (*where, *([f"market={market}"] if market else ())):
        name, _, value = (part.strip() for part in text.partition("="))
        if not name or not value:
            raise BadSliceError(value=text, name=option)
        if found.setdefault(name, value) != value:
            raise ContradictingSliceError(value=found[name], other=value, name=name)
    return found
