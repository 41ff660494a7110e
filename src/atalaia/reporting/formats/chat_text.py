"""The brief as plain text for a chat: short lines, no mark-up, no table."""

from collections.abc import Iterator

from atalaia.reporting.contents.spoken import (
    Section,
    SpokenBrief,
    SpokenFigure,
    Table,
)

__all__ = ["chat_text"]


def chat_text(brief: SpokenBrief) -> str:
    """Return what the page's copy button puts on the clipboard."""
    lines = [brief.title, brief.subtitle, ""]
    lines += [f"• {line}" for line in brief.headline]
    lines += ["", brief.figures_title]
    lines += [_figure(figure) for figure in brief.figures]
    for section in brief.sections:
        lines += ["", section.title, *_section(section)]
    lines += ["", brief.provenance]
    return "\n".join(lines) + "\n"


def _figure(figure: SpokenFigure) -> str:
    change = f"{figure.change} – {figure.word}" if figure.change else ""
    parts = (
        figure.value,
        figure.period,
        change,
        *figure.notes,
        figure.status,
        figure.reason,
    )
    return f"• {figure.name}: " + "; ".join(part for part in parts if part)


def _section(section: Section) -> Iterator[str]:
    yield from (f"• {sentence}" for sentence in section.sentences)
    if section.table is not None:
        yield from _rows(section.table)


def _rows(table: Table) -> Iterator[str]:
    for first, *others in table.rows:
        said = (
            f"{header}: {cell}"
            for header, cell in zip(table.headers[1:], others, strict=True)
        )
        yield f"• {first} – " + "; ".join(said)
