"""All reference data in one value, to be handed to whatever needs it."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from atalaia.domain.calendars import Calendar, load_calendar
from atalaia.domain.central import Central, load_central
from atalaia.domain.creator_replies import CreatorReplies, load_creator_replies
from atalaia.domain.dsa import DsaMapping, load_dsa
from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.invariants import calendar_policies_exist
from atalaia.domain.ladder import Ladders, load_ladders
from atalaia.domain.markets import Markets, load_markets
from atalaia.domain.names import CodeNames, load_names
from atalaia.domain.nearest import nearest
from atalaia.domain.policies import PolicyTree, load_policies
from atalaia.domain.roles import Roles, load_roles
from atalaia.domain.sops import Sops, load_sops
from atalaia.domain.targets import Targets, load_targets
from atalaia.domain.traps import Traps, load_traps

__all__ = ["Reference", "UnknownReferenceFileError", "load_reference"]

FILES = (
    "calendar.yaml",
    "central.yaml",
    "codes.yaml",
    "creator_replies.yaml",
    "dsa.yaml",
    "events.yaml",
    "markets.yaml",
    "penalties.yaml",
    "roles.yaml",
    "sops.yaml",
    "targets.yaml",
    "traps.yaml",
)
POLICIES, METRICS = "policies", "metrics"
"""Folders of their own: the policy tree, and the metrics that owners add."""


class UnknownReferenceFileError(ReferenceDataError):
    """An approved version that replaces nothing, usually a misspelt file name."""

    message = "'{file}' in '{folder}' is not a reference file."
    next_step = "Did you mean: {nearest}? Rename the file or take it out."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The words of the trade as one installation has approved them."""

    markets: Markets
    calendar: Calendar
    policies: PolicyTree
    ladders: Ladders
    traps: Traps
    dsa: DsaMapping
    names: CodeNames
    roles: Roles
    targets: Targets
    sops: Sops
    central: Central
    creator_replies: CreatorReplies


def load_reference(folder: Path | None = None) -> Reference:
    """Read the package's reference data, replaced file by file from `folder`.

    `folder` is DATA/reference: a file there replaces the package's file of the same
    name as a whole; a folder that does not exist replaces nothing. Raises
    ReferenceDataError with file and line where a rule is broken.
    """
    sources = _sources(folder)
    own_policies = folder / POLICIES if folder else None
    markets = load_markets(sources["markets.yaml"])
    names = load_names(sources["codes.yaml"])
    policies = load_policies(
        own_policies if own_policies and own_policies.is_dir() else None,
        markets=markets,
    )
    for events in ("calendar.yaml", "events.yaml"):
        calendar_policies_exist.check(
            sources[events], known=[*policies.groups, *policies.by_id]
        )
    return Reference(
        markets=markets,
        calendar=load_calendar(
            markets, sources["calendar.yaml"], own=sources["events.yaml"]
        ),
        policies=policies,
        ladders=load_ladders(names, sources["penalties.yaml"]),
        traps=load_traps(sources["traps.yaml"], policies=policies, markets=markets),
        dsa=load_dsa(sources["dsa.yaml"]),
        names=names,
        roles=load_roles(names, sources["roles.yaml"]),
        targets=load_targets(markets, sources["targets.yaml"]),
        sops=load_sops(sources["sops.yaml"]),
        central=load_central(sources["central.yaml"]),
        creator_replies=load_creator_replies(sources["creator_replies.yaml"]),
    )


def _sources(folder: Path | None) -> Mapping[str, Traversable | str]:
    sources: dict[str, Traversable | str] = {name: name for name in FILES}
    if folder is None or not folder.is_dir():
        return sources
    for path in sorted(folder.iterdir()):
        if path.name in (POLICIES, METRICS) or path.name.startswith("."):
            continue
        if path.name not in sources:
            raise UnknownReferenceFileError(
                file=path.name,
                folder=str(folder),
                nearest=nearest(path.name, (*FILES, POLICIES, METRICS)),
            )
        sources[path.name] = path
    return sources
