"""Two education programmes: one that chance split by agency, one for offenders.

The first works as the plan says, from the moment at which a creator completes it; the
second changes nothing, so that what a comparison before and after shows of it is
regression to the mean.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

import numpy as np
import pyarrow as pa

from atalaia.domain.work_codes import Arm
from atalaia.simulation import columns
from atalaia.simulation.agencies import agency_ids
from atalaia.simulation.arrays import MICROSECOND, Flags, Floats, Ints
from atalaia.simulation.creators import Creators, creator_ids
from atalaia.simulation.local_time import epoch
from atalaia.simulation.stage import Stage
from atalaia.simulation.streams import Concern
from atalaia.simulation.truth import truth_table

__all__ = ["PROGRAMMES", "Places", "Programme", "draw_places"]

_HOUR = 3600 * MICROSECOND
_ARMS = tuple(Arm)
_FORMS = ("A", "B")
_INVITED = 0.4
_OPENS, _COMPLETES, _OTHER_FORM = 0.8, 0.75, 0.9
_QUESTIONS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A programme that starts `from_day` days into the world.

    Attributes:
        is_by_chance: agencies' creators, treated or held out agency by agency; else
            everybody who has a strike, treated.
        gain: what it adds to the chance of answering a question right.
    """

    id: str
    from_day: int
    is_by_chance: bool
    gain: float


