"""The desk's addresses and one that fails with what somebody typed in its error."""

from django.db import IntegrityError
from django.urls import path

from atalaia.desk.shell import refusals
from atalaia.desk.urls import urlpatterns as ours

handler404, handler500 = refusals.page_not_found, refusals.server_error


def fail(request, person):
    typed = request.POST.get("note", "")
    raise IntegrityError(f"duplicate key\nDETAIL: Key ({person})=({typed}) exists.\n")


urlpatterns = [*ours, path("fail/<str:person>/", fail)]
