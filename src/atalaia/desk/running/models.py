"""When each job of the schedule last ended."""

from django.db import models

__all__ = ["JobRun"]


class JobRun(models.Model):
    """The last end of one job, and whether it did what it should."""

    name = models.CharField(max_length=40, primary_key=True)
    ended_at = models.DateTimeField()
    is_done = models.BooleanField()

    def __str__(self) -> str:
        return self.name
