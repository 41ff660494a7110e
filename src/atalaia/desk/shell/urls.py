"""Addresses of the shell itself."""

from django.urls import path

from atalaia.desk.shell import pages

app_name = "shell"

urlpatterns = [
    path("language/", pages.language, name="language"),
    path("health/live", pages.live, name="live"),
    path("health/ready", pages.ready, name="ready"),
]
