"""The decisions of bulk restores as a sheet, with columns for the result of each."""

from collections.abc import Iterable
from itertools import chain

import xlsxwriter

from atalaia.desk.casework.handoff.document import HandOff
from atalaia.desk.casework.restore.words import RESULTS
from atalaia.domain.case_codes import RestoreRefusal

__all__ = ["DECISION_COLUMNS", "add_decisions"]

DECISION_COLUMNS = ("Case", "Decision", "LIVE session", "Policy", "Result", "Reason")
OFFERED = {"Result": RESULTS, "Reason": tuple(RestoreRefusal)}


def add_decisions(book: xlsxwriter.Workbook, hand_offs: Iterable[HandOff]) -> None:
    """Add the sheet to a workbook; ids stay text, so that nothing rounds them."""
    sheet = book.add_worksheet("Decisions")
    bold = book.add_format({"bold": True})
    text = book.add_format({"num_format": "@"})
    open_cells = book.add_format({"bg_color": "#FFF8E1", "border": 1})
    for at, column in enumerate(DECISION_COLUMNS):
        sheet.write_string(0, at, column, bold)
    row = 0
    for case, each in chain.from_iterable(
        ((of.reference, each) for each in of.decisions) for of in hand_offs
    ):
        row += 1
        for at, cell in enumerate((case, each.decision, each.session, each.policy)):
            sheet.write_string(row, at, cell, text)
        for column in OFFERED:
            sheet.write_blank(row, DECISION_COLUMNS.index(column), None, open_cells)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, row, len(DECISION_COLUMNS) - 1)
    sheet.set_column(0, len(DECISION_COLUMNS) - 1, 24)
    for column, words in OFFERED.items():
        at = DECISION_COLUMNS.index(column)
        sheet.data_validation(
            1, at, row, at, {"validate": "list", "source": list(map(str, words))}
        )
