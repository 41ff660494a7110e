"""What people write for a result or a reason: its code, or its name in a language."""

import re
import unicodedata
from enum import StrEnum
from functools import cache
from typing import TypeVar

from atalaia.desk.shell.trade import trade
from atalaia.domain.case_codes import RestoreRefusal, RestoreState

__all__ = ["RESULTS", "reason_of", "result_of", "says_nothing"]

RESULTS = tuple(each for each in RestoreState if each is not RestoreState.ASKED)
"""What central can answer; that a row waits is no answer."""
OTHER_WORDS = {
    RestoreState.RESTORED: "undone reversed lifted revocado revertido",
    RestoreState.REDUCED: "reducido reduzido",
    RestoreState.REFUSED: "rejected rechazado rejeitada rejeitado recusado",
    RestoreState.NOT_FOUND: "missing no_encontrado nao_encontrado",
}
Code = TypeVar("Code", bound=StrEnum)


def result_of(text: str) -> RestoreState | None:
    """Return the result that a word means; None where it means none."""
    found = _known(RestoreState).get(_plain(text))
    return None if found is RestoreState.ASKED else found


def reason_of(text: str) -> RestoreRefusal | None:
    """Return the reason that a word means; None where it means none."""
    return _known(RestoreRefusal).get(_plain(text))


def says_nothing(text: str) -> bool:
    """Whether a result is left open: empty, or as our own export says that it waits."""
    plain = _plain(text)
    return not plain or _known(RestoreState).get(plain) is RestoreState.ASKED


@cache
def _known(kind: type[Code]) -> dict[str, Code]:
    names = trade().reference.names
    words = {_plain(word): each for each in kind for word in (each, *names.of(each))}
    if kind is RestoreState:
        others = {word: s for s, told in OTHER_WORDS.items() for word in told.split()}
        words |= {word: kind(state) for word, state in others.items()}
    return words


def _plain(text: str) -> str:
    """Return a text without case, accents or kinds of blanks."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return re.sub(r"[\s_-]+", "_", kept.strip())
