"""People as a Django app."""

from django.apps import AppConfig

from atalaia.desk.shell.navigation import Entry


class PeopleConfig(AppConfig):
    name = "atalaia.desk.rooms.people"
    label = "people"
    navigation = (
        Entry(page="people:account", label="Your account", icon="user-round"),
        Entry(page="people:list", right="manage_people", label="People", icon="users"),
    )
