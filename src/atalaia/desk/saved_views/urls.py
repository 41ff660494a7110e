"""Addresses of saved views."""

from django.urls import path

from atalaia.desk.saved_views import pages

app_name = "views"

urlpatterns = [
    path("", pages.listed, name="list"),
    path("new/", pages.keep, name="keep"),
    path("<int:key>/", pages.change, name="change"),
    path("<int:key>/remove/", pages.remove, name="remove"),
    path("<int:key>/end-sharing/", pages.unshare, name="unshare"),
]
