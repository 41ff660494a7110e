"""What is said of rows in the quarantine: values that were refused, and what to try."""

from collections.abc import Mapping

from atalaia.domain.markets import Markets
from atalaia.domain.nearest import nearest
from atalaia.domain.trilingual import Language
from atalaia.language.catalogue import Translator
from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.ingest.faults import REASON_MESSAGES, Reason
from atalaia.warehouse.ingest.waiting import QuarantineGroup

__all__ = ["likely_codes", "reason_text", "values_shown"]

VALUES_SHOWN = 3
MARKET = "market"
LANGUAGES: tuple[Language, ...] = ("en", "es", "pt")


def values_shown(group: QuarantineGroup) -> str:
    """Return the first few different values that were refused."""
    more = ", …" if len(group.values) > VALUES_SHOWN else ""
    return ", ".join(group.values[:VALUES_SHOWN]) + more


def reason_text(group: QuarantineGroup, *, markets: Markets, words: Translator) -> str:
    """Return why the rows were refused, with the code that was likely meant."""
    reason = words.text(REASON_MESSAGES[group.reason])
    near = likely_codes(group, markets=markets)
    if not near:
        return reason
    return " ".join((reason, words.text("Did you mean: {nearest}?", nearest=near)))


def likely_codes(group: QuarantineGroup, *, markets: Markets) -> str:
    """Return the code nearest to each value shown; "" where no list is closed."""
    if group.reason is not Reason.UNKNOWN_CODE:
        return ""
    known = _known(group, markets=markets)
    near = [
        known[nearest(value, known, count=1)[0]]
        for value in group.values[:VALUES_SHOWN]
        if known
    ]
    return ", ".join(dict.fromkeys(near))


def _known(group: QuarantineGroup, *, markets: Markets) -> Mapping[str, str]:
    """Return the codes of the group's field by what they may be called."""
    if group.field == MARKET:
        names = {
            market.name.of(language): market.code
            for market in map(markets.of, markets.codes)
            for language in LANGUAGES
        }
        return names | {code: code for code in markets.codes}
    fields = {field.name: field for field in CONTRACTS[group.table].fields}
    allowed = fields[group.field].allowed if group.field in fields else ()
    return {str(code): str(code) for code in allowed}
