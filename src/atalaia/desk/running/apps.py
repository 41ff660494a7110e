"""Running the desk, as a Django app."""

from django.apps import AppConfig


class RunningConfig(AppConfig):
    name = "atalaia.desk.running"
    label = "running"
    held = "atalaia.desk.running.held.HELD"
