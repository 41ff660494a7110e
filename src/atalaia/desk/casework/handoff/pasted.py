"""Read a pasted reply: which case, which verdict; what is ambiguous is refused.

Only what central wrote is read for the verdict: quoted lines and everything below the
head of an earlier message are our own words. The reference may stand anywhere.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from atalaia.desk.casework.handoff.errors import (
    AmbiguousReplyError,
    NegatedVerdictError,
    NoReferenceError,
    NoVerdictError,
    QuestionedVerdictError,
    SeveralReferencesError,
)
from atalaia.desk.casework.handoff.verdicts import Answer, Verdict
from atalaia.domain.case_codes import ReturnReason

__all__ = ["Understood", "own_words", "understood"]

KEY = re.compile(r"(?<![A-Z0-9])[A-Z]{2}-\d{4}-\d{6}(?!\d)", re.IGNORECASE)
DAY = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
QUOTED = re.compile(r"^\s*[>|]")
EARLIER = re.compile(
    r"^\s*(-{2,}\s*(original message|forwarded message|mensaje original|"
    r"mensagem original|mensaje reenviado|mensagem encaminhada)|_{8,}\s*$|"
    r"(from|de|von)\s*:\s.*|on .{4,120} wrote:\s*$|el .{4,120} escribio:\s*$|"
    r"em .{4,120} escreveu:\s*$)"
)
WORDS: Mapping[Verdict, str] = {
    Verdict.ACCEPT: (
        r"accept(?:ed|s|ing)?|approved?|granted|overturned|agreed|"
        r"acept(?:o|a|amos|ado|ada|ados|adas)|aprob(?:ado|ada|amos)|concedid[oa]|"
        r"aceit(?:o|a|e|amos|ado|ada)|aprovad[oa]|aprovamos|deferid[oa]"
    ),
    Verdict.REJECT: (
        r"reject(?:ed|s|ing)?|declined?|denied|refused?|upheld|"
        r"rechaz(?:o|a|amos|ado|ada)|denegad[oa]|denegamos|"
        r"rejeit(?:o|a|amos|ado|ada)|indeferid[oa]|negado|negamos|recusad[oa]|recusamos"
    ),
    Verdict.RETURN: (
        r"return(?:ed|s|ing)?|sent back|sending back|incomplete|"
        r"devuelt[oa]|devolvemos|devuelvo|incomplet[oa]|devolvid[oa]|devolvo"
    ),
}
VERDICT_WORD = re.compile(
    r"\b(?:"
    + "|".join(f"(?P<{verdict.value}>{words})" for verdict, words in WORDS.items())
    + r")\b"
)
NEGATION = re.compile(
    r"\b(?:not|no|never|cannot|can't|cant|won't|wont|isn't|isnt|unable|"
    r"nao|nunca|jamais|ni|nem|sin|sem|without)\b(?:\W+\w+){0,3}?\W*$"
)
FIX = re.compile(
    r"\b(?:fix(?:ed)?|will be (?:deployed|corrected)|correccion|corregi\w*|"
    r"correcao|corrigi\w*|ajuste)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What a reply says, to be looked at before it is saved.

    Attributes:
        case: the key of the case; "" where only another reference was given.
        external_ref: central's own reference of the case; "" where it gave ours.
        verdict_words: the words that were taken for the verdict.
    """

    case: str
    external_ref: str
    answer: Answer
    verdict_words: tuple[str, ...]


def understood(
    text: str,
    *,
    external_refs: Collection[str] = (),
    reasons: Mapping[ReturnReason, Collection[str]] | None = None,
) -> Understood:
    """Read a reply; nothing is guessed.

    Args:
        external_refs: central's references that open cases carry.
        reasons: what each reason for a return is called, beside its code.

    Raises:
        NoReferenceError, SeveralReferencesError: it names no case, or several.
        NoVerdictError, AmbiguousReplyError, NegatedVerdictError,
        QuestionedVerdictError: it does not clearly say one thing.
    """
    case, external_ref = _reference(text, external_refs)
    own = own_words(text)
    verdict, said = _verdict(own)
    fix_due_on = _fix_day(own) if verdict is Verdict.ACCEPT else None
    return Understood(
        case=case,
        external_ref=external_ref,
        verdict_words=said,
        answer=Answer(
            verdict=verdict,
            reason=_reason(own, reasons or {}) if verdict is Verdict.RETURN else None,
            text=own.strip(),
            is_fix_promised=fix_due_on is not None,
            fix_due_on=fix_due_on,
        ),
    )


def own_words(text: str) -> str:
    """Return what the reply itself says, without what it quotes."""
    kept: list[str] = []
    for line in text.splitlines():
        if kept and EARLIER.match(_plain(line)):
            break
        if not QUOTED.match(line):
            kept.append(line)
    return "\n".join(kept).strip("\n")


def _reference(text: str, external_refs: Collection[str]) -> tuple[str, str]:
    keys = dict.fromkeys(key.upper() for key in KEY.findall(text))
    if len(keys) > 1:
        raise SeveralReferencesError(found=list(keys))
    if keys:
        return next(iter(keys)), ""
    named = [ref for ref in external_refs if _stands_alone(ref, text)]
    if len(named) > 1:
        raise SeveralReferencesError(found=named)
    if not named:
        raise NoReferenceError
    return "", named[0]


def _stands_alone(ref: str, text: str) -> bool:
    whole = rf"(?<![\w-]){re.escape(ref)}(?![\w-])"
    return bool(ref) and re.search(whole, text, re.IGNORECASE) is not None


def _verdict(own: str) -> tuple[Verdict, tuple[str, ...]]:
    found: dict[Verdict, list[str]] = {}
    for sentence in _sentences(_plain(own)):
        for match in VERDICT_WORD.finditer(sentence):
            if sentence.rstrip().endswith("?"):
                raise QuestionedVerdictError(words=sentence.strip())
            negation = NEGATION.search(sentence[: match.start()])
            if negation is not None:
                around = sentence[negation.start() : match.end()]
                raise NegatedVerdictError(words=around)
            found.setdefault(_named(match), []).append(match.group())
    if not found:
        raise NoVerdictError
    if len(found) > 1:
        raise AmbiguousReplyError(found=[w for words in found.values() for w in words])
    verdict, words = next(iter(found.items()))
    return verdict, tuple(dict.fromkeys(words))


def _named(match: re.Match[str]) -> Verdict:
    return Verdict(str(match.lastgroup))


def _sentences(text: str) -> Iterator[str]:
    """Walk the sentences, each with its own mark at the end."""
    yield from re.findall(r"[^.!?\n;]+[.!?]?", text)


def _reason(
    own: str, reasons: Mapping[ReturnReason, Collection[str]]
) -> ReturnReason | None:
    """Return the one reason that is named; None for none or several."""
    text = _plain(own)
    named = [
        reason
        for reason in ReturnReason
        if any(_plain(word) in text for word in (reason, *reasons.get(reason, ())))
    ]
    return named[0] if len(named) == 1 else None


def _fix_day(own: str) -> date | None:
    """Return the one day that stands where a fix is spoken of; ISO dates only."""
    days = set()
    for line in own.splitlines():
        if FIX.search(_plain(line)):
            days |= set(DAY.findall(line))
    if len(days) != 1:
        return None
    try:
        return date(*map(int, next(iter(days))))
    except ValueError:
        return None


def _plain(text: str) -> str:
    """Return text in small letters without accents, one character for each."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(part for part in parts if not unicodedata.combining(part))
    return plain.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
