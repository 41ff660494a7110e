"""Who works where: people by what they may do, for assigning and telling."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from atalaia.desk.accounts.actor import Actor, Channel
from atalaia.desk.accounts.models import Person
from atalaia.desk.accounts.rights import RIGHTS, Right
from atalaia.desk.accounts.sign_in import actor_of

__all__ = [
    "Colleague",
    "Worker",
    "colleague",
    "colleagues_with",
    "names_of",
    "person_id_of",
    "workers",
]

PREFIX = "person-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """A person as colleagues know them."""

    id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """A person and where they hold a right, of the markets that were asked for."""

    id: int
    name: str
    markets: tuple[str, ...]


def person_id_of(by: Actor) -> int | None:
    """Return the id of the person who acts; None where no person does."""
    number = by.key.removeprefix(PREFIX)
    return int(number) if by.key.startswith(PREFIX) and number.isdigit() else None


def colleagues_with(right: Right, *, market: str) -> tuple[Colleague, ...]:
    """Return the active people who hold a right in a market, by name."""
    return tuple(_holding(_whole(_active(right)), right, market))


def workers(right: Right, *, markets: Iterable[str]) -> tuple[Worker, ...]:
    """Return the active people who hold a right in any of some markets, by name."""
    asked = tuple(markets)
    return tuple(
        Worker(id=person.pk, name=person.name, markets=theirs)
        for person in _whole(_active(right))
        if (theirs := _actor(person).markets(right, known=asked))
    )


def colleague(person_id: int, *, right: Right, market: str) -> Colleague | None:
    """Return a person who holds a right in a market; None where they do not."""
    people = _whole(Person.objects.filter(pk=person_id, is_active=True))
    return next(_holding(people, right, market), None)


def names_of(keys: Iterable[str]) -> Mapping[str, str]:
    """Return the names of people by what the trail calls them."""
    numbers = [key.removeprefix(PREFIX) for key in keys if key.startswith(PREFIX)]
    people = Person.objects.filter(pk__in=[n for n in numbers if n.isdigit()])
    return {f"{PREFIX}{pk}": name for pk, name in people.values_list("pk", "name")}


def _active(right: Right) -> QuerySet[Person]:
    """Return the active people with a role that gives a right."""
    roles = [role for role, rights in RIGHTS.items() if right in rights]
    return Person.objects.filter(is_active=True, grants__role__in=roles)


def _actor(person: Person) -> Actor:
    return actor_of(person, channel=Channel.COMMAND)


def _whole(people: QuerySet[Person]) -> QuerySet[Person]:
    """Return people with all their roles, each once."""
    return people.distinct().prefetch_related("grants").order_by("name", "pk")


def _holding(
    people: Iterable[Person], right: Right, market: str
) -> Iterator[Colleague]:
    for person in people:
        if _actor(person).may(right, market=market):
            yield Colleague(id=person.pk, name=person.name)
