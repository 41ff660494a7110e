"""Set the demo's desk up: its people, and the cases that the simulation proposes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from atalaia.desk.accounts.actor import COMMAND
from atalaia.desk.accounts.demo_people import DemoPerson, demo_actor, save_demo_person
from atalaia.desk.audit.action import acting
from atalaia.desk.casework.queries import CaseFilters, case_count
from atalaia.desk.rooms.demo.cast import Part, cast
from atalaia.desk.rooms.demo.entering import Crew, enter_cases
from atalaia.desk.rooms.demo.watching import watch_some
from atalaia.desk.shell.trade import trade
from atalaia.domain.codes import RoleCode
from atalaia.simulation.proposals import Proposal

__all__ = ["SignIn", "enter_proposals", "save_people"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """What one person of the demo signs in with."""

    name: str
    role: RoleCode
    email: str
    password: str


def save_people(*, agency: str, now: datetime) -> tuple[SignIn, ...]:
    """Make the demo's people where they are not, and return their sign-ins.

    Args:
        agency: the agency whose viewer there is; "" for none.
    """
    parts = cast(markets=trade().reference.markets.codes, agency=agency)
    with transaction.atomic():
        saved = [_saved(part, now=now) for part in parts]
    return tuple(
        SignIn(
            name=part.name,
            role=part.role,
            email=person.email,
            password=person.password,
        )
        for part, person in zip(parts, saved, strict=True)
    )


def _saved(part: Part, *, now: datetime) -> DemoPerson:
    person = save_demo_person(
        email=part.email,
        name=part.name,
        language=part.language,
        role=part.role,
        markets=part.markets,
        agency=part.agency,
        now=now,
    )
    if person.is_changed:
        with acting("person.demo", by=COMMAND, right=None, now=now) as deed:
            deed.noted("person", str(person.key), content={"role": part.role})
    return person


def enter_proposals(
    found: Sequence[Proposal], *, pseudonym: Callable[[str], str], now: datetime
) -> int:
    """Enter the proposed cases where the desk has none; return how many were entered.

    Args:
        pseudonym: tells under which name ingest knows a creator.
    """
    parts = cast(markets=trade().reference.markets.codes, agency="")
    actors = {part.key: demo_actor(part.email) for part in parts}
    lead = next(p.key for p in parts if p.role is RoleCode.REGIONAL_LEAD)
    every = CaseFilters(standing="all")
    if case_count(every, by=actors[lead], now=now):
        return 0
    crew = Crew(actors=actors, pseudonym=pseudonym)
    entered = enter_cases(found, crew=crew)
    watch_some(found, worker=crew.worker, pseudonym=pseudonym, now=now)
    return entered
