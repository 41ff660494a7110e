"""From the entries of a policy file to frozen values; a wrong field is shown."""

import re
from datetime import date

from atalaia.domain.codes import Domain, Lane, PenaltyCode, Severity, Subject
from atalaia.domain.marked_entry import Entry
from atalaia.domain.policies.policy import (
    Confidence,
    Policy,
    PolicyGroup,
    PolicyStatus,
)
from atalaia.domain.policies.version import (
    AllowNote,
    MarketOverride,
    PolicyVersion,
    Season,
)
from atalaia.domain.trilingual import LANGUAGES, Language

__all__ = ["FLAGS", "read_domain", "read_group", "read_leaves"]

FLAGS = ("live_specific", "region_variable", "context_sensitive")
LEAF_FIELDS = (
    "name",
    "description",
    "aliases",
    "subject",
    "dsa_category",
    "flags",
    "source",
    "confidence",
    "status",
    "superseded_by",
    "markets",
    "versions",
)
CONSEQUENCES = ("severity", "lane", "first", "repeat")
PERIOD = ("effective_from", "effective_to")
MONTH_DAY = re.compile(r"(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])")


def read_domain(entry: Entry) -> PolicyGroup:
    """Return a domain, a root of the tree."""
    entry.only("domain", "name", "description")
    return PolicyGroup(
        id=entry.key,
        parent=None,
        level=0,
        domain=entry.choice("domain", Domain),
        name=entry.trilingual("name"),
        description=entry.trilingual("description"),
    )


def read_group(root: Entry, *, domain: Domain) -> PolicyGroup:
    """Return the first-level policy that a file holds."""
    root.only("id", "name", "description", "leaves")
    policy_id = root.text("id")
    return PolicyGroup(
        id=policy_id,
        parent=policy_id.partition(".")[0],
        level=1,
        domain=domain,
        name=root.trilingual("name"),
        description=root.trilingual("description"),
    )


def read_leaves(root: Entry, *, group: PolicyGroup) -> tuple[Policy, ...]:
    """Return the policies of a file, in its order."""
    return tuple(_leaf(entry, group=group) for entry in root.fields("leaves"))


def _leaf(entry: Entry, *, group: PolicyGroup) -> Policy:
    entry.only(*LEAF_FIELDS)
    policy_id = f"{group.id}.{entry.key}"
    flags = [item.one_of(FLAGS, kind="flags") for item in _list(entry, "flags")]
    return Policy(
        id=policy_id,
        parent=group.id,
        level=2,
        domain=group.domain,
        name=entry.trilingual("name"),
        description=entry.trilingual("description"),
        aliases=_aliases(entry),
        subject=(
            entry.choice("subject", Subject)
            if entry.has("subject")
            else Subject.CREATOR
        ),
        dsa_category=entry.text("dsa_category"),
        live_specific="live_specific" in flags,
        region_variable="region_variable" in flags,
        context_sensitive="context_sensitive" in flags,
        source=entry.text("source"),
        confidence=entry.choice("confidence", Confidence),
        status=(
            entry.choice("status", PolicyStatus)
            if entry.has("status")
            else PolicyStatus.ACTIVE
        ),
        versions=tuple(
            _version(item, policy_id=policy_id) for item in entry.items("versions")
        ),
        markets=_markets(entry),
        superseded_by=(
            entry.text("superseded_by") if entry.has("superseded_by") else None
        ),
    )


def _aliases(entry: Entry) -> dict[Language, tuple[str, ...]]:
    aliases = entry.child("aliases")
    aliases.only(*LANGUAGES)
    return {language: aliases.texts(language) for language in LANGUAGES}


def _version(entry: Entry, *, policy_id: str) -> PolicyVersion:
    entry.only(
        "label", *PERIOD, *CONSEQUENCES, "allow_notes", "overrides", "change_note"
    )
    return PolicyVersion(
        policy_id=policy_id,
        label=entry.text("label"),
        effective_from=_day(entry, "effective_from"),
        effective_to=_day(entry, "effective_to"),
        severity=entry.choice("severity", Severity),
        lane=entry.choice("lane", Lane),
        first_penalties=_codes(entry, "first"),
        repeat_penalties=_codes(entry, "repeat"),
        allow_notes=tuple(_note(item) for item in _list(entry, "allow_notes")),
        overrides=tuple(_override(item) for item in _list(entry, "overrides")),
        change_note=(
            entry.trilingual("change_note") if entry.has("change_note") else None
        ),
    )


def _override(entry: Entry) -> MarketOverride:
    entry.only("markets", *PERIOD, *CONSEQUENCES, "why")
    return MarketOverride(
        markets=frozenset(entry.texts("markets")),
        why=entry.trilingual("why"),
        effective_from=_day(entry, "effective_from"),
        effective_to=_day(entry, "effective_to"),
        severity=entry.choice("severity", Severity) if entry.has("severity") else None,
        lane=entry.choice("lane", Lane) if entry.has("lane") else None,
        first_penalties=_codes(entry, "first") if entry.has("first") else None,
        repeat_penalties=_codes(entry, "repeat") if entry.has("repeat") else None,
    )


def _note(entry: Entry) -> AllowNote:
    entry.only("markets", "season", "text")
    return AllowNote(
        text=entry.trilingual("text"),
        markets=_markets(entry),
        season=_season(entry.child("season")) if entry.has("season") else None,
    )


def _season(entry: Entry) -> Season:
    entry.only("from", "to")
    return Season(start=_month_day(entry, "from"), end=_month_day(entry, "to"))


def _month_day(entry: Entry, field: str) -> tuple[int, int]:
    found = MONTH_DAY.fullmatch(entry.text(field))
    if found is None:
        raise entry.child(field).wrong_type("'10-25'")
    return int(found["month"]), int(found["day"])


def _codes(entry: Entry, field: str) -> tuple[PenaltyCode, ...]:
    return tuple(item.choice(None, PenaltyCode) for item in entry.items(field))


def _day(entry: Entry, field: str) -> date | None:
    return entry.day(field) if entry.has(field) else None


def _markets(entry: Entry) -> frozenset[str]:
    return frozenset(item.text() for item in _list(entry, "markets"))


def _list(entry: Entry, field: str) -> tuple[Entry, ...]:
    return entry.items(field) if entry.has(field) else ()
