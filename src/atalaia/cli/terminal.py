"""What a command may use of the world: where data lies, who reads, what time it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shlex import quote
from typing import Annotated

from cyclopts import Parameter
from rich.console import Console

from atalaia.domain.trilingual import Language
from atalaia.language.catalogue import Translator

__all__ = ["DATA_VARIABLE", "DEFAULT_DATA", "InTerminal", "Terminal", "clock"]

DATA_VARIABLE = "ATALAIA_DATA"
DEFAULT_DATA = Path("DATA")
_DEFAULT_KEY = Path(".config/atalaia/pseudonym.key")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """The edge of the program; commands take it as their only way out."""

    data: Path
    language: Language
    words: Translator
    out: Console
    err: Console
    environment: Mapping[str, str]
    clock: Callable[[], datetime]

    @property
    def key_file(self) -> Path:
        """Return where the pseudonym key lies, outside the data folder."""
        named = self.environment.get("ATALAIA_KEY")
        return Path(named) if named else Path.home() / _DEFAULT_KEY

    @property
    def tombstone_file(self) -> Path:
        """Return where erasures are remembered, outside the data folder."""
        named = self.environment.get("ATALAIA_TOMBSTONES")
        return Path(named) if named else self.key_file.with_name("tombstones.jsonl")

    @property
    def vault_file(self) -> Path:
        """Return where the vault lies, if there is one, outside the data folder."""
        named = self.environment.get("ATALAIA_VAULT")
        return Path(named) if named else self.key_file.with_name("vault.sqlite")

    def command(self, rest: str) -> str:
        """Return a command to type next, for the same data folder."""
        known = (DEFAULT_DATA, Path(self.environment.get(DATA_VARIABLE, "")))
        where = "" if self.data in known else f"--data {quote(str(self.data))} "
        return f"atalaia {where}{rest}"

    def near(self, path: Path) -> Path:
        """Return a path as short as it can be typed from where the reader stands."""
        here = Path.cwd()
        return path.relative_to(here) if path.is_relative_to(here) else path

    def read_out(self, prose: str) -> None:
        """Print prose, broken between words; nobody types it again."""
        self.out.print(prose, markup=False, highlight=False)

    def say(self, sentence: str) -> None:
        """Print one line for a person that can be copied: no mark-up, no break."""
        self.out.print(sentence, markup=False, highlight=False, soft_wrap=True)


def clock() -> datetime:
    """Return the present instant; only the edge of the program may ask."""
    return datetime.now(UTC)


InTerminal = Annotated[Terminal, Parameter(parse=False)]
