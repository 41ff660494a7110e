"""The interface for machines as a Django app."""

from django.apps import AppConfig

from atalaia.desk.shell.navigation import Entry


class ApiConfig(AppConfig):
    name = "atalaia.desk.api"
    label = "api"
    held = "atalaia.desk.api.held.HELD"
    navigation = (Entry(page="tokens:list", label="API tokens", icon="key-round"),)

    def ready(self) -> None:
        """End the tokens of an account with the account."""
        from atalaia.desk.accounts.people_changes import account_closed  # noqa: PLC0415 (models are not loaded before)
        from atalaia.desk.api.bearers import end_tokens  # noqa: PLC0415 (as above)

        account_closed.connect(end_tokens)
