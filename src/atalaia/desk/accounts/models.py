"""People and what they were granted."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from atalaia.desk.accounts.actor import Grant

__all__ = ["Person", "RoleGrant", "Scoped"]


class People(BaseUserManager["Person"]):
    """Finds people by the address that they sign in with."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Return the person with an address, however it is typed."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who signs in. Their language and looks are their own choice."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=80)
    language = models.CharField(max_length=2, default="en")
    theme = models.CharField(max_length=6, default="system")
    density = models.CharField(max_length=11, default="comfortable")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    joined_at = models.DateTimeField()

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    is_staff = False
    is_superuser = False

    def __str__(self) -> str:
        return f"person {self.pk}"


class RoleGrant(models.Model):
    """One role of one person, in one market, of one agency, or everywhere."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20)
    market = models.CharField(max_length=2, blank=True, default="")
    agency_id = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("person", "role", "market", "agency_id"), name="grant_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} of person {self.person_id}"


class Scoped(models.Model):
    """A row that belongs to a market, and may be to an agency; see `access`.

    Attributes:
        key_field: the field that pages and the API name a row by.
        agency_field: the field of its agency; without one, no agency sees any row.
        case_field: the field of its case; without one, no link to a case shows any row.
    """

    key_field: ClassVar[str] = "key"
    agency_field: ClassVar[str | None] = None
    case_field: ClassVar[str | None] = None

    class Meta:
        abstract = True

    @classmethod
    def seen_with(cls, grant: Grant) -> models.Q:
        """Return which rows a grant reaches; a model may narrow it, never widen."""
        rows = models.Q()
        if grant.markets is not None:
            rows &= models.Q(market__in=grant.markets)
        for field, only in (
            (cls.agency_field, grant.agency),
            (cls.case_field, grant.case),
        ):
            if only is not None:
                rows &= models.Q(**{field: only}) if field else models.Q(pk__in=())
        return rows
