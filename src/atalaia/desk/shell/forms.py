"""Forms that speak the reader's language: labels, hints and errors are our sentences.

    class CloseForm(SpokenForm):
        NAME_MESSAGES = {"reason": "Reason"}
        HINT_MESSAGES = {"reason": "One sentence; the creator reads it."}
        reason = forms.CharField(max_length=200)

    form = CloseForm(request.POST or None, words=request.words)

In a template: `{% include "shell/parts/field.html" with field=form.reason %}`.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from atalaia.language.catalogue import Translator

__all__ = ["ERROR_MESSAGES", "Spoken", "SpokenForm"]

ERROR_MESSAGES: Mapping[str, str] = {
    "required": "Fill this in.",
    "invalid": "This is not written as it should be.",
    "invalid_email": "An e-mail address looks like name@example.org.",
    "invalid_choice": "Choose one from the list.",
    "max_length": "This is too long: at most {limit_value} characters.",
    "min_length": "This is too short: at least {limit_value} characters.",
    "max_value": "This is too much: at most {limit_value}.",
    "min_value": "This is too little: at least {limit_value}.",
}
"""What is wrong with a field, by the code that Django gives it."""
CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "checkbox"),
    (forms.CheckboxSelectMultiple, "checkbox"),
    (forms.RadioSelect, "radio"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file-input"),
    (forms.widgets.Input, "input"),
)


class Spoken(forms.Form):
    """Gives a form's fields our words; a form names them in its tables."""

    NAME_MESSAGES: ClassVar[Mapping[str, str]] = {}
    HINT_MESSAGES: ClassVar[Mapping[str, str]] = {}
    ERROR_MESSAGES: ClassVar[Mapping[str, str]] = ERROR_MESSAGES
    words: Translator

    def speak(self, words: Translator) -> None:
        """Name every field; without a name a field has no label at all."""
        self.words = words
        for name, field in self.fields.items():
            label, hint = self.NAME_MESSAGES.get(name), self.HINT_MESSAGES.get(name)
            field.label = words.text(label) if label else ""
            field.help_text = words.text(hint) if hint else ""
            field.widget.attrs.pop("placeholder", None)
            _dress(field.widget)

    def add_error(self, field: str | None, error: Any) -> None:
        """Note what is wrong, in our words where the code is one of ours."""
        if not isinstance(error, ValidationError):
            error = ValidationError(error)
        if hasattr(error, "error_dict"):
            told = {n: self._told(each, n) for n, each in error.error_dict.items()}
            super().add_error(None, ValidationError(told))
        else:
            super().add_error(
                field, ValidationError(self._told(error.error_list, field))
            )

    def _told(
        self, errors: list[ValidationError], field: str | None
    ) -> list[ValidationError]:
        return [self._in_our_words(error, field) for error in errors]

    def _in_our_words(
        self, error: ValidationError, field: str | None
    ) -> ValidationError:
        code = error.code or ""
        is_address = isinstance(self.fields.get(field or ""), forms.EmailField)
        if code == "invalid" and is_address:
            code = "invalid_email"
        key = self.ERROR_MESSAGES.get(code)
        if key is None:
            return error
        said = self.words.text(key, **(error.params or {}))
        return ValidationError(said, code=error.code)


class SpokenForm(Spoken):
    """A form of our own: it is told its words when it is made."""

    def __init__(self, *args: Any, words: Translator, **options: Any) -> None:
        super().__init__(*args, **options)
        self.speak(words)


def _dress(widget: forms.Widget) -> None:
    kind = next((name for of, name in CLASSES if isinstance(widget, of)), "")
    worn = widget.attrs.get("class", "").split()
    if kind and kind not in worn:
        widget.attrs["class"] = " ".join([*worn, kind])