PROGRAMMES = (
    Programme(id="live-rules-basics", from_day=3, is_by_chance=True, gain=0.15),
    Programme(id="second-chance", from_day=5, is_by_chance=False, gain=0.1),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """What the desk tells of the places, observation by observation, and the truth.

    `creators` are those of the day, with what they will have been taught.
    """

    creators: Creators
    tables: Mapping[str, pa.Table]
    truth: Mapping[str, pa.Table]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Course:
    """Arrays over places; instants in UTC microseconds, -1 where there is none."""

    who: Ints
    arm: Ints
    assigned: Ints
    opened: Ints
    completed: Ints
    pre_form: Ints
    post_form: Ints
    before: Floats
    after: Floats
    pre_right: Ints
    post_right: Ints


def draw_places(stage: Stage, creators: Creators, *, day: int) -> Places:
    """Draw the places of the programmes that start on a day; most days have none."""
    tables, truths, taught = [], [], creators
    for programme in PROGRAMMES:
        if programme.from_day == day:
            course = _course(stage, creators, programme)
            tables += [
                _observed(stage, creators, course, programme=programme, step=step)
                for step in range(3)
            ]
            truths.append(_told(stage, creators, course, programme=programme))
            if programme.is_by_chance:
                taught = _taught(taught, course)
    if not tables:
        return Places(creators=creators, tables={}, truth={})
    return Places(
        creators=taught,
        tables={"enrolment": pa.concat_tables(tables)},
        truth={"programme_places": pa.concat_tables(truths)},
    )


def _course(stage: Stage, creators: Creators, programme: Programme) -> _Course:
    rng = stage.streams.of(Concern.EDUCATION, part=programme.id)
    who, arm = _assigned(rng, stage, creators, programme=programme)
    size = who.size
    morning = datetime.combine(
        stage.plan.start + timedelta(days=programme.from_day), time(12), tzinfo=UTC
    )
    assigned = np.full(size, epoch(morning))
    is_treated = arm == _ARMS.index(Arm.TREATMENT)
    opens = is_treated & (rng.random(size) < _OPENS)
    completes = opens & (rng.random(size) < _COMPLETES)
    opened = np.where(opens, assigned + _wait(rng, size, hours=30), -1)
    completed = np.where(completes, opened + _wait(rng, size, hours=48), -1)
    pre_form = rng.integers(0, len(_FORMS), size)
    is_other = rng.random(size) < _OTHER_FORM
    before = rng.beta(6, 5, size)
    after = np.minimum(before + programme.gain, 1)
    return _Course(
        who=who,
        arm=arm,
        assigned=assigned,
        opened=opened,
        completed=completed,
        pre_form=pre_form,
        post_form=np.where(is_other, 1 - pre_form, pre_form),
        before=before,
        after=after,
        pre_right=rng.binomial(_QUESTIONS, before),
        post_right=rng.binomial(_QUESTIONS, after),
    )


def _taught(creators: Creators, course: _Course) -> Creators:
    """Return the creators with the moment from which what they learnt works."""
    taught_at = creators.taught_at.copy()
    done = np.flatnonzero(course.completed >= 0)
    taught_at[course.who[done]] = course.completed[done]
    return replace(creators, taught_at=taught_at)


def _assigned(
    rng: np.random.Generator, stage: Stage, creators: Creators, *, programme: Programme
) -> tuple[Ints, Ints]:
    """Return who has a place, and the arm of each."""
    if not programme.is_by_chance:
        who = np.flatnonzero(creators.strikes.sum(axis=1) > 0)
        return who, np.full(who.size, _ARMS.index(Arm.TREATMENT))
    agencies = stage.agencies.count
    is_treated = rng.permutation(agencies) < agencies // 2
    invited: Flags = (creators.agency >= 0) & (rng.random(creators.count) < _INVITED)
    who = np.flatnonzero(invited)
    arm = np.where(
        is_treated[creators.agency[who]],
        _ARMS.index(Arm.TREATMENT),
        _ARMS.index(Arm.HOLDOUT),
    )
    return who, arm


def _wait(rng: np.random.Generator, size: int, *, hours: float) -> Ints:
    waits: Ints = (rng.exponential(hours, size) * 3600).astype(np.int64)
    return waits * MICROSECOND + MICROSECOND


def _observed(
    stage: Stage,
    creators: Creators,
    course: _Course,
    *,
    programme: Programme,
    step: int,
) -> pa.Table:
    """Return the places as they stood once assigned (0), opened (1), completed (2)."""
    known = (course.assigned, course.opened, course.completed)[step]
    came = np.flatnonzero(known >= 0)
    none = np.full(came.size, -1)
    opened = course.opened[came] if step >= 1 else none
    completed = course.completed[came] if step >= 2 else none
    who = course.who[came]
    return columns.observations(
        "enrolment",
        {
            **_place(stage, creators, who, programme=programme),
            "arm": columns.text(_ARMS, course.arm[came]),
            "is_randomised": columns.flags(np.full(who.size, programme.is_by_chance)),
            "cluster_id": agency_ids(
                creators.agency[who] if programme.is_by_chance else none
            ),
            "assigned_at": columns.instants(course.assigned[came]),
            "opened_at": columns.instants(opened),
            "completed_at": columns.instants(completed),
            "pre_score": _score(course.pre_right[came], is_taken=opened >= 0),
            "post_score": _score(course.post_right[came], is_taken=completed >= 0),
            "pre_form": columns.text(
                _FORMS, np.where(opened >= 0, course.pre_form[came], -1)
            ),
            "post_form": columns.text(
                _FORMS, np.where(completed >= 0, course.post_form[came], -1)
            ),
        },
        known_at=known[came],
    )


def _place(
    stage: Stage, creators: Creators, who: Ints, *, programme: Programme
) -> dict[str, pa.Array]:
    return {
        "programme_id": columns.text((programme.id,), np.zeros(who.size, np.int64)),
        "creator_id": creator_ids(who),
        "market": columns.text(stage.catalogue.markets, creators.market[who]),
        "agency_id": agency_ids(creators.agency[who]),
    }


def _score(right: Ints, *, is_taken: Flags) -> pa.Array:
    return columns.numbers(np.where(is_taken, right / _QUESTIONS, np.nan))


def _told(
    stage: Stage, creators: Creators, course: _Course, *, programme: Programme
) -> pa.Table:
    """Return what really became of every place, also what nobody will hear of."""
    size = course.who.size
    works = programme.is_by_chance & (course.arm == _ARMS.index(Arm.TREATMENT))
    factor = np.where(works, stage.plan.education.offence_factor, 1.0)
    return truth_table(
        "programme_places",
        {
            **_place(stage, creators, course.who, programme=programme),
            "arm": columns.text(_ARMS, course.arm),
            "is_by_chance": columns.flags(np.full(size, programme.is_by_chance)),
            "assigned_at": columns.instants(course.assigned),
            "opened_at": columns.instants(course.opened),
            "completed_at": columns.instants(course.completed),
            "knowledge_before": columns.numbers(course.before),
            "knowledge_after": columns.numbers(course.after),
            "offence_factor": columns.numbers(factor),
        },
    )
