"""Cases as lines of a chat."""

from atalaia.desk.casework.queries import CaseRow
from atalaia.desk.rooms.today.reader import Reader
from atalaia.desk.shell.trade import trade

__all__ = ["case_line"]


def case_line(row: CaseRow, *, is_central: bool, reader: Reader) -> str:
    """Return a case with the clock that counts: its state, and when it is due."""
    names, language = trade().reference.names, reader.words.language
    clock = row.central if is_central else row.regional
    state = row.central_state if is_central else row.regional_state
    zone = trade().reference.markets.of(row.market).principal_zone
    due = reader.voice.moment(clock.due_at, zone) if clock.due_at else ""
    ask = names.of(row.requested_outcome).of(language)
    said = (row.key, row.priority, ask, names.of(state).of(language), due)
    return "- " + " · ".join(each for each in said if each)
