"""The shell as a Django app."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "atalaia.desk.shell"
    label = "shell"
