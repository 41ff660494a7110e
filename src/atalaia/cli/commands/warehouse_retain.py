"""`atalaia warehouse retain`."""

from atalaia.cli.opening import moment
from atalaia.cli.options import Moment
from atalaia.cli.terminal import InTerminal
from atalaia.domain.reference import load_reference
from atalaia.pipeline.business_day import last_day_by_clock
from atalaia.warehouse.place import open_place
from atalaia.warehouse.retention import retire
from atalaia.warehouse.settings import read_settings

__all__ = ["retain"]


def retain(*, now: Moment = None, terminal: InTerminal) -> None:
    """Let go of facts that are older than their market keeps them, and of snapshots.

    How long each market keeps them stands in DATA/settings.yaml, else in the reference.
    """
    place = open_place(terminal.data)
    reference = load_reference(place.reference)
    settings = read_settings(place, markets=reference.markets.codes)
    at = moment(terminal, now=now)
    kept = {market.code: market.retention_days for market in reference.markets}
    receipt = retire(
        place,
        days={**kept, **settings.retention_days},
        snapshots_kept=settings.snapshots_kept,
        today=last_day_by_clock(reference.markets, now=at),
        now=at,
    )
    words = terminal.words
    for area, rows in receipt.rows.items():
        terminal.say(words.text("{table}: {rows} rows", table=area, rows=rows))
    terminal.say(
        words.text(
            "Rows let go: {rows}. Snapshots ended: {ended}.",
            rows=sum(receipt.rows.values()),
            ended=len(receipt.ended),
        )
    )
