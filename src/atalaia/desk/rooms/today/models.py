"""What people write down on the first page: whom they talked to."""

from typing import ClassVar

from django.db import models

from atalaia.desk.accounts.models import Scoped

__all__ = ["Talk"]


class Talk(Scoped):
    """Somebody talked to a creator, or to an agency; the other of the two is empty.

    No agency sees any row: who of the region talked to whom is the region's own. Once a
    creator is erased their talks are still counted, and name nobody.

    Attributes:
        creator_id: a pseudonym.
        number: which talk with them it is, from 1; two presses at once cannot both be
            the next one.
    """

    key_field: ClassVar[str] = "pk"

    market = models.CharField(max_length=2)
    creator_id = models.CharField(max_length=80, blank=True, default="")
    agency_id = models.CharField(max_length=80, blank=True, default="")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by_key = models.CharField(max_length=80)
    by_name = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=(who, "market", "number"),
                condition=~models.Q(**{who: ""}),
                name=name,
            )
            for who, name in (
                ("creator_id", "talk_with_creator_once"),
                ("agency_id", "talk_with_agency_once"),
            )
        ]

    def __str__(self) -> str:
        return f"talk {self.pk}"
