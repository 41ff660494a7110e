"""Addresses of the pages about the interface."""

from django.urls import path

from atalaia.desk.api import call_pages, token_pages

app_name = "tokens"

urlpatterns = [
    path("", token_pages.tokens, name="list"),
    path("calls/", call_pages.calls, name="calls"),
    path("revoke/", token_pages.revoke, name="revoke"),
]
