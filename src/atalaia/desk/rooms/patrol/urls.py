"""Addresses of the patrol."""

from django.urls import path

from atalaia.desk.rooms.patrol import log_pages, rota_pages, watch_pages

app_name = "patrol"

urlpatterns = [
    path("", watch_pages.listed, name="list"),
    path("add/", watch_pages.add, name="add"),
    path("<int:key>/seen/", watch_pages.seen, name="seen"),
    path("<int:key>/off/", watch_pages.take_off, name="take_off"),
    path("<int:key>/back/", watch_pages.put_back, name="put_back"),
    path("sightings/<int:key>/undo/", watch_pages.unseen, name="unseen"),
    path("rota/", rota_pages.listed, name="rota"),
    path("rota/duty/", rota_pages.duty, name="duty"),
    path("log/", log_pages.log, name="log"),
    path("log.xlsx", log_pages.log_sheet, name="log_sheet"),
]
