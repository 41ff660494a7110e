"""Addresses of the first page and of the parts that follow into it."""

from django.urls import path

from atalaia.desk.rooms.today import (
    export_pages,
    figure_pages,
    pages,
    paste_pages,
    talk_pages,
)

app_name = "today"

urlpatterns = [
    path("", pages.page, name="page"),
    path("today/facts/", pages.facts, name="facts"),
    path("today/tiles/", figure_pages.tiles, name="tiles"),
    path("today/movers/", figure_pages.movers, name="movers"),
    path("today/talk/", talk_pages.talk, name="talk"),
    path("today/talk.xlsx", talk_pages.talk_sheet, name="talk_sheet"),
    path("today/talk/talked/", talk_pages.talked, name="talked"),
    path("today/talk/<int:key>/undo/", talk_pages.untalked, name="untalked"),
    path("today/figures.xlsx", figure_pages.figures_sheet, name="figures"),
    path("today/owed.xlsx", export_pages.owed_sheet, name="owed_sheet"),
    path("today/paste/", paste_pages.paste, name="paste"),
    path("today/paste/found/", paste_pages.found, name="found"),
    path("today/paste/intake/", paste_pages.intake, name="intake"),
]
