"""Every column of words says what becomes of it when somebody is erased."""

import pytest
from django.apps import apps
from django.db import models

from atalaia.desk.shell.erased import MARK_LENGTH
from atalaia.desk.shell.held import held_models

WORDS = (models.CharField, models.TextField, models.JSONField)
OURS = [
    model
    for model in apps.get_models()
    if model.__module__.startswith("atalaia.") and model._meta.managed
]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_column_of_words_is_named_once(model):
    """A column that nobody thought of would keep what an erasure promised to take."""
    (held,) = [each for each in held_models() if each.model == model._meta.label]
    named = [*held.texts, *held.ids, *held.documents, *held.kept]
    named += [held.person] if held.person else []

    columns = [f.name for f in model._meta.concrete_fields if isinstance(f, WORDS)]

    assert sorted(named) == sorted(columns)


def test_a_mark_fits_wherever_words_stand():
    """Else PostgreSQL would refuse the erasure."""
    for held in held_models():
        model = apps.get_model(held.model)
        lengths = [model._meta.get_field(name).max_length for name in held.texts]
        assert all(length is None or length >= MARK_LENGTH for length in lengths)
