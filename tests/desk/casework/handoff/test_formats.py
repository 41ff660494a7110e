"""Page, workbook and text of a hand-off tell the same, and run nothing."""

import html
import io
import re

import openpyxl
import pytest
from django.template.loader import render_to_string

from atalaia.desk.casework.handoff.document import HandOff, Line, Section
from atalaia.desk.casework.handoff.plain_text import INDENT, plain_text
from atalaia.desk.casework.handoff.sheet import STATUS_COLUMNS, workbook
from atalaia.desk.casework.handoff.status_file import read_statuses
from atalaia.language.catalogue import translator
from atalaia.language.format import Voice

ATTACK = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
FORMULA = '=HYPERLINK("http://evil.example";"x")'


def a_hand_off(text: str = "Plain words.") -> HandOff:
    lines = (
        Line(label="Summary", text=text),
        Line(label="Original words", text="É assim:\nduas linhas", is_quote=True),
        Line(label="Affected (N)", text="1,234"),
    )
    return HandOff(
        reference="MX-2026-000001",
        team="Trust & Safety",
        ask="Lift the penalty",
        sections=(
            Section(title="Ask", lines=lines[:1]),
            Section(title="Words", lines=lines[1:]),
        ),
    )


def told(hand_off: HandOff) -> list[tuple[str, str, str]]:
    return [
        (section.title, line.label, line.text)
        for section in hand_off.sections
        for line in section.lines
    ]


def of_page(hand_off: HandOff) -> list[tuple[str, str, str]]:
    context = {
        "hand_off": hand_off,
        "words": translator("en"),
        "voice": Voice(language="en"),
    }
    page = render_to_string("casework/central/_document.html", context)
    shown = []
    for part in page.split("<section")[1:]:
        title = re.search(r"<h2>(.*?)</h2>", part, re.DOTALL)
        terms = re.findall(r"<dt>(.*?)</dt>", part, re.DOTALL)
        texts = re.findall(r'class="told">(.*?)</(?:span|blockquote)>', part, re.DOTALL)
        shown += [(title[1], *each) for each in zip(terms, texts, strict=True)]
    return [tuple(html.unescape(cell) for cell in row) for row in shown]


def of_sheet(hand_off: HandOff) -> list[tuple[str, str, str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook([hand_off]))).active
    head, row = sheet.iter_rows(values_only=True)
    first = 3 + len(STATUS_COLUMNS)
    cells = zip(head[first:], row[first:], strict=True)
    return [(*name.split(": ", 1), text) for name, text in cells]


def of_text(hand_off: HandOff) -> list[tuple[str, str, str]]:
    found = []
    for part in plain_text(hand_off).strip().split("\n\n")[1:-1]:
        title, body = part.split("\n", 1)
        for line in re.split(r"\n(?=- )", body):
            label, text = line.removeprefix("- ").split(": ", 1)
            told_text = text.replace(f"\n{INDENT}", "\n")
            found.append((title.capitalize(), label, told_text))
    return found


@pytest.mark.parametrize("read", [of_page, of_sheet, of_text])
@pytest.mark.parametrize("text", ["Plain words.", ATTACK, FORMULA, "a\nb"])
def test_every_format_tells_the_same(read, text):
    """Whoever reads one of them has read them all."""
    hand_off = a_hand_off(text)

    assert read(hand_off) == told(hand_off)


def test_a_page_escapes_what_was_typed():
    """Nothing that somebody typed becomes markup."""
    context = {"hand_off": a_hand_off(ATTACK), "words": translator("en")}

    page = render_to_string("casework/central/_document.html", context)

    assert "<script" not in page
    assert "<img" not in page


def test_a_workbook_holds_no_formula():
    """What begins with an equals sign stays text when a person opens the file."""
    sheet = openpyxl.load_workbook(io.BytesIO(workbook([a_hand_off(FORMULA)]))).active

    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n"}
    assert {cell.data_type for row in sheet for cell in row if cell.value} == {"s"}


def test_the_workbook_that_central_fills_in_is_read_back():
    """The sheet that goes out is the status file that comes back."""
    book = openpyxl.load_workbook(io.BytesIO(workbook([a_hand_off()])))
    sheet = book.active
    columns = [cell.value for cell in sheet[1]]
    sheet.cell(row=2, column=columns.index("Status") + 1, value="accepted")
    filled = io.BytesIO()
    book.save(filled)

    (row,) = read_statuses(filled.getvalue())

    assert (row.case, row.status) == ("MX-2026-000001", "accepted")


def test_one_row_is_written_for_each_case():
    """A person sorts and filters cases, so each has one row."""
    sheet = openpyxl.load_workbook(io.BytesIO(workbook([a_hand_off()] * 3))).active

    assert sheet.max_row == 4
    assert sheet.auto_filter.ref is not None
