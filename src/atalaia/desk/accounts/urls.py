"""Addresses of sign-in that allauth does not bring."""

from django.urls import path

from atalaia.desk.accounts import pages

app_name = "accounts"

urlpatterns = [
    path("find/", pages.find, name="find"),
    path("unknown/", pages.unknown, name="unknown"),
]
