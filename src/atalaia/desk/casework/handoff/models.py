"""What was sent to central, by which links it is read, and what came back."""

from typing import ClassVar

from django.db import models

from atalaia.desk.accounts.models import Scoped

__all__ = ["AnswerLink", "CaseChase", "Dispatch", "LinkOpening", "Reply"]


class Dispatch(Scoped):
    """One sending of a case: what central read stays as it was, whatever changes."""

    case_field: ClassVar[str | None] = "case__key"

    key = models.CharField(max_length=32, unique=True)
    case = models.ForeignKey(
        "casework.Case", on_delete=models.CASCADE, related_name="dispatches"
    )
    market = models.CharField(max_length=2)
    submitted_at = models.DateTimeField()
    sent_by = models.CharField(max_length=80)
    content = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("case", "submitted_at"), name="one_dispatch_a_sending"
            )
        ]

    def __str__(self) -> str:
        return self.key


class AnswerLink(Scoped):
    """A link on which central reads and answers one sending; its token is not kept."""

    case_field: ClassVar[str | None] = "dispatch__case__key"

    key = models.CharField(max_length=16, unique=True)
    dispatch = models.ForeignKey(
        Dispatch, on_delete=models.CASCADE, related_name="links"
    )
    market = models.CharField(max_length=2)
    token_digest = models.CharField(max_length=64, unique=True)
    form_key = models.CharField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=80, blank=True, default="")

    def __str__(self) -> str:
        return self.key


class LinkOpening(models.Model):
    """One time that a link was opened; of whoever did, nothing is kept."""

    link = models.ForeignKey(
        AnswerLink, on_delete=models.CASCADE, related_name="openings"
    )
    opened_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=("link", "opened_at"))]

    def __str__(self) -> str:
        return f"opening {self.pk}"


class Reply(Scoped):
    """What central answered to one sending, by which way, and who wrote it down.

    `settles` is the sending that it settled: there is one such reply to each. A
    question settles nothing.
    """

    case_field: ClassVar[str | None] = "case__key"

    key = models.CharField(max_length=32, unique=True)
    case = models.ForeignKey(
        "casework.Case", on_delete=models.CASCADE, related_name="replies"
    )
    market = models.CharField(max_length=2)
    settles = models.OneToOneField(
        Dispatch, null=True, on_delete=models.CASCADE, related_name="settled_by"
    )
    link = models.ForeignKey(AnswerLink, null=True, on_delete=models.SET_NULL)
    way = models.CharField(max_length=8)
    verdict = models.CharField(max_length=8)
    reason = models.CharField(max_length=24, blank=True, default="")
    text = models.TextField(blank=True, default="")
    fix_due_on = models.DateField(null=True)
    is_fix_promised = models.BooleanField(default=False)
    from_name = models.CharField(max_length=80, blank=True, default="")
    from_email = models.CharField(max_length=200, blank=True, default="")
    said_at = models.DateTimeField()
    written_by = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=("case", "said_at"))]

    def __str__(self) -> str:
        return self.key


class CaseChase(Scoped):
    """One time that a case was chased in central."""

    key_field: ClassVar[str] = "pk"
    case_field: ClassVar[str | None] = "case__key"

    case = models.ForeignKey(
        "casework.Case", on_delete=models.CASCADE, related_name="chases"
    )
    market = models.CharField(max_length=2)
    chased_at = models.DateTimeField()
    chased_by = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=("case", "chased_at"))]

    def __str__(self) -> str:
        return f"chase {self.pk}"
