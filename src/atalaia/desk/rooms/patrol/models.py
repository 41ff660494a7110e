"""What is watched, what was seen of it, and who is on duty."""

from typing import ClassVar

from django.db import models

from atalaia.desk.accounts.models import Person, Scoped

__all__ = ["Duty", "Sighting", "Watched"]


class Watched(Scoped):
    """A creator or a session that somebody wants looked at until a day.

    `due_at` is when it has to be seen next and `lapses_at` the end of its last day in
    its market; `seen_at` and `seen_by` repeat the newest sighting, so that the list
    reads one table. `subject_id` is a pseudonym or the id of a session, no name; it is
    empty once the creator is erased, and the line has ended then.
    """

    key_field: ClassVar[str] = "pk"

    market = models.CharField(max_length=2)
    kind = models.CharField(max_length=8)
    subject_id = models.CharField(max_length=80)
    reason = models.CharField(max_length=24)
    note = models.TextField(blank=True, default="")
    every_hours = models.PositiveIntegerField()
    until = models.DateField()
    lapses_at = models.DateTimeField()
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=80)
    due_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.CharField(max_length=80, blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=("market", "ended_at", "lapses_at"))]
        constraints = [
            models.UniqueConstraint(
                fields=("market", "kind", "subject_id"),
                condition=models.Q(ended_at__isnull=True),
                name="watched_once",
            )
        ]

    def __str__(self) -> str:
        return f"watched {self.pk}"


class Sighting(Scoped):
    """Somebody looked, and nothing was wrong."""

    key_field: ClassVar[str] = "pk"

    watched = models.ForeignKey(
        Watched, on_delete=models.CASCADE, related_name="sightings"
    )
    market = models.CharField(max_length=2)
    seen_at = models.DateTimeField()
    by_key = models.CharField(max_length=80)
    by_name = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=("market", "seen_at"))]

    def __str__(self) -> str:
        return f"sighting {self.pk}"


class Duty(Scoped):
    """Who is on duty for a market on one of its days."""

    key_field: ClassVar[str] = "pk"

    market = models.CharField(max_length=2)
    day = models.DateField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="duties")
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=("day", "market"))]
        constraints = [
            models.UniqueConstraint(fields=("market", "day"), name="one_on_duty")
        ]

    def __str__(self) -> str:
        return f"duty {self.pk}"
