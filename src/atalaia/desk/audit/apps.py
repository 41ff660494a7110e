"""The audit trail as a Django app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "atalaia.desk.audit"
    label = "audit"
    held = "atalaia.desk.audit.held.HELD"
