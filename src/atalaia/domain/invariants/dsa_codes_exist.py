"""Every code that the mapping of the statement of reasons uses is in its lists."""

from atalaia.domain.marked_entry import Entry

__all__ = ["check"]

DECISIONS = (
    "decision_visibility",
    "decision_monetary",
    "decision_provision",
    "decision_account",
)


def check(root: Entry) -> None:
    """Raise at a list, column or code that is named but not defined, or unmapped."""
    lists = {codes.key: codes for codes in root.fields("lists")}
    columns = [column.key for column in root.fields("columns")]
    for column in root.fields("columns"):
        if column.has("list"):
            column.child("list").one_of(lists, kind="lists")
    for penalty in root.fields("penalties"):
        _check_penalty(penalty, lists=lists, columns=columns)
    decided = [code for name in DECISIONS for code in lists[name].value]
    _check_whole(root.child("outcomes"), decided)
    _check_whole(root.child("detections"), list(lists["source_type"].value))
    _check_whole(root.child("automation"), list(lists["automated_decision"].value))


def _check_penalty(
    penalty: Entry, *, lists: dict[str, Entry], columns: list[str]
) -> None:
    if penalty.value is None:
        return
    penalty.only(*DECISIONS, "end")
    for field in penalty.fields():
        known = columns if field.key == "end" else lists[field.key].value
        field.one_of(known, kind="dsa")


def _check_whole(block: Entry, codes: list[str]) -> None:
    block.only(*codes)
    for code in codes:
        block.child(code)
