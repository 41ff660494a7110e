"""What the page lists, as files."""

from django.http import HttpResponse

from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.exports import book, table
from atalaia.desk.casework.list_view import OWED_MESSAGES
from atalaia.desk.casework.queries import owed

__all__ = ["owed_sheet"]

MOST = 500


@page_for(Right.SEE_CASES)
def owed_sheet(request: PersonRequest) -> HttpResponse:
    """Return what is owed as a workbook, one sheet a heap, 500 cases of each."""
    words = request.words
    heaps = owed(by=request.by, now=request.now, shown=MOST)
    sheets = {
        words.text(OWED_MESSAGES[name]): table(heap.first, words=words)
        for name, heap in heaps.items()
    }
    answer = book(sheets)
    answer["Content-Disposition"] = 'attachment; filename="today.xlsx"'
    return answer
