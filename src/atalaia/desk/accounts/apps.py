"""Accounts as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "atalaia.desk.accounts"
    label = "accounts"
    held = "atalaia.desk.accounts.held.HELD"
