"""Hand-offs as a workbook: one row a case, to sort, and columns to answer in."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from atalaia.desk.casework.handoff.decisions_sheet import add_decisions
from atalaia.desk.casework.handoff.document import HandOff
from atalaia.domain.case_codes import ReturnReason

__all__ = ["STATUS_COLUMNS", "STATUS_WORDS", "header", "workbook"]

STATUS_WORDS = ("accepted", "returned", "rejected")
STATUS_COLUMNS = ("Status", "Reason", "Answer", "Fix by", "Answered by")
LEAD = ("Case", "Asked for", "Team")
LONGEST_CELL = 32_000
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}


def header(hand_offs: Iterable[HandOff]) -> list[str]:
    """Return the columns: what names a case, what is filled in, all that is told."""
    told = dict.fromkeys(
        f"{section.title}: {line.label}"
        for each in hand_offs
        for section in each.sections
        for line in section.lines
    )
    return [*LEAD, *STATUS_COLUMNS, *told]


def workbook(hand_offs: Sequence[HandOff]) -> bytes:
    """Return one sheet whose status columns the status file of the desk reads back.

    Decisions of bulk restores stand on a second one, whose results are read back too.
    """
    columns = header(hand_offs)
    out = BytesIO()
    with xlsxwriter.Workbook(out, PLAIN) as book:
        sheet = book.add_worksheet("Cases")
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        open_cells = book.add_format(
            {"text_wrap": True, "valign": "top", "bg_color": "#FFF8E1", "border": 1}
        )
        for at, column in enumerate(columns):
            sheet.write_string(0, at, column, bold)
        for row, each in enumerate(hand_offs, start=1):
            cells = _cells(each)
            for at, column in enumerate(columns):
                shown = open_cells if column in STATUS_COLUMNS else wrapped
                # Always a string: what people typed must never run as a formula.
                sheet.write_string(row, at, cells.get(column, ""), shown)
        _ease(sheet, columns=columns, rows=len(hand_offs))
        if any(each.decisions for each in hand_offs):
            add_decisions(book, hand_offs)
    return out.getvalue()


def _cells(hand_off: HandOff) -> dict[str, str]:
    told = {
        f"{section.title}: {line.label}": line.text[:LONGEST_CELL]
        for section in hand_off.sections
        for line in section.lines
    }
    lead = (hand_off.reference, hand_off.ask, hand_off.team)
    return {**dict(zip(LEAD, lead, strict=True)), **told}


def _ease(sheet: Worksheet, *, columns: Sequence[str], rows: int) -> None:
    """Freeze the head, filter it, and offer the words that the status file knows."""
    last = max(rows, 1)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    sheet.set_column(0, len(columns) - 1, 24)
    offered = {"Status": STATUS_WORDS, "Reason": tuple(ReturnReason)}
    for name, words in offered.items():
        at = columns.index(name)
        sheet.data_validation(
            1, at, last, at, {"validate": "list", "source": list(map(str, words))}
        )
