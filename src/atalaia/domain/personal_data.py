"""Personal data in free text: identity numbers, phones and addresses of the region.

A number with check digits is believed by them; one without needs a word beside it that
says what it is. So a room id, a date or a count of views passes.

Sources of the check digits: CPF and CNPJ (Receita Federal; letters in the CNPJ since
July 2026), CURP (RENAPO), RUT (modulus 11).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from atalaia.domain.case_codes import PersonalDataKind

__all__ = ["Found", "personal_data_in", "redacted"]

ALPHABET = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
NEARBY = 24
# Neither part of a longer number nor of an id, a path or an address.
_ALONE = r"(?<![\w/=#.,@-])"
_END = r"(?![\w/=@-]|[.,]\d)"
_SEP = r"[\s().-]{0,2}"
_COUNTRIES = (
    r"55|52|57|54|51|56|593|58|502|503|504|505|506|507|591|595|598|"
    r"1[\s().-]{0,2}(?:809|829|849|787|939)"
)
_CALLED = re.compile(
    r"\b(?:tel|tels|tel[eé]fono|telefone|cel|celular|fone|m[oó]vil|whats?|whatsapp|"
    r"wsp|wpp|wapp|zap|zapzap|ll[aá]ma(?:me|le|r)?|liga(?:r)?|call|phone|pix|yape|"
    r"nequi|daviplata|plin)\b",
    re.IGNORECASE,
)
_IDENTITY = re.compile(
    r"(?:\b(?:dni|documento|c[eé]dula|cc|ci|le|lc|rg|ine|identidad|identidade|rut|run)\b"
    r"|d\.n\.i\.|c\.c\.|c\.i\.)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found from `start` up to `end` of a text; never the value itself."""

    kind: PersonalDataKind
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    kind: PersonalDataKind
    pattern: re.Pattern[str]
    is_real: Callable[[str], bool] = lambda _: True
    context: re.Pattern[str] | None = None


def personal_data_in(text: str) -> tuple[Found, ...]:
    """Return what names or reaches a person, in the order of the text."""
    taken: list[Found] = []
    for search in _SEARCHES:
        for found in _matches(search, text):
            if all(
                found.end <= each.start or each.end <= found.start for each in taken
            ):
                taken.append(found)
    return tuple(sorted(taken, key=lambda each: each.start))


def redacted(text: str) -> str:
    """Return the text with each value replaced by the name of its kind.

    >>> redacted("Su correo es ana@example.org, desde ayer.")
    'Su correo es [email], desde ayer.'
    """
    for found in reversed(personal_data_in(text)):
        text = f"{text[: found.start]}[{found.kind}]{text[found.end :]}"
    return text


def _matches(search: _Search, text: str) -> Iterator[Found]:
    for match in search.pattern.finditer(text):
        before = text[max(match.start() - NEARBY, 0) : match.start()]
        is_named = search.context is None or search.context.search(before)
        if is_named and search.is_real(match.group()):
            yield Found(kind=search.kind, start=match.start(), end=match.end())


def _digits(text: str) -> list[int]:
    return [int(sign) for sign in text if sign.isdigit()]


def _is_cpf(text: str) -> bool:
    digits = _digits(text)
    if len(set(digits)) == 1:
        return False
    return all(
        _modulus_11(digits[:n], range(n + 1, 1, -1)) == digits[n] for n in (9, 10)
    )


def _is_cnpj(text: str) -> bool:
    values = [ord(sign) - ord("0") for sign in text.upper() if sign.isalnum()]
    if len(set(values)) == 1:
        return False
    weights = (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)
    return all(
        _modulus_11(values[:n], weights[13 - n :]) == values[n] for n in (12, 13)
    )


def _modulus_11(values: list[int], weights: "range | tuple[int, ...]") -> int:
    rest = sum(a * b for a, b in zip(values, weights, strict=True)) % 11
    return 0 if rest < 2 else 11 - rest


def _is_curp(text: str) -> bool:
    signs = text.upper()
    total = sum(ALPHABET.index(sign) * (18 - at) for at, sign in enumerate(signs[:17]))
    return (10 - total % 10) % 10 == int(signs[17])


def _is_rut(text: str) -> bool:
    body, check = text.replace(".", "").upper().split("-")
    weights = (2 + at % 6 for at in range(len(body)))
    total = sum(a * b for a, b in zip(_digits(body)[::-1], weights, strict=True))
    return "0123456789K0"[11 - total % 11] == check


def _is_dialled(text: str) -> bool:
    digits = _digits(text)
    return 7 <= len(digits) <= 13 and len(set(digits)) > 1


_K = PersonalDataKind
_SEARCHES = (
    _Search(kind=_K.EMAIL, pattern=re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    _Search(
        kind=_K.CNPJ,
        pattern=re.compile(
            _ALONE
            + r"(?:[A-Z\d]{2}\.[A-Z\d]{3}\.[A-Z\d]{3}/[A-Z\d]{4}-\d{2}|\d{14})"
            + _END,
            re.IGNORECASE,
        ),
        is_real=_is_cnpj,
    ),
    _Search(
        kind=_K.CURP,
        pattern=re.compile(
            r"\b[A-Z][AEIOUX][A-Z]{2}\d{6}[HMX][A-Z]{2}[B-DF-HJ-NP-TV-Z]{3}[A-Z\d]\d\b",
            re.IGNORECASE,
        ),
        is_real=_is_curp,
    ),
    _Search(
        kind=_K.CPF,
        pattern=re.compile(
            _ALONE + r"(?:\d{3}\.\d{3}\.\d{3}-\d{2}|\d{9}-?\d{2})" + _END
        ),
        is_real=_is_cpf,
    ),
    _Search(
        kind=_K.RUT,
        pattern=re.compile(
            _ALONE + r"(?:\d{1,2}\.\d{3}\.\d{3}|\d{7,8})-[\dK]" + _END, re.IGNORECASE
        ),
        is_real=_is_rut,
    ),
    _Search(
        kind=_K.PHONE,
        pattern=re.compile(rf"(?<![\w+])\+(?:{_COUNTRIES})(?:{_SEP}\d){{7,11}}(?!\d)"),
        is_real=lambda text: len(set(_digits(text))) > 2,
    ),
    _Search(kind=_K.PHONE, pattern=re.compile(r"(?<=wa\.me/)\d{7,15}")),
    _Search(
        kind=_K.DNI,
        pattern=re.compile(
            _ALONE + r"(?:\d{1,2}\.\d{3}\.\d{3}|\d{1,3}\.\d{3}\.\d{3}\.\d{3}|\d{6,10})"
            r"(?:-[\dXx])?" + _END
        ),
        context=_IDENTITY,
    ),
    # Area code in brackets, or groups as a phone is spoken: (11) 98765-4321.
    _Search(
        kind=_K.PHONE,
        pattern=re.compile(
            _ALONE + r"(?:\(\d{2,4}\)\s?9?\s?\d{3,4}[\s-]?\d{4}"
            r"|\d{2,3}[\s-]9?\d{3,4}[\s-]\d{4}|9\d{4}-\d{4})" + _END
        ),
        is_real=_is_dialled,
    ),
    _Search(
        kind=_K.PHONE,
        pattern=re.compile(_ALONE + r"\d(?:[\s.-]?\d){6,12}" + _END),
        is_real=_is_dialled,
        context=_CALLED,
    ),
)
"""Tried in this order: what is sure comes before what is likely."""
