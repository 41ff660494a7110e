"""An answer as a form gives it: read field by field, nothing guessed."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from atalaia.desk.casework.actions import PersonalData
from atalaia.desk.casework.handoff.errors import MissingAnswerError
from atalaia.desk.casework.handoff.verdicts import Answer, Verdict
from atalaia.domain.case_codes import ReturnReason
from atalaia.domain.trilingual import Trilingual

__all__ = ["FIELDS", "answer_of_form", "personal_data_of_form", "typed"]

FIELDS = (
    "verdict",
    "reason",
    "text",
    "is_fix_promised",
    "fix_due_on",
    "from_name",
    "from_email",
    "form_key",
    "personal_data",
)
LONGEST = 4000
VERDICT = Trilingual(
    "accept, return or reject",
    "aceptar, devolver o rechazar",
    "aceitar, devolver ou rejeitar",
)
EMAIL = Trilingual("a whole e-mail address", "un correo completo", "um e-mail completo")
DAY = Trilingual("a day that exists", "una fecha que exista", "uma data que exista")
SHORTER = Trilingual(
    "a shorter text (up to 4,000 characters)",
    "un texto más corto (hasta 4000 caracteres)",
    "um texto mais curto (até 4.000 caracteres)",
)


def typed(form: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed, to be shown again where something is wrong."""
    return {name: form.get(name, "") for name in FIELDS}


def answer_of_form(form: Mapping[str, str]) -> Answer:
    """Return the answer of a form; raises MissingAnswerError."""
    given = typed(form)
    verdict = _member(given["verdict"])
    if len(given["text"]) > LONGEST:
        raise MissingAnswerError(missing=[SHORTER])
    is_fix = verdict is Verdict.ACCEPT and bool(given["is_fix_promised"])
    reason = given["reason"] if verdict is Verdict.RETURN else ""
    return Answer(
        verdict=verdict,
        reason=ReturnReason(reason) if reason in tuple(ReturnReason) else None,
        text=given["text"].replace("\x00", ""),
        is_fix_promised=is_fix,
        fix_due_on=_day(given["fix_due_on"]) if is_fix else None,
        from_name=given["from_name"].replace("\x00", "").strip(),
        from_email=_email(given["from_email"]),
    )


def personal_data_of_form(form: Mapping[str, str]) -> PersonalData:
    """Return what to do with personal data: refused until somebody chooses."""
    is_chosen = form.get("personal_data") == PersonalData.REDACT
    return PersonalData.REDACT if is_chosen else PersonalData.REFUSE


def _member(text: str) -> Verdict:
    if text not in tuple(Verdict):
        raise MissingAnswerError(missing=[VERDICT])
    return Verdict(text)


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise MissingAnswerError(missing=[DAY]) from None


def _email(text: str) -> str:
    address = text.strip()
    if not address:
        return ""
    try:
        validate_email(address)
    except ValidationError:
        raise MissingAnswerError(missing=[EMAIL]) from None
    return address
