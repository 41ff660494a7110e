"""The forms of accounts and roles; every list in them is closed."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from atalaia.desk.shell.forms import SpokenForm
from atalaia.domain.codes import RoleCode, RoleScope
from atalaia.domain.reference import load_reference
from atalaia.language.catalogue import Translator

__all__ = ["AddForm", "GrantForm", "IntroductionForm", "LooksForm", "role_scope"]

LANGUAGES = [("en", "English"), ("es", "Español"), ("pt", "Português")]
REFERENCE = load_reference()


def role_scope(role: RoleCode) -> RoleScope:
    """Return how far a role reaches."""
    return REFERENCE.roles.of(role).scope


class IntroductionForm(SpokenForm):
    """What colleagues call somebody, and in which language the desk speaks to them."""

    NAME_MESSAGES: ClassVar[Mapping[str, str]] = {
        "name": "Name",
        "language": "Language",
    }
    name = forms.CharField(
        max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    language = forms.ChoiceField(choices=LANGUAGES)


class AddForm(SpokenForm):
    """Somebody new."""

    NAME_MESSAGES: ClassVar[Mapping[str, str]] = {
        "email": "E-mail address",
        "name": "Name",
        "language": "Language",
    }
    HINT_MESSAGES: ClassVar[Mapping[str, str]] = {
        "email": "They sign in with it, and get a link there to set a password.",
        "language": "Of their pages and mail; they can change it.",
    }
    email = forms.EmailField(max_length=254)
    name = forms.CharField(max_length=80)
    language = forms.ChoiceField(choices=LANGUAGES)


class LooksForm(forms.Form):
    """One choice of how pages look; it has buttons for fields, and no labels."""

    language = forms.ChoiceField(choices=LANGUAGES, required=False)
    theme = forms.ChoiceField(
        choices=[(each, each) for each in ("system", "light", "dark")], required=False
    )
    density = forms.ChoiceField(
        choices=[(each, each) for each in ("comfortable", "compact")], required=False
    )

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen; the rest stays as it is."""
        return {name: value for name, value in self.cleaned_data.items() if value}


class GrantForm(SpokenForm):
    """Where a role reaches: it asks for what that role needs, and nothing else."""

    NAME_MESSAGES: ClassVar[Mapping[str, str]] = {
        "markets": "Markets",
        "agency": "Agency",
    }
    HINT_MESSAGES: ClassVar[Mapping[str, str]] = {
        "agency": "Its id, as the figures write it.",
    }

    def __init__(
        self, *args: Any, words: Translator, role: RoleCode, **options: Any
    ) -> None:
        self.role = role
        super().__init__(*args, words=words, **options)

    def speak(self, words: Translator) -> None:
        """Add the field that the role's reach asks for, then name it."""
        scope = role_scope(self.role)
        if scope is RoleScope.OWN_MARKETS:
            self.fields["markets"] = forms.MultipleChoiceField(
                choices=[
                    (market.code, market.name.of(words.language))
                    for market in REFERENCE.markets.by_code.values()
                ],
                widget=forms.CheckboxSelectMultiple,
            )
        elif scope is RoleScope.OWN_AGENCY:
            self.fields["agency"] = forms.RegexField(r"^[\w.:-]+$", max_length=64)
        super().speak(words)

    @property
    def markets(self) -> list[str]:
        """The markets that were chosen; none where the role reaches all of them."""
        return list(self.cleaned_data.get("markets", ()))

    @property
    def agency(self) -> str:
        """The agency that was named, or nothing."""
        return str(self.cleaned_data.get("agency", ""))
