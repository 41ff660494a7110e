"""States of lists that people named."""

from typing import ClassVar

from django.db import models

from atalaia.desk.accounts.actor import Grant
from atalaia.desk.accounts.models import Scoped
from atalaia.desk.saved_views.sides import EVERYBODY, SIDES

__all__ = ["SavedView"]


class SavedView(Scoped):
    """One state of one page under a name.

    It holds a question and no answer: what it shows is asked by whoever opens it.

    Attributes:
        page: the name of its address.
        asked: the query as pairs of name and value.
        side: on whose side it is shared; "" where it is its owner's alone.
        market: whose people read it; "*" for those of every market.
    """

    key_field: ClassVar[str] = "pk"

    person = models.ForeignKey(
        "accounts.Person", on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(max_length=60)
    page = models.CharField(max_length=60)
    path = models.CharField(max_length=200)
    asked = models.JSONField(default=list)
    side = models.CharField(max_length=20, blank=True, default="")
    market = models.CharField(max_length=2, blank=True, default="")
    kept_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=("side", "market"))]

    def __str__(self) -> str:
        return f"view {self.pk}"

    @classmethod
    def seen_with(cls, grant: Grant) -> models.Q:
        """Return which shared views a role reads: its side's, of its own markets."""
        if grant.role not in SIDES or grant.agency is not None or grant.case:
            return models.Q(pk__in=())
        rows = models.Q(side=SIDES[grant.role])
        if grant.markets is not None:
            rows &= models.Q(market__in=(EVERYBODY, *grant.markets))
        return rows
