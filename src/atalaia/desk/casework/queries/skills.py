"""Who can take a case: by language, policy and how much they hold already."""

from dataclasses import dataclass

from django.db.models import Count

from atalaia.desk.accounts.access import found, seen
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.colleagues import Colleague, colleagues_with
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.models import Case, Skill
from atalaia.desk.shell.trade import trade

__all__ = ["SkillRow", "Suggestion", "skills", "suggested_owners"]

USUAL_CAPACITY = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillRow:
    id: int
    person_id: int
    name: str
    market: str
    languages: tuple[str, ...]
    policy_areas: tuple[str, ...]
    capacity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Somebody who could take a case, and why.

    Attributes:
        open_n: open cases that they hold, of any market.
    """

    person_id: int
    name: str
    open_n: int
    capacity: int
    speaks_language: bool
    knows_policy: bool

    @property
    def is_full(self) -> bool:
        """Whether they hold as much as they can."""
        return self.open_n >= self.capacity


def skills(*, by: Actor) -> tuple[SkillRow, ...]:
    """Return what people take in the markets that somebody leads."""
    rows = seen(Skill, by=by, right=Right.LEAD_CASES).select_related("person")
    return tuple(
        SkillRow(
            id=row.pk,
            person_id=row.person_id,
            name=row.person.name,
            market=row.market,
            languages=tuple(row.languages),
            policy_areas=tuple(row.policy_areas),
            capacity=row.capacity,
        )
        for row in rows.order_by("person__name", "market")
    )


def suggested_owners(key: str, *, by: Actor) -> tuple[Suggestion, ...]:
    """Return who could take a case, the best first.

    People with room come before those without; then who speaks its language, who knows
    its policy, and who holds the smaller share of what they can. Somebody of whom
    nothing is known is taken to speak the market's languages.
    """
    case = found(Case, key, by=by, right=Right.WORK_CASES)
    people = colleagues_with(Right.WORK_CASES, market=case.market)
    rows = Skill.objects.filter(market=case.market, person__in=[p.id for p in people])
    skill_of = {row.person_id: row for row in rows}
    held = dict(
        Case.objects.filter(owner__in=[person.id for person in people])
        .filter(is_open=True)
        .values_list("owner_id")
        .annotate(open_n=Count("id"))
    )
    found_people = [
        _suggestion(
            person,
            case=case,
            skill=skill_of.get(person.id),
            open_n=held.get(person.id, 0),
        )
        for person in people
    ]
    return tuple(sorted(found_people, key=_merit))


def _suggestion(
    person: Colleague, *, case: Case, skill: Skill | None, open_n: int
) -> Suggestion:
    languages = trade().reference.markets.of(case.market).languages
    spoken = languages if skill is None else tuple(skill.languages)
    areas = () if skill is None else tuple(skill.policy_areas)
    policy = f"{case.policy_id}."
    return Suggestion(
        person_id=person.id,
        name=person.name,
        open_n=open_n,
        capacity=USUAL_CAPACITY if skill is None else skill.capacity,
        speaks_language=case.language in spoken,
        knows_policy=any(policy.startswith(f"{area}.") for area in areas),
    )


def _merit(each: Suggestion) -> tuple[bool, bool, bool, float, str]:
    share = each.open_n / max(each.capacity, 1)
    return (
        each.is_full,
        not each.speaks_language,
        not each.knows_policy,
        share,
        each.name,
    )
