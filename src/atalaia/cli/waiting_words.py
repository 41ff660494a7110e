"""What is said of rows in the quarantine: values that were refused, and what to try."""

from atalaia.domain.nearest import nearest
from atalaia.language.catalogue import Translator
from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.ingest.faults import REASON_MESSAGES, Reason
from atalaia.warehouse.ingest.waiting import QuarantineGroup

__all__ = ["likely_codes", "reason_text", "values_shown"]

VALUES_SHOWN = 3


def values_shown(group: QuarantineGroup) -> str:
    """Return the first few different values that were refused."""
    more = ", …" if len(group.values) > VALUES_SHOWN else ""
    return ", ".join(group.values[:VALUES_SHOWN]) + more


def reason_text(group: QuarantineGroup, *, words: Translator) -> str:
    """Return why the rows were refused, with the code that was likely meant."""
    reason = words.text(REASON_MESSAGES[group.reason])
    near = likely_codes(group)
    if not near:
        return reason
    return " ".join((reason, words.text("Did you mean: {nearest}?", nearest=near)))


def likely_codes(group: QuarantineGroup) -> str:
    """Return the code nearest to each value shown; "" where no list is closed."""
    if group.reason is not Reason.UNKNOWN_CODE:
        return ""
    fields = {field.name: field for field in CONTRACTS[group.table].fields}
    known = fields[group.field].allowed if group.field in fields else ()
    near = [
        nearest(value, [str(code) for code in known], count=1)[0]
        for value in group.values[:VALUES_SHOWN]
        if known
    ]
    return ", ".join(dict.fromkeys(near))
