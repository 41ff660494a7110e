"""The brief as plain text for a chat: short lines, no mark-up, no table."""

from collections.abc import Iterator

from atalaia.reporting.contents.spoken import (
    Section,
    SpokenBrief,
    SpokenFigure,
    Table,
)

__all__ = ["chat_text", "figure_line"]


def chat_text(brief: SpokenBrief) -> str:
    """Return what the page's copy button puts on the clipboard."""
    lines = [brief.title, brief.subtitle, ""]
    lines += [f"• {line}" for line in brief.headline]
    lines += ["", brief.figures_title]
    lines += [figure_line(figure) for figure in brief.figures]
    for section in brief.sections:
        lines += ["", section.title, *_section(section)]
    lines += ["", brief.provenance]
    return "\n".join(lines) + "\n"


def figure_line(figure: SpokenFigure) -> str:
    """Return what it is, whether it moved and how sure that is, in short sentences."""
    value = f"{figure.value} {figure.unit}".rstrip()
    about = "; ".join(part for part in (figure.period, figure.status) if part)
    change = f"{figure.change}: {figure.word}" if figure.word else figure.change
    notes = "; ".join(figure.notes)
    told = (
        f"{value} ({about})" if about else value,
        figure.reason,
        f"{change} ({notes})" if change and figure.word else change,
        "" if figure.word else notes,
        figure.no_interval,
        *figure.caveats,
    )
    return f"• {figure.name}: " + " ".join(_ended(part) for part in told if part)


def _ended(part: str) -> str:
    return part if part.endswith(".") else f"{part}."


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
