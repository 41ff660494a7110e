"""What a form of ours posted, read as the actions take it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.http import QueryDict

from atalaia.desk.casework.answers import COLUMNS
from atalaia.desk.casework.errors import UnknownValueError
from atalaia.desk.casework.free_text import PersonalData
from atalaia.desk.shell.errors import UnreadableError
from atalaia.desk.shell.trade import trade
from atalaia.domain.case_codes import FieldKind
from atalaia.domain.nearest import nearest
from atalaia.domain.sops import Sop

__all__ = ["FIELD_PREFIX", "Posted"]

FIELD_PREFIX = "field."
Code = TypeVar("Code", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Posted:
    """The values of one form."""

    values: QueryDict

    def text(self, name: str) -> str:
        """Return a text; "" where it is not there."""
        return str(self.values.get(name, "")).strip()

    def kept(self, name: str) -> str | None:
        """Return a text that may be changed; None where the form does not hold it."""
        return self.text(name) if name in self.values else None

    def code(self, name: str, kind: type[Code]) -> Code:
        """Return a member of a closed list; raises UnknownValueError."""
        text = self.text(name)
        known = [str(each) for each in kind]
        if text not in known:
            raise UnknownValueError(value=text, kind=name, nearest=nearest(text, known))
        return kind(text)

    def code_or_none(self, name: str, kind: type[Code]) -> Code | None:
        """Return a member of a closed list; None where nothing was chosen."""
        return self.code(name, kind) if self.text(name) else None

    def number(self, name: str) -> int:
        """Return a whole number; raises UnreadableError."""
        text = self.text(name)
        if not text.isdecimal():
            raise UnreadableError
        return int(text)

    @property
    def version(self) -> int | None:
        """The version that was read; None where it does not matter."""
        return self.number("version") if self.text("version") else None

    def day(self, name: str) -> date:
        """Return a day; raises UnreadableError."""
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            raise UnreadableError from None

    def day_or_none(self, name: str) -> date | None:
        """Return a day; None where none was given."""
        return self.day(name) if self.text(name) else None

    @property
    def personal_data(self) -> PersonalData:
        """What to do with personal data: refuse, unless somebody chose."""
        choice = self.code_or_none("personal_data", PersonalData)
        return choice or PersonalData.REFUSE

    def references(self) -> dict[str, str]:
        """Return the fields that are columns of a case."""
        return {name: v for name, v in self._fields().items() if name in COLUMNS}

    def answers(self, sop: Sop, *, market: str) -> dict[str, str]:
        """Return the other fields of a procedure; times are read in market time."""
        given = {name: v for name, v in self._fields().items() if name not in COLUMNS}
        for field in sop.fields:
            if field.kind is FieldKind.INSTANT and given.get(field.key):
                given[field.key] = _with_zone(given[field.key], market=market)
        return given

    def _fields(self) -> dict[str, str]:
        return {
            name.removeprefix(FIELD_PREFIX): self.text(name)
            for name in self.values
            if name.startswith(FIELD_PREFIX)
        }


def _with_zone(text: str, *, market: str) -> str:
    """Return a local time with its zone; what is no time is refused further on."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    zone = ZoneInfo(trade().reference.markets.of(market).principal_zone)
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).isoformat()
