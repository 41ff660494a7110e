"""Pages that need nobody: whether the desk lives and works, and how it speaks."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from atalaia.desk.shell.desk_request import DeskRequest
from atalaia.desk.shell.health import Health, health
from atalaia.desk.shell.speech import COOKIE, language_of
from atalaia.desk.shell.way_back import way_back

__all__ = ["language", "live", "ready"]

KEPT_S = 365 * 24 * 3600


def live(request: DeskRequest) -> JsonResponse:  # noqa: ARG001 (Django's signature)
    """Answer that the process runs."""
    return JsonResponse({"status": "live"})


def ready(request: DeskRequest) -> JsonResponse:  # noqa: ARG001 (Django's signature)
    """Answer whether records and data folder can be used, or what hinders it."""
    found = health(settings.INSTALLATION.place.root)
    status = 200 if found is Health.READY else 503
    return JsonResponse({"status": found}, status=status)


@require_POST
def language(request: DeskRequest) -> HttpResponse:
    """Speak another language to whoever has not signed in, from now on."""
    response = redirect(way_back(request.POST.get("next", ""), otherwise="/"))
    chosen = language_of(request.POST.get("language", ""))
    response.set_cookie(COOKIE, chosen, max_age=KEPT_S, samesite="Lax")
    return response
