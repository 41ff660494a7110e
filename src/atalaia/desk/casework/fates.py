"""What became of one row of a file, and how pages say it."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

__all__ = ["FATE_MESSAGES", "FATE_TONES", "Fate"]


class Fate(StrEnum):
    """What became of a row."""

    SAVED = "saved"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


FATE_MESSAGES: Mapping[str, str] = {
    Fate.SAVED: "Saved",
    Fate.UNCHANGED: "Known already",
    Fate.REFUSED: "Refused",
}
FATE_TONES: Mapping[Fate, str] = MappingProxyType(
    {Fate.SAVED: "success", Fate.UNCHANGED: "", Fate.REFUSED: "error"}
)
