"""The settings of one installation, read from DATA/settings.yaml."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.marked_yaml import Marked, read_marked
from atalaia.domain.nearest import nearest
from atalaia.warehouse.place import Place

__all__ = [
    "SettingValueError",
    "Settings",
    "UnknownSettingError",
    "read_settings",
]


class UnknownSettingError(ReferenceDataError):
    """A name in the settings file that means nothing."""

    message = "{place}\nThere is no setting '{name}'."
    next_step = "Did you mean: {nearest}?"


class SettingValueError(ReferenceDataError):
    """A setting with a value that it cannot have."""

    message = "{place}\nThe setting '{name}' is '{found}' and should be {wanted}."
    next_step = "Mend the value, or delete the line to use the default."


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How this installation runs; every field may be left out of the file.

    Attributes:
        threads: cores that one query may use.
        memory_limit: memory that one query may use before it spills.
        spill_folder: where it spills; DATA/spill unless stated.
        retention_days: days that facts of a market are kept, by market; a market
            that is not named keeps what the reference says of it.
        snapshots_kept: how many snapshots stay readable, the newest first.

    The part `desk` of the file is read by the desk.
    """

    spill_folder: Path
    threads: int = field(default_factory=lambda: os.cpu_count() or 1)
    memory_limit: str = "2GiB"
    retention_days: Mapping[str, int] = field(default_factory=dict)
    snapshots_kept: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    wanted: str
    accepts: Callable[[object], bool]


_POSITIVE = _Kind(
    wanted="a whole number above zero",
    accepts=lambda value: type(value) is int and value > 0,
)
_MEMORY = _Kind(
    wanted="a size such as 4GiB",
    accepts=lambda value: (
        isinstance(value, str)
        and re.fullmatch(r"[1-9][0-9]*(\.[0-9]+)?\s*[KMGT]i?B", value) is not None
    ),
)
_FOLDER = _Kind(
    wanted="a folder", accepts=lambda value: isinstance(value, str) and bool(value)
)
_MARKETS = _Kind(
    wanted="a list of markets with days",
    accepts=lambda value: isinstance(value, Mapping),
)
_SETTINGS: Mapping[str, _Kind] = MappingProxyType(
    {
        "threads": _POSITIVE,
        "memory_limit": _MEMORY,
        "spill_folder": _FOLDER,
        "retention_days": _MARKETS,
        "snapshots_kept": _POSITIVE,
        "desk": _Kind(
            wanted="a list of the desk's own settings",
            accepts=lambda value: isinstance(value, Mapping),
        ),
    }
)


def read_settings(place: Place, *, markets: tuple[str, ...]) -> Settings:
    """Read DATA/settings.yaml; without the file every setting has its default.

    Args:
        markets: the market codes that may be named under `retention_days`.

    Raises:
        UnknownSettingError: a name that is no setting or no market.
        SettingValueError: a value that the setting cannot have.
    """
    spill = place.root / "spill"
    if not place.settings.exists():
        return Settings(spill_folder=spill)
    marked = read_marked(place.settings)
    found = marked.value if marked.value is not None else {}
    if not isinstance(found, Mapping):
        raise SettingValueError(
            place=marked.mark(()), name="settings", found=found, wanted="a list"
        )
    for name, value in found.items():
        _check(marked, name=name, value=value)
    days = _retention(marked, markets=markets)
    plain = {
        name: value
        for name, value in found.items()
        if name not in ("retention_days", "spill_folder", "desk")
    }
    folder = place.root / found.get("spill_folder", spill)
    return Settings(spill_folder=folder, retention_days=days, **plain)


def _check(marked: Marked, *, name: str, value: object) -> None:
    if name not in _SETTINGS:
        raise UnknownSettingError(
            place=marked.mark((name,)), name=name, nearest=nearest(str(name), _SETTINGS)
        )
    kind = _SETTINGS[name]
    if not kind.accepts(value):
        raise SettingValueError(
            place=marked.mark((name,)), name=name, found=value, wanted=kind.wanted
        )


def _retention(marked: Marked, *, markets: tuple[str, ...]) -> Mapping[str, int]:
    days = (marked.value or {}).get("retention_days", {})
    for market, value in days.items():
        path = ("retention_days", market)
        if market not in markets:
            raise UnknownSettingError(
                place=marked.mark(path),
                name=str(market),
                nearest=nearest(str(market), markets),
            )
        if not _POSITIVE.accepts(value):
            raise SettingValueError(
                place=marked.mark(path),
                name=str(market),
                found=value,
                wanted=_POSITIVE.wanted,
            )
    return dict(days)
