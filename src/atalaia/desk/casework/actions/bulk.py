"""Do one thing with many cases: each by itself, with a result a row."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from atalaia.desk.casework.turn import Saved
from atalaia.domain.errors import AtalaiaError

__all__ = ["RowResult", "in_bulk"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowResult:
    """What became of one case: saved, or refused with a reason."""

    key: str
    saved: Saved | None = None
    error: AtalaiaError | None = None

    @property
    def is_done(self) -> bool:
        """Whether it was done."""
        return self.error is None


def in_bulk(keys: Iterable[str], act: Callable[[str], Saved]) -> tuple[RowResult, ...]:
    """Do the same with each case; one that is refused costs its neighbours nothing.

    in_bulk(keys, lambda key: claim(key, by=by, now=now))
    """
    return tuple(_one(key, act) for key in dict.fromkeys(keys))


def _one(key: str, act: Callable[[str], Saved]) -> RowResult:
    try:
        return RowResult(key=key, saved=act(key))
    except AtalaiaError as error:
        return RowResult(key=key, error=error)
