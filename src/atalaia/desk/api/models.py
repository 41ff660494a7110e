"""Tokens that open the interface, and the answers that are given only once."""

from django.db import models

__all__ = ["ApiToken", "StoredAnswer"]


class ApiToken(models.Model):
    """What a program shows instead of a password; of the secret only a digest is here.

    `rights` and `markets` bound what it may do: never more than its owner may at the
    moment of the call. `window_at` and `window_n` count the calls of one minute.
    """

    person = models.ForeignKey(
        "accounts.Person", on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(max_length=60)
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    rights = models.JSONField()
    markets = models.JSONField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)
    window_at = models.DateTimeField(null=True)
    window_n = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("person", "name"),
                condition=models.Q(revoked_at__isnull=True),
                name="one_live_token_a_name",
            )
        ]

    def __str__(self) -> str:
        return self.prefix


class StoredAnswer(models.Model):
    """What a call was answered; the same call gets it again and does nothing more."""

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=128)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.JSONField(default=dict)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("token", "key"), name="one_answer_a_key")
        ]
        indexes = [models.Index(fields=("token", "answered_at"))]

    def __str__(self) -> str:
        return f"answer {self.pk}"
