"""One metric as its owners write it in a file, read into the catalogue's own form."""

import re
from dataclasses import dataclass

from atalaia.domain.marked_entry import Entry, root_of
from atalaia.domain.marked_yaml import Marked
from atalaia.domain.reference import Reference
from atalaia.domain.targets import Target, target_of
from atalaia.metrics.measure import Measure
from atalaia.metrics.metric import (
    Anchor,
    Direction,
    Kind,
    Method,
    Metric,
    Span,
    Unit,
    UsualGrain,
    each,
)
from atalaia.metrics.owners.errors import UnnamedMetricError
from atalaia.metrics.owners.own_kinds import OWN_KINDS, require_fit
from atalaia.metrics.owners.own_measures import (
    measure_of,
    narrowed_to,
    require_not_negative,
)
from atalaia.metrics.owners.own_views import check_views

__all__ = ["OwnMetric", "read_metric"]

FIELDS = (
    "id",
    "version",
    "kind",
    "method",
    "name",
    "definition",
    "views",
    "numerator",
    "denominator",
    "dimensions",
    "always_by",
    "unit",
    "scale",
    "direction",
    "quantile",
    "min_n",
    "grain",
    "anchor",
    "reach_days",
    "maturity_days",
    "matters_share",
    "guard_rails",
    "owner",
    "sop",
    "target",
)
SIDES = ("numerator", "denominator")
NAME = re.compile(r"[A-Z][A-Za-z0-9]{0,15}")
FEWEST = {Kind.SAMPLED: 30, Kind.PEOPLE: 20, Kind.DISTRIBUTION: 10}
"""Units below which no value is given, where the file says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMetric:
    """A metric of a file, with its target and the document it came from."""

    metric: Metric
    target: Target | None
    root: Entry


def read_metric(marked: Marked, *, file: str, reference: Reference) -> OwnMetric:
    """Read one metric; raises ReferenceDataError with file and line.

    Args:
        file: its name, by which the metric says where it comes from.
    """
    root = root_of(marked)
    root.only(*FIELDS)
    return OwnMetric(
        metric=_metric(root, file=file, reference=reference),
        target=_target(root, reference=reference),
        root=root,
    )


def _metric(root: Entry, *, file: str, reference: Reference) -> Metric:
    name, kind = _name(root), _own_kind(root)
    check_views(root, reference=reference)
    above, below = _measures(root, name=name, reference=reference)
    require_fit(root, kind, above=above, below=below)
    return Metric(
        id=name,
        version=_whole(root, "version", least=1),
        kind=kind,
        method=_method(root, kind),
        name=root.trilingual("name"),
        definition=root.trilingual("definition"),
        numerator=above,
        denominator=below,
        quantile=_quantile(root, kind),
        no_interval_reason=OWN_KINDS[kind].no_interval_reason,
        unit=root.choice("unit", Unit),
        direction=root.choice("direction", Direction),
        anchor=_anchor(root),
        grain=_grain(root, known=above.dimensions),
        scale=_above_zero(root, "scale", otherwise=1.0),
        min_n=_whole(root, "min_n", otherwise=FEWEST.get(kind, 1), least=1),
        reach_days=_whole(root, "reach_days", otherwise=0),
        maturity_days=_whole(root, "maturity_days", otherwise=0),
        matters_share=_above_zero(root, "matters_share", otherwise=0.25),
        always_by=_listed(root, "always_by", known=above.dimensions, kind="dimension"),
        guard_rails=root.texts("guard_rails") if root.has("guard_rails") else (),
        owner=root.text("owner"),
        sop=root.text("sop") if root.has("sop") else "",
        file=file,
    )


def _name(root: Entry) -> str:
    name = root.text("id")
    if not NAME.fullmatch(name):
        raise UnnamedMetricError(place=root.child("id").mark, id=name)
    return name


def _own_kind(root: Entry) -> Kind:
    known = [kind.value for kind in OWN_KINDS]
    return Kind(root.child("kind").one_of(known, kind="kind"))


def _method(root: Entry, kind: Kind) -> Method:
    methods = OWN_KINDS[kind].methods
    if not root.has("method"):
        return methods[0]
    known = [method.value for method in methods]
    return Method(root.child("method").one_of(known, kind="method"))


def _measures(
    root: Entry, *, name: str, reference: Reference
) -> tuple[Measure, Measure | None]:
    """Return both sides; a dimension of the base alone is left out of it."""
    of_above, of_below = (f"{name.lower()}_{side}" for side in SIDES)
    entry = root.child("numerator")
    above = measure_of(entry, root=root, name=of_above, reference=reference)
    if root.has("dimensions"):
        kept = _listed(root, "dimensions", known=above.dimensions, kind="dimension")
        above = narrowed_to(above, kept, name=of_above)
    if not root.has("denominator"):
        return above, None
    entry = root.child("denominator")
    below = measure_of(entry, root=root, name=of_below, reference=reference)
    require_not_negative(entry, below)
    return above, narrowed_to(below, above.dimensions, name=of_below)


def _listed(
    root: Entry, field: str, *, known: tuple[str, ...], kind: str
) -> tuple[str, ...]:
    if not root.has(field):
        return ()
    return tuple(item.one_of(known, kind=kind) for item in root.items(field))


def _quantile(root: Entry, kind: Kind) -> float | None:
    if kind is not Kind.DISTRIBUTION:
        return None
    level = root.number("quantile")
    if not 0 < level < 1:
        raise root.child("quantile").wrong_type("0 < … < 1")
    return level


def _anchor(root: Entry) -> Anchor:
    return root.choice("anchor", Anchor) if root.has("anchor") else Anchor.SESSION_START


def _grain(root: Entry, *, known: tuple[str, ...]) -> UsualGrain:
    if not root.has("grain"):
        return each(Span.WHOLE)
    entry = root.child("grain")
    entry.only("each", "by")
    by = _listed(entry, "by", known=known, kind="dimension")
    return each(entry.choice("each", Span), *by)


def _whole(
    root: Entry, field: str, *, otherwise: int | None = None, least: int = 0
) -> int:
    """Return a count of at least `least`; without `otherwise` it must be there."""
    if otherwise is not None and not root.has(field):
        return otherwise
    value = root.whole(field)
    if value < least:
        raise root.child(field).wrong_type(f"{least}, {least + 1}, {least + 2}…")
    return value


def _above_zero(root: Entry, field: str, *, otherwise: float) -> float:
    """Return a positive number: a negative scale would turn a quotient round."""
    if not root.has(field):
        return otherwise
    value = root.number(field)
    if value <= 0:
        raise root.child(field).wrong_type("0 < …")
    return value


def _target(root: Entry, *, reference: Reference) -> Target | None:
    if not root.has("target"):
        return None
    return target_of(root.child("target"), codes=reference.markets.codes)
