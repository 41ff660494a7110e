"""The form that puts somebody on duty."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from atalaia.desk.accounts.colleagues import Worker
from atalaia.desk.rooms.patrol.rota_actions import DutyWish
from atalaia.desk.rooms.patrol.watch_forms import ISO_DAY, market_choices
from atalaia.desk.shell.forms import SpokenForm
from atalaia.desk.shell.trade import trade
from atalaia.domain.patrol_codes import DutyDays
from atalaia.language.catalogue import Translator

__all__ = ["DutyForm"]


class DutyForm(SpokenForm):
    """Who, where, and on which days."""

    NAME_MESSAGES: ClassVar[Mapping[str, str]] = {
        "person": "On duty",
        "market": "Market",
        "start": "First day",
        "end": "Last day",
        "days": "Which days",
    }
    HINT_MESSAGES: ClassVar[Mapping[str, str]] = {
        "person": "Whoever stood there before makes way.",
        "days": "A working day asks for a patrol, any other for somebody on call.",
    }
    person = forms.TypedChoiceField(coerce=int, required=False, empty_value=None)
    market = forms.ChoiceField(required=False)
    start = forms.DateField(
        input_formats=[ISO_DAY],
        widget=forms.DateInput(attrs={"type": "date"}, format=ISO_DAY),
    )
    end = forms.DateField(
        input_formats=[ISO_DAY],
        widget=forms.DateInput(attrs={"type": "date"}, format=ISO_DAY),
    )
    days = forms.ChoiceField()

    def __init__(
        self,
        *args: Any,
        words: Translator,
        people: tuple[Worker, ...],
        markets: tuple[str, ...],
        **options: Any,
    ) -> None:
        self.people, self.markets = people, markets
        super().__init__(*args, words=words, **options)

    def speak(self, words: Translator) -> None:
        """Offer people, markets and days, then name every field."""
        names = trade().reference.names
        self.fields["person"].choices = [  # type: ignore[attr-defined] # a field of choices
            ("", words.text("Nobody")),
            *((each.id, each.name) for each in self.people),
        ]
        self.fields["market"].choices = [  # type: ignore[attr-defined] # a field of choices
            ("", words.text("Every market that we both work on")),
            *market_choices(self.markets, words=words),
        ]
        self.fields["days"].choices = [  # type: ignore[attr-defined] # a field of choices
            (str(each), names.of(each).of(words.language)) for each in DutyDays
        ]
        super().speak(words)

    @property
    def wish(self) -> DutyWish:
        """What was told, as the action takes it."""
        values = self.cleaned_data
        market = values["market"]
        return DutyWish(
            markets=(market,) if market else (),
            to=values["person"],
            start=values["start"],
            end=values["end"],
            days=DutyDays(values["days"]),
        )
