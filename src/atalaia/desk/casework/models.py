"""Cases, what was said and done about them, and who can take them."""

from typing import ClassVar

from django.db import models

from atalaia.desk.accounts.actor import Grant
from atalaia.desk.accounts.models import Scoped
from atalaia.desk.casework.handoff.models import (
    AnswerLink,
    CaseChase,
    Dispatch,
    LinkOpening,
    Reply,
)
from atalaia.desk.casework.restore.models import RestoreRow
from atalaia.desk.casework.sides import TEAM_OF_ROLE

__all__ = [
    "Alert",
    "AnswerLink",
    "Case",
    "CaseChase",
    "CaseCounter",
    "CaseEvent",
    "CaseLink",
    "Comment",
    "Dispatch",
    "LinkOpening",
    "Pause",
    "Reply",
    "RestoreRow",
    "Skill",
    "SopVersion",
]

PERSON = "accounts.Person"
OPEN_INDEXES = {
    "open_by_priority": ("priority", "resolve_due_at", "id"),
    "open_by_due": ("resolve_due_at", "id"),
    "open_by_answer_due": ("answer_due_at", "id"),
    "open_by_market": ("market", "priority", "resolve_due_at"),
    "open_by_owner": ("owner", "resolve_due_at"),
    "open_by_team": ("sent_to", "answer_due_at"),
}


def _code(length: int = 24) -> "models.CharField[str, str]":
    """Return a column for a member of a closed list, or nothing."""
    return models.CharField(max_length=length, blank=True, default="")


def _reference() -> "models.CharField[str, str]":
    """Return a column for an id or pseudonym of the warehouse, or nothing."""
    return models.CharField(max_length=80, blank=True, default="", db_index=True)


class Case(Scoped):
    """One case. People are pseudonyms here; the names lie in the vault.

    `version` counts its changes: whoever saves says which one they read. Due times are
    stored when they change, so that lists need no calendar; `is_open` says whether
    anybody still works on it, and follows from the state; `sent_to` is the team that
    has, or had, the case, and alone decides which central team sees it. `sop_before` is
    the version that it followed until it took up a newer one; "" where it never did.
    """

    agency_field: ClassVar[str | None] = "agency_id"
    case_field: ClassVar[str | None] = "key"

    key = models.CharField(max_length=20, unique=True)
    market = models.CharField(max_length=2)
    type = models.CharField(max_length=20)
    priority = models.CharField(max_length=2)
    state = models.CharField(max_length=20)
    is_open = models.BooleanField(default=True)
    language = models.CharField(max_length=8)
    source = models.CharField(max_length=8)
    reporter_kind = models.CharField(max_length=12)
    requested_outcome = models.CharField(max_length=24)
    description = models.TextField()
    fields = models.JSONField(default=dict)

    creator_id = _reference()
    agency_id = _reference()
    session_id = _reference()
    decision_id = _reference()
    penalty_id = _reference()
    policy_id = _reference()
    trap_id = _reference()
    model_version = _reference()

    sop_id = models.CharField(max_length=40)
    sop_version = models.CharField(max_length=12)
    sop_before = models.CharField(max_length=60, blank=True, default="")
    required_fields_n = models.PositiveIntegerField()
    filled_fields_n = models.PositiveIntegerField(null=True)
    central_team = models.CharField(max_length=12)
    sent_to = models.CharField(max_length=12, blank=True, default="")
    external_ref = models.CharField(max_length=80, blank=True, default="")
    central_owner = models.CharField(max_length=80, blank=True, default="")
    owner = models.ForeignKey(
        PERSON, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)
    ack_due_at = models.DateTimeField()
    ack_warn_at = models.DateTimeField()
    acked_at = models.DateTimeField(null=True)
    resolve_due_at = models.DateTimeField()
    resolve_warn_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    answer_due_at = models.DateTimeField(null=True)
    answer_warn_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    ruling = _code(12)
    return_reason = _code()
    central_answer = models.TextField(blank=True, default="")
    root_cause = _code()
    resolution = _code()
    is_fix_promised = models.BooleanField(default=False)
    fix_due_on = models.DateField(null=True)
    fix_metric = models.CharField(max_length=80, blank=True, default="")
    fix_checked_on = models.DateField(null=True)
    fix_result = _code(12)
    fix_note = models.TextField(blank=True, default="")
    fix_verified_at = models.DateTimeField(null=True)
    reopened_n = models.PositiveIntegerField(default=0)
    duplicate_of = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="duplicates"
    )

    moves_n = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=("opened_at", "id")),
            models.Index(fields=("changed_at", "id")),
            models.Index(fields=("external_ref",)),
            *(
                # People work on the few that are open among the many that ended.
                models.Index(fields=fields, name=name, condition=models.Q(is_open=True))
                for name, fields in OPEN_INDEXES.items()
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @classmethod
    def seen_with(cls, grant: Grant) -> models.Q:
        """Return the cases of a grant; central sees what was sent to it, no more."""
        rows = super().seen_with(grant)
        team = TEAM_OF_ROLE.get(grant.role)
        if team is None:
            return rows
        if grant.case is not None:
            return rows & ~models.Q(sent_to="")
        return rows & models.Q(sent_to=team)


class CaseCounter(models.Model):
    """The last number given in a market and year."""

    market = models.CharField(max_length=2)
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("market", "year"), name="one_counter")
        ]

    def __str__(self) -> str:
        return f"{self.market} {self.year}"


