"""The trail, the keys of those it tells of, and what waits to be published."""

from django.db import models

__all__ = ["ChainHead", "Entry", "OutboxRow", "SubjectKey"]


class Entry(models.Model):
    """One thing that somebody did: ids and digests, no words of a person.

    `digest` is of what was written, under the key of the person it is about, and
    `subject` is what the trail calls that person, made with the same key: without it
    neither says anything any more. `seal` chains the row to the one before it.
    """

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    channel = models.CharField(max_length=8)
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=30)
    object_key = models.CharField(max_length=64)
    market = models.CharField(max_length=2, blank=True)
    subject = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=("object_type", "object_key", "seq"))]

    def __str__(self) -> str:
        return f"{self.seq} {self.action}"


class ChainHead(models.Model):
    """The last link of the chain; its one row is what writers wait for."""

    seq = models.BigIntegerField(default=0)
    seal = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"head {self.seq}"


class SubjectKey(models.Model):
    """The key of one subject's digests; erasing the subject deletes it."""

    subject = models.CharField(max_length=64, primary_key=True)
    key = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return self.subject


class OutboxRow(models.Model):
    """One row of a fact table, written with the change that it tells of.

    Rows are numbered in the order in which their changes took hold: they are written
    while the chain's head is held. `batch` is the file that a row leaves in, `key` and
    `observed_at` what tells its observations apart there.
    """

    table = models.CharField(max_length=30)
    row = models.JSONField()
    written_at = models.DateTimeField()
    batch = models.CharField(max_length=80, blank=True)
    key = models.CharField(max_length=40, blank=True)
    observed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        indexes = [
            models.Index(fields=("table", "key", "observed_at")),
            models.Index(fields=("batch", "published_at")),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.pk}"
