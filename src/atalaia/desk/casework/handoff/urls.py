"""Addresses of the hand-off: the region's, and those that a link opens."""

from django.urls import path

from atalaia.desk.casework.handoff import (
    chase_pages,
    link_pages,
    region_pages,
    reply_pages,
)

app_name = "central"

urlpatterns = [
    path("l/<str:token>/", link_pages.show, name="link"),
    path("l/<str:token>/answer/", link_pages.answer, name="answer"),
    path("l/<str:token>/sheet/", link_pages.sheet, name="link_sheet"),
    path("l/<str:token>/text/", link_pages.text, name="link_text"),
    path("cases/<str:key>/", region_pages.hand_off, name="case"),
    path("cases/<str:key>/send/", region_pages.send_case, name="send"),
    path("cases/<str:key>/sheet/", region_pages.hand_off_sheet, name="sheet"),
    path("cases/<str:key>/text/", region_pages.hand_off_text, name="text"),
    path("links/<str:link>/revoke/", region_pages.revoke, name="revoke"),
    path("replies/", reply_pages.paste, name="paste"),
    path("replies/save/", reply_pages.save_reply, name="save_reply"),
    path("statuses/", reply_pages.statuses, name="statuses"),
    path("chase/", chase_pages.chase_case_list, name="chase"),
    path("chase/log/", chase_pages.log_chase, name="log_chase"),
    path("chase/sheet/", chase_pages.chase_sheet, name="chase_sheet"),
]