class CaseEvent(models.Model):
    """One move of a case; moves are added, never changed."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="moves")
    seq = models.PositiveIntegerField()
    moved_at = models.DateTimeField()
    from_state = _code(20)
    to_state = models.CharField(max_length=20)
    by_key = models.CharField(max_length=80)
    by_name = models.CharField(max_length=80)
    by_team = models.CharField(max_length=8)
    reason = _code()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("case", "seq"), name="one_move_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}.{self.seq}"


class Comment(models.Model):
    """What somebody said about a case, and which side may read it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="comments")
    said_at = models.DateTimeField()
    by_key = models.CharField(max_length=80)
    by_name = models.CharField(max_length=80)
    by_team = models.CharField(max_length=8)
    audience = models.CharField(max_length=12)
    text = models.TextField()

    class Meta:
        indexes = [models.Index(fields=("case", "said_at"))]

    def __str__(self) -> str:
        return f"comment {self.pk}"


class Pause(models.Model):
    """A time in which a case waited, or stood closed where `reason` is empty."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="pauses")
    reason = _code()
    from_state = models.CharField(max_length=20)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("case",),
                condition=models.Q(ended_at__isnull=True),
                name="one_open_pause",
            )
        ]

    def __str__(self) -> str:
        return f"pause {self.pk}"


class CaseLink(models.Model):
    """Two cases that belong together; `follows` reads from first to second."""

    first = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("first", "second", "kind"), name="one_link_a_kind"
            )
        ]

    def __str__(self) -> str:
        return f"link {self.pk}"


class SopVersion(Scoped):
    """One version of a procedure as the desk keeps it; `content` is the whole of it."""

    key = models.CharField(max_length=60, unique=True)
    sop_id = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12)
    content = models.JSONField()
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("sop_id", "number"), name="one_sop_version")
        ]

    def __str__(self) -> str:
        return self.key

    @classmethod
    def seen_with(cls, grant: Grant) -> models.Q:
        """Return all procedures: they belong to no market."""
        everywhere = grant.agency is None and grant.case is None
        return models.Q() if everywhere else models.Q(pk__in=())


class Alert(Scoped):
    """What a machine noticed; a case was opened from it, or it was dismissed, or not.

    It holds numbers and ids, nothing about a person. `key` follows from market, source
    and the number that the source gave, so that nothing comes in twice.
    """

    key = models.CharField(max_length=20, unique=True)
    market = models.CharField(max_length=2)
    source = models.CharField(max_length=60)
    external_id = models.CharField(max_length=80)
    metric = models.CharField(max_length=80, blank=True, default="")
    freshness_check = models.CharField(max_length=80, blank=True, default="")
    severity = models.CharField(max_length=12)
    observed = models.FloatField(null=True)
    expected = models.FloatField(null=True)
    at = models.DateTimeField()
    link = models.CharField(max_length=400, blank=True, default="")
    came_at = models.DateTimeField()
    case = models.ForeignKey(
        Case, null=True, on_delete=models.SET_NULL, related_name="alerts"
    )
    dismissed_at = models.DateTimeField(null=True)
    dismissed_by = models.CharField(max_length=80, blank=True, default="")
    dismissal = _code()

    class Meta:
        indexes = [models.Index(fields=("market", "at"))]

    def __str__(self) -> str:
        return self.key

    @classmethod
    def seen_with(cls, grant: Grant) -> models.Q:
        """Return the alerts of a grant; they are the region's, and not central's."""
        is_central = grant.role in TEAM_OF_ROLE
        return models.Q(pk__in=()) if is_central else super().seen_with(grant)


class Skill(Scoped):
    """What a person can take in one market: languages, policy areas, how many."""

    key_field: ClassVar[str] = "pk"

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="skills")
    market = models.CharField(max_length=2)
    languages = models.JSONField(default=list)
    policy_areas = models.JSONField(default=list)
    capacity = models.PositiveIntegerField(default=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("person", "market"), name="one_skill")
        ]

    def __str__(self) -> str:
        return f"skill of person {self.person_id} in {self.market}"
