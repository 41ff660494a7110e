"""Free text is read for personal data before it is saved."""

from enum import StrEnum

from atalaia.desk.casework.errors import PersonalDataError
from atalaia.desk.shell.trade import trade
from atalaia.domain.personal_data import personal_data_in, redacted

__all__ = ["PersonalData", "screened"]


class PersonalData(StrEnum):
    """What to do with personal data in a text; keeping it is somebody's own choice."""

    REFUSE = "refuse"
    REDACT = "redact"
    KEEP = "keep"


def screened(text: str, *, personal_data: PersonalData) -> str:
    """Return the text as it may be saved; raises PersonalDataError.

    The error names kinds and their number, never what was found.
    """
    if personal_data is PersonalData.KEEP:
        return text
    if personal_data is PersonalData.REDACT:
        return redacted(text)
    found = personal_data_in(text)
    if found:
        names = trade().reference.names
        kinds = dict.fromkeys(each.kind for each in found)
        raise PersonalDataError(
            count=len(found), kinds=[names.of(kind) for kind in kinds]
        )
    return text
