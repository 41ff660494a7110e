"""The form of a new line of the watch-list."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from atalaia.desk.rooms.patrol.watch_actions import RHYTHMS, NewWatch
from atalaia.desk.shell.forms import SpokenForm
from atalaia.desk.shell.trade import trade
from atalaia.domain.patrol_codes import WatchKind, WatchReason
from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice

__all__ = ["WatchForm", "market_choices"]

ISO_DAY = "%Y-%m-%d"


class WatchForm(SpokenForm):
    """Who or what is to be looked at, why, how often and until when."""

    NAME_MESSAGES: ClassVar[Mapping[str, str]] = {
        "market": "Market",
        "kind": "Who or what",
        "subject_id": "Pseudonym or room",
        "reason": "Why",
        "note": "Note",
        "every_hours": "How often",
        "until": "Last day",
    }
    HINT_MESSAGES: ClassVar[Mapping[str, str]] = {
        "subject_id": "A creator's pseudonym or a room's id, as the figures write it.",
        "note": "What to look out for, in a sentence. No names, no contacts.",
        "until": "In the market; it leaves the list by itself when that day ends.",
    }
    market = forms.ChoiceField()
    kind = forms.ChoiceField()
    subject_id = forms.CharField(
        max_length=80,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
    )
    reason = forms.ChoiceField()
    note = forms.CharField(
        max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    every_hours = forms.TypedChoiceField(coerce=int)
    until = forms.DateField(
        input_formats=[ISO_DAY],
        widget=forms.DateInput(attrs={"type": "date"}, format=ISO_DAY),
    )

    def __init__(
        self, *args: Any, words: Translator, markets: tuple[str, ...], **options: Any
    ) -> None:
        self.markets = markets
        super().__init__(*args, words=words, **options)

    def speak(self, words: Translator) -> None:
        """Offer the closed lists in the reader's words, then name every field."""
        names, voice = trade().reference.names, Voice(language=words.language)
        for name, kind in (("kind", WatchKind), ("reason", WatchReason)):
            self.fields[name].choices = [  # type: ignore[attr-defined] # a field of choices
                (str(each), names.of(each).of(words.language)) for each in kind
            ]
        self.fields["market"].choices = market_choices(self.markets, words=words)  # type: ignore[attr-defined] # a field of choices
        self.fields["every_hours"].choices = [  # type: ignore[attr-defined] # a field of choices
            (each, words.text("every {time}", time=voice.duration(each)))
            for each in RHYTHMS
        ]
        super().speak(words)

    @property
    def told(self) -> NewWatch:
        """What was told, as the action takes it."""
        values = self.cleaned_data
        return NewWatch(
            **{
                **values,
                "kind": WatchKind(values["kind"]),
                "reason": WatchReason(values["reason"]),
            }
        )


def market_choices(
    markets: tuple[str, ...], *, words: Translator
) -> list[tuple[str, str]]:
    """Return markets as a form offers them."""
    known = trade().reference.markets
    return [(code, known.of(code).name.of(words.language)) for code in markets]
