"""The interface for machines as a Django app."""

from django.apps import AppConfig

from atalaia.desk.shell.navigation import Entry


class ApiConfig(AppConfig):
    name = "atalaia.desk.api"
    label = "api"
    navigation = (Entry(page="tokens:list", label="API tokens", icon="key-round"),)
