"""Addresses of accounts."""

from django.urls import path

from atalaia.desk.rooms.people import own_pages, pages

app_name = "people"

urlpatterns = [
    path("account/", own_pages.account, name="account"),
    path("account/looks/", own_pages.looks, name="looks"),
    path("people/", pages.listed, name="list"),
    path("people/add/", pages.add, name="add"),
    path("people/<int:key>/", pages.person, name="person"),
    path("people/<int:key>/grant/", pages.grant, name="grant"),
    path("people/<int:key>/roles/<int:held>/revoke/", pages.revoke, name="revoke"),
    path("people/<int:key>/close/", pages.close, name="close"),
    path("people/<int:key>/reopen/", pages.reopen, name="reopen"),
    path("people/<int:key>/invite/", pages.invite, name="invite"),
]
