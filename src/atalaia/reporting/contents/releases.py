"""The first day of every model version, as the decisions themselves tell it."""

from datetime import date

from atalaia.domain.codes import EventKind
from atalaia.domain.reference import Reference
from atalaia.domain.trilingual import Trilingual
from atalaia.metrics.source import FactSource
from atalaia.reporting.contents.brief import Happening

__all__ = ["releases_between"]


def releases_between(
    facts: FactSource,
    reference: Reference,
    *,
    market: str | None,
    start: date,
    end: date,
) -> tuple[Happening, ...]:
    """Return the model versions that began to decide within the days.

    A version that already decided on the first day is no release: nobody can tell
    when it began.
    """
    if not facts.has_rows("moderation_decision"):
        return ()
    rows = facts.table("moderation_decision")
    rows = rows.filter(rows.model_version.notnull(), rows.business_date <= end)
    rows = rows.filter(rows.market == market) if market else rows
    seen = rows.group_by("model_version").agg(first=rows.business_date.min())
    found = facts.engine.read(seen.filter(seen["first"] > start)).read_all()
    return tuple(
        Happening(
            start=row["first"],
            end=row["first"],
            name=Trilingual(
                en=f"Model {row['model_version']}",
                es=f"Modelo {row['model_version']}",
                pt=f"Modelo {row['model_version']}",
            ),
            kind=reference.names.of(EventKind.RELEASE),
            markets=(market,) if market else (),
        )
        for row in found.sort_by(
            [("first", "ascending"), ("model_version", "ascending")]
        ).to_pylist()
    )
