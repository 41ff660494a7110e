"""What each model holds of people, column by column, so that erasing leaves none out.

An app says it in its AppConfig, one `Held` a model, beside the model's own idea:

    held = "atalaia.desk.casework.held.HELD"

    HELD = (
        Held(
            model="casework.Comment",
            belongs="case",
            texts=("text",),
            kept=("by_key", "by_name", "by_team", "audience"),
        ),
    )

Every column of text or JSON is named in exactly one way; a test fails where one is not.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.utils.module_loading import import_string

__all__ = ["Blank", "Held", "held_models"]

Blank = Callable[[str], str]
"""Gives what is to stand in the place of a text: a mark, or the text itself."""
_NONE: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What one model holds of people.

    Attributes:
        model: as "app.Model".
        person: the column of the creator whom a row is about; with them all of it goes.
        tied: columns of ids that are one creator's alone: a row that names nobody and
            has such an id in common with a row about somebody is about them too.
        belongs: the foreign key to the row that a row is a part of, and goes with.
        texts: columns of words; a mark takes their place.
        ids: columns of ids and references; they become empty.
        documents: JSON columns, each with the way to put something in the place of its
            words: from the row, the value and a `Blank` to the new value.
        kept: columns that say nothing about a creator: codes, keys of our own, staff.
        changed: is told of each row before it is saved, with the deed that erases.
    """

    model: str
    person: str = ""
    tied: tuple[str, ...] = ()
    belongs: str = ""
    texts: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    documents: Mapping[str, Callable[[Any, Any, Blank], Any]] = field(
        default_factory=lambda: _NONE
    )
    kept: tuple[str, ...] = ()
    changed: Callable[[Any, Any], None] | None = None

    @property
    def rows(self) -> "models.QuerySet[Any]":
        """The rows of the model, all of them."""
        every: models.QuerySet[Any] = apps.get_model(self.model)._base_manager.all()
        return every

    @property
    def parent(self) -> str:
        """The model that a row is a part of; "" for none."""
        if not self.belongs:
            return ""
        related = apps.get_model(self.model)._meta.get_field(self.belongs)
        return str(related.related_model._meta.label)

    @property
    def read(self) -> tuple[str, ...]:
        """The columns that may name anybody beside the one whom a row is about."""
        return (*self.texts, *self.ids, *self.documents)


def held_models() -> tuple[Held, ...]:
    """Return what the apps say, what a row is a part of before the row itself.

    Raises:
        ImproperlyConfigured: a model belongs to one that no app names, or to itself.
    """
    said: list[Held] = []
    for config in apps.get_app_configs():
        said += import_string(config.held) if hasattr(config, "held") else ()
    ordered: list[Held] = []
    while waiting := [each for each in said if each not in ordered]:
        ready = {each.model for each in ordered} | {""}
        next_ones = [each for each in waiting if each.parent in ready]
        if not next_ones:
            left = ", ".join(sorted(each.model for each in waiting))
            raise ImproperlyConfigured(f"These belong to what no app names: {left}")
        ordered += next_ones
    return tuple(ordered)
