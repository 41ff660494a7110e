"""Saved views as a Django app."""

from django.apps import AppConfig

from atalaia.desk.shell.navigation import Holder, Stop
from atalaia.language.catalogue import Translator


class SavedViewsConfig(AppConfig):
    name = "atalaia.desk.saved_views"
    label = "saved_views"
    held = "atalaia.desk.saved_views.held.HELD"

    def own_stop(
        self, *, actor: Holder, words: Translator, address: str
    ) -> Stop | None:
        """Return the views that somebody may open, for the rail and the palette."""
        from atalaia.desk.saved_views.stop import stop_of  # noqa: PLC0415 (models are not loaded before)

        return stop_of(actor, words=words, address=address)

    def ready(self) -> None:
        """End somebody's private views with their account."""
        from atalaia.desk.accounts.people_changes import account_closed  # noqa: PLC0415 (models are not loaded before)
        from atalaia.desk.saved_views.actions import end_private_views  # noqa: PLC0415 (as above)

        account_closed.connect(end_private_views)
