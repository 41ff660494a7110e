"""Addresses of the watch pages; an address holds the whole state of its page."""

from django.urls import path

from atalaia.desk.rooms.metrics import export_pages, metric_pages, pages

app_name = "watch"

urlpatterns = [
    path("", pages.catalogue, name="catalogue"),
    path("family/<slug:key>/", pages.family, name="family"),
    path("<str:metric>/", metric_pages.metric, name="metric"),
    path("<str:metric>/answer/", metric_pages.answer, name="answer"),
    path("<str:metric>/why/", metric_pages.why, name="why"),
    path("<str:metric>/rows/", metric_pages.rows, name="rows"),
    path("<str:metric>/table.csv", export_pages.table_csv, name="csv"),
    path("<str:metric>/table.xlsx", export_pages.table_sheet, name="sheet"),
    path("<str:metric>/chart.png", export_pages.chart_png, name="picture"),
]
