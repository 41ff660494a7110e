"""Open an installation for a command, and close what was started."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from atalaia.cli.options import instant
from atalaia.cli.terminal import Terminal
from atalaia.domain.reference import Reference, load_reference
from atalaia.metrics.catalogue import BUILT_IN
from atalaia.metrics.definitions import Definitions
from atalaia.metrics.owners.loading import FOLDER, load_definitions
from atalaia.metrics.reading import Reading
from atalaia.pipeline.simulated import end_of_world
from atalaia.warehouse.engines.embedded import embedded_engine
from atalaia.warehouse.engines.engine import Engine
from atalaia.warehouse.facts import open_facts
from atalaia.warehouse.kept_tables import with_kept
from atalaia.warehouse.place import Place, open_place
from atalaia.warehouse.settings import Settings, read_settings
from atalaia.warehouse.vault import Vault, open_vault

__all__ = [
    "Opened",
    "is_simulated",
    "known_metrics",
    "moment",
    "opened",
    "reading_of",
    "vault_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An installation with all that a command needs to ask it something."""

    place: Place
    reference: Reference
    definitions: Definitions
    settings: Settings
    engine: Engine


@contextmanager
def opened(terminal: Terminal) -> Iterator[Opened]:
    """Open the data folder of a command; the engine is closed at the end."""
    place = open_place(terminal.data)
    reference = load_reference(place.reference)
    settings = read_settings(place, markets=reference.markets.codes)
    definitions = load_definitions(place.reference / FOLDER, reference=reference)
    engine = embedded_engine(
        threads=settings.threads,
        memory_limit=settings.memory_limit,
        spill_folder=settings.spill_folder,
    )
    try:
        yield Opened(
            place=place,
            reference=reference,
            definitions=definitions,
            settings=settings,
            engine=engine,
        )
    finally:
        engine.close()


def reading_of(installation: Opened, *, as_of: datetime) -> Reading:
    """Return the facts as known at an instant, for the metrics to read."""
    facts = open_facts(installation.place, engine=installation.engine, as_of=as_of)
    return Reading(
        facts=with_kept(facts),
        reference=installation.reference,
        definitions=installation.definitions,
    )


def known_metrics(terminal: Terminal) -> Definitions:
    """Return the metrics of the data folder; without one, those of the catalogue."""
    folder = terminal.data / "reference"
    if not (folder / FOLDER).is_dir():
        return BUILT_IN
    return load_definitions(folder / FOLDER, reference=load_reference(folder))


def vault_of(terminal: Terminal, *, place: Place) -> Vault | None:
    """Return the vault; None where there is none and none was named."""
    path = terminal.vault_file
    if not path.exists() and "ATALAIA_VAULT" not in terminal.environment:
        return None
    return open_vault(path, place=place)


def moment(terminal: Terminal, *, now: str | None) -> datetime:
    """Return the instant given, else a simulation's end, else the present."""
    if now is not None:
        return instant(now)
    return end_of_world(terminal.data) or terminal.clock()


def is_simulated(terminal: Terminal) -> bool:
    """Whether the data folder holds a whole simulated world."""
    return end_of_world(terminal.data) is not None
