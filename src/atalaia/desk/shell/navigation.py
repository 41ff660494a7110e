"""Where one can go: the jobs of the rail, and the pages behind each.

An app says what it offers in its AppConfig, one line a page:

    navigation = (Entry(job=Job.CASES, page="casework:list", right="see_cases"),)
    searches = (Search(page="casework:search", label="Search cases"),)

A stop that differs from person to person comes from a method of the AppConfig,
`own_stop(actor, words, address)`.

`label` names a page beyond the first of its job, and every page that no job holds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from django.apps import apps
from django.urls import reverse

from atalaia.language.catalogue import Translator

__all__ = [
    "Entry",
    "Holder",
    "Job",
    "Link",
    "Search",
    "Stop",
    "found_by",
    "links",
    "own_stop",
    "rail",
]


class Job(StrEnum):
    """What somebody comes to do; the rail's order is this one."""

    TODAY = "today"
    CASES = "cases"
    QUALITY = "quality"
    WATCH = "watch"
    DIFFS = "diffs"
    CHANGES = "changes"
    EDUCATION = "education"
    TRAFFIC = "traffic"
    REPORTS = "reports"
    REFERENCE = "reference"


JOB_MESSAGES = {
    Job.TODAY: "Today",
    Job.CASES: "Cases",
    Job.QUALITY: "Quality",
    Job.WATCH: "Watch",
    Job.DIFFS: "Diffs",
    Job.CHANGES: "Changes",
    Job.EDUCATION: "Education",
    Job.TRAFFIC: "Traffic",
    Job.REPORTS: "Reports",
    Job.REFERENCE: "Reference",
}
ICONS = {
    Job.TODAY: "sunrise",
    Job.CASES: "inbox",
    Job.QUALITY: "badge-check",
    Job.WATCH: "activity",
    Job.DIFFS: "git-compare",
    Job.CHANGES: "sliders-horizontal",
    Job.EDUCATION: "graduation-cap",
    Job.TRAFFIC: "trending-up",
    Job.REPORTS: "file-text",
    Job.REFERENCE: "book-open",
}
KEYS = {
    Job.TODAY: "t",
    Job.CASES: "c",
    Job.QUALITY: "q",
    Job.WATCH: "w",
    Job.DIFFS: "d",
    Job.CHANGES: "h",
    Job.EDUCATION: "e",
    Job.TRAFFIC: "f",
    Job.REPORTS: "r",
    Job.REFERENCE: "b",
}
"""What follows `g` on the keyboard."""


class Holder(Protocol):
    """Somebody who holds rights, or does not."""

    def may(self, right: Any, /) -> bool:
        """Whether they hold a right anywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One page that an app offers.

    Attributes:
        page: the name of its address.
        right: who may open it; None for everybody who has signed in.
        label: its name, a message; "" where it is the first page of its job.
            A page without a job stands in the person's own menu.
    """

    page: str
    job: Job | None = None
    right: str | None = None
    label: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """One page that finds things: it takes what is looked for as `q`."""

    page: str
    label: str
    right: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A page as somebody reads it; `hint` stands quietly beside its name."""

    address: str
    label: str
    icon: str
    key: str = ""
    hint: str = ""
    is_own: bool = False
    is_here: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One job of the rail, with its pages where it is the one at hand."""

    link: Link
    within: tuple[Link, ...]


def rail(*, actor: Holder, words: Translator, path: str) -> tuple[Stop, ...]:
    """Return the jobs that somebody may do, in their order."""
    entries = [entry for entry in _offered() if _may(actor, entry.right)]
    here = _nearest(entries, path=path)
    return tuple(
        _stop(job, of=of, here=here, words=words)
        for job in Job
        if (of := [entry for entry in entries if entry.job is job])
    )


def links(*, actor: Holder, words: Translator) -> tuple[Link, ...]:
    """Return every page that somebody may open, jobs first."""
    entries = [entry for entry in _offered() if _may(actor, entry.right)]
    order = {job: place for place, job in enumerate(Job)}
    entries.sort(key=lambda e: order.get(e.job, len(order)) if e.job else len(order))
    return tuple(_link(entry, words=words) for entry in entries)


def found_by(*, actor: Holder, words: Translator) -> tuple[Link, ...]:
    """Return the pages on which somebody may look for something."""
    return tuple(
        Link(address=reverse(s.page), label=words.text(s.label), icon="search")
        for config in apps.get_app_configs()
        for s in getattr(config, "searches", ())
        if _may(actor, s.right)
    )


def own_stop(*, actor: Holder, words: Translator, address: str) -> Stop | None:
    """Return the links that are there for one person; None where nobody has any."""
    for config in apps.get_app_configs():
        if hasattr(config, "own_stop"):
            stop: Stop | None = config.own_stop(
                actor=actor, words=words, address=address
            )
            return stop
    return None


def _offered() -> Iterator[Entry]:
    for config in apps.get_app_configs():
        yield from getattr(config, "navigation", ())


def _may(actor: Holder, right: str | None) -> bool:
    return right is None or actor.may(right)


def _nearest(entries: list[Entry], *, path: str) -> Entry | None:
    """Return the page that holds an address: the one that its path begins with."""
    held = [e for e in entries if _holds(reverse(e.page), path=path)]
    return max(held, key=lambda e: len(reverse(e.page)), default=None)


def _holds(address: str, *, path: str) -> bool:
    return path == address if address == "/" else path.startswith(address)


def _stop(job: Job, *, of: list[Entry], here: Entry | None, words: Translator) -> Stop:
    first = of[0]
    is_here = here is not None and here.job is job
    link = Link(
        address=reverse(first.page),
        label=words.text(JOB_MESSAGES[job]),
        icon=ICONS[job],
        key=KEYS[job],
        is_here=is_here,
    )
    shown = of[1:] if is_here else []
    return Stop(
        link=link,
        within=tuple(_link(e, words=words, is_here=e is here) for e in shown),
    )


def _link(entry: Entry, *, words: Translator, is_here: bool = False) -> Link:
    label = entry.label or (JOB_MESSAGES[entry.job] if entry.job else entry.page)
    icon = entry.icon or (ICONS[entry.job] if entry.job else "arrow-right")
    first = entry.job is not None and not entry.label
    return Link(
        address=reverse(entry.page),
        label=words.text(label),
        icon=icon,
        key=KEYS[entry.job] if entry.job and first else "",
        is_own=entry.job is None,
        is_here=is_here,
    )
