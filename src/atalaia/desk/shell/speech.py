"""In which language a request is answered, before anybody has signed in."""

from django.http.response import HttpResponseBase
from django.utils import translation

from atalaia.desk.shell.desk_request import Answer, DeskRequest
from atalaia.domain.trilingual import LANGUAGES, Language
from atalaia.language.catalogue import SOURCE, translator
from atalaia.language.format import Voice

__all__ = ["COOKIE", "language_of", "speak", "spoken"]

COOKIE = "atalaia_language"
KNOWN: dict[str, Language] = {str(code): code for code in LANGUAGES}
DJANGO_NAMES: dict[Language, str] = {"en": "en", "es": "es", "pt": "pt-br"}


def spoken(answer: Answer) -> Answer:
    """Return the middleware that answers in the language chosen last, or asked for."""

    def answered(request: DeskRequest) -> HttpResponseBase:
        speak(request, language=_asked(request))
        response = answer(request)
        response.headers.setdefault("Content-Language", request.words.language)
        return response

    return answered


def language_of(code: str) -> Language:
    """Return the language with a code; English for one that we do not speak."""
    return KNOWN.get(code, SOURCE)


def speak(request: DeskRequest, *, language: Language) -> None:
    """Answer this request in a language: our sentences, Django's, and numbers."""
    request.words = translator(language)
    request.voice = Voice(language=language)
    # Forms and libraries bring sentences of their own.
    translation.activate(DJANGO_NAMES[language])
    request.LANGUAGE_CODE = DJANGO_NAMES[language]


def _asked(request: DeskRequest) -> Language:
    accepted = request.headers.get("Accept-Language", "").split(",")
    wanted = [request.COOKIES.get(COOKIE, "")]
    wanted += [part.split(";")[0].strip()[:2].lower() for part in accepted]
    return next((KNOWN[code] for code in wanted if code in KNOWN), SOURCE)
