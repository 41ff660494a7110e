"""A brief in one language: every string is ready to be shown, nothing is decided."""

from dataclasses import dataclass

from atalaia.reporting.contents.brief import Figure

__all__ = ["Section", "SpokenBrief", "SpokenFigure", "SpokenPair", "Table"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of words; `numeric` names the columns set flush right."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenFigure:
    """One key figure in words; empty strings are lines that do not apply.

    `period` is empty for a figure of the brief's own day.
    """

    code: str
    name: str
    period: str
    value: str
    change: str
    word: str
    word_kind: str
    interval: str
    target: str
    base: str
    status: str
    reason: str
    says: str
    last: str
    table: Table
    figure: Figure

    @property
    def notes(self) -> tuple[str, ...]:
        """What the value is measured against and how sure it is, in every format."""
        return tuple(n for n in (self.target, self.base, self.interval) if n)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenPair:
    """Figures that must be read together, with the reason why."""

    why: str
    figures: tuple[SpokenFigure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled part of the page: sentences, then a table where there is one."""

    key: str
    title: str
    sentences: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenBrief:
    """The whole brief in one language; `language` is a BCP 47 tag."""

    language: str
    title: str
    subtitle: str
    headline_title: str
    headline: tuple[str, ...]
    figures_title: str
    figures: tuple[SpokenFigure, ...]
    pairs_title: str
    pairs: tuple[SpokenPair, ...]
    sections: tuple[Section, ...]
    provenance: str
    copy_label: str
    copied_label: str
    copy_failed_label: str
    chat_label: str
    table_label: str
