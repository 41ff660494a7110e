"""Releases that a plan lists: models and application versions, in order of time."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.marked_entry import Entry
from atalaia.simulation.plan import AppVersion, ModelVersion
from atalaia.simulation.vocabulary import bounded, refuse_repeated

__all__ = [
    "NoReleaseInUseError",
    "NoReleaseListedError",
    "ReleaseOutOfOrderError",
    "read_app_versions",
    "read_models",
]


class NoReleaseListedError(ReferenceDataError):
    """A plan lists no release of something that every session has."""

    message = "{place}\nThe list '{field}' has no release of '{name}'."
    next_step = "List the release in use on day 0 and those that follow it."


class NoReleaseInUseError(ReferenceDataError):
    """The first release of a model or of the application comes after day 0."""

    message = (
        "{place}\nNo release of '{name}' is in use on day 0: '{version}' is the first, "
        "from day {day}."
    )
    next_step = "Give the first release a 'from_day' of 0 or less."


class ReleaseOutOfOrderError(ReferenceDataError):
    """A release is listed after one that comes later, or on the same day."""

    message = (
        "{place}\nThe release '{version}' is from day {day}, "
        "and the one listed before it from day {before}."
    )
    next_step = "List releases from the oldest to the newest, one a day at most."


def read_app_versions(root: Entry) -> tuple[AppVersion, ...]:
    """Read the application's versions; the first must be in use on day 0."""
    entries = root.items("app_versions")
    for entry in entries:
        entry.only("version", "from_day")
    refuse_repeated(entries, field="version")
    _refuse_gaps(root, entries, field="app_versions", name="app")
    return tuple(
        AppVersion(version=entry.text("version"), from_day=entry.whole("from_day"))
        for entry in entries
    )


def read_models(root: Entry, *, scored_by: Iterable[str]) -> tuple[ModelVersion, ...]:
    """Read the models' versions: of every model in `scored_by`, and of no other."""
    entries = root.items("models")
    names = tuple(dict.fromkeys(scored_by))
    for entry in entries:
        entry.only("model", "version", "from_day", "auc")
        entry.child("model").one_of(names, kind="model")
    refuse_repeated(entries, field="version")
    for name in names:
        own = [entry for entry in entries if entry.text("model") == name]
        _refuse_gaps(root, own, field="models", name=name)
    return tuple(
        ModelVersion(
            model=entry.text("model"),
            version=entry.text("version"),
            from_day=entry.whole("from_day"),
            auc=bounded(entry, "auc", low=0.5, high=0.9999),
        )
        for entry in entries
    )


def _refuse_gaps(
    root: Entry, entries: Sequence[Entry], *, field: str, name: str
) -> None:
    """Refuse an empty list, a wrong order, and a day 0 without a release."""
    if not entries:
        raise NoReleaseListedError(place=root.child(field).mark, field=field, name=name)
    first = entries[0]
    if first.whole("from_day") > 0:
        raise NoReleaseInUseError(
            place=first.child("from_day").mark,
            name=name,
            version=first.text("version"),
            day=first.whole("from_day"),
        )
    for before, entry in pairwise(entries):
        if entry.whole("from_day") <= before.whole("from_day"):
            raise ReleaseOutOfOrderError(
                place=entry.child("from_day").mark,
                version=entry.text("version"),
                day=entry.whole("from_day"),
                before=before.whole("from_day"),
            )
