"""The metrics in the order of the work: what is penalised, how well, what follows."""

from collections.abc import Iterable
from dataclasses import dataclass

from atalaia.metrics.definitions import Definitions
from atalaia.metrics.metric import Metric

__all__ = ["FAMILIES", "OWN", "Family", "families_of", "family_named", "metrics_in"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Metrics that are read together; `name` is a message."""

    key: str
    name: str
    metrics: tuple[str, ...] = ()


NAME_MESSAGES = {
    "pairs": "Read together",
    "penalties": "Penalties and repeat offenders",
    "quality": "Right and wrong decisions",
    "speed": "Speed and exposure",
    "appeals": "Appeals and what they return",
    "cases": "Cases with central",
    "changes": "Diffs, actions and changes",
    "education": "Education and agencies",
    "traffic": "Traffic",
    "alerts": "Alerts and data",
    "own": "Metrics of this installation",
}


def _family(key: str, *metrics: str) -> Family:
    return Family(key=key, name=NAME_MESSAGES[key], metrics=metrics)


FAMILIES = (
    _family("penalties", "M01", "M02", "M03", "M04", "M05", "M06", "M07", "M08", "M09"),
    _family(
        "quality",
        *("M10", "M11", "M12", "M13", "M14", "M15", "M16", "M17", "M18", "M19"),
        *("M20", "M21"),
    ),
    _family("speed", "M22", "M23", "M23p90", "M24"),
    _family("appeals", "M25", "M26", "M27", "M28", "M28p90", "M29"),
    _family(
        "cases",
        *("M30", "M31", "M31p90", "M32", "M32p90", "M33", "M34", "M35", "M36", "M37"),
    ),
    _family("changes", "M38", "M39", "M40", "M41", "M42", "M43"),
    _family("education", "M44", "M45", "M46", "M46hours", "M46intensity", "M47"),
    _family(
        "traffic",
        *("M48", "M49", "M49s60", "M50", "M50follow", "M50gift", "M51", "M52"),
    ),
    _family("alerts", "M53", "M54", "M55"),
)
OWN = _family("own")


def families_of(definitions: Definitions) -> tuple[Family, ...]:
    """Return the families, with one of the metrics that the installation adds."""
    named = {name for family in FAMILIES for name in family.metrics}
    own = tuple(name for name in definitions.by_id if name not in named)
    added = Family(key=OWN.key, name=OWN.name, metrics=own)
    return (*FAMILIES, *((added,) if own else ()))


def family_named(key: str, *, among: Iterable[Family]) -> Family | None:
    """Return the family with a key."""
    return next((family for family in among if family.key == key), None)


def metrics_in(family: Family, definitions: Definitions) -> tuple[Metric, ...]:
    """Return the metrics of a family."""
    return tuple(definitions.of(name) for name in family.metrics)
