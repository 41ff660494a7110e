"""The desk's addresses, app by app."""

from django.urls import include, path

from atalaia.desk.api.assembly import api
from atalaia.desk.shell import refusals

handler400 = refusals.bad_request
handler403 = refusals.not_allowed
handler404 = refusals.page_not_found
handler500 = refusals.server_error

urlpatterns = [
    path("", include("atalaia.desk.rooms.today.urls")),
    path("", include("atalaia.desk.shell.urls")),
    path("", include("atalaia.desk.rooms.people.urls")),
    path("views/", include("atalaia.desk.saved_views.urls")),
    path("", include("atalaia.desk.casework.urls")),
    path("accounts/", include("atalaia.desk.accounts.urls")),
    path("accounts/", include("atalaia.desk.accounts.sign_in_urls")),
    path("account/tokens/", include("atalaia.desk.api.urls")),
    path("api/v1/", api.urls),
    path("central/", include("atalaia.desk.casework.handoff.urls")),
    path("patrol/", include("atalaia.desk.rooms.patrol.urls")),
    path("watch/", include("atalaia.desk.rooms.metrics.urls")),
]
