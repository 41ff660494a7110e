"""A small simulated world behind the desk, taken in once for all its tests."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.test import Client

from atalaia.desk.rooms.metrics import visit
from atalaia.desk.rooms.metrics.answers import Answers
from atalaia.desk.rooms.metrics.reading import Lookout, Opened
from atalaia.domain.codes import RoleCode
from desk.people import NOW, a_client, a_person
from metrics.conftest import World, a_world
from metrics.worlds import calm

TABLES = (
    *("creator", "agency", "live_session", "traffic_snapshot"),
    *("moderation_decision", "penalty", "appeal", "sample", "review", "verdict"),
)
Browse = Callable[..., Client]


@pytest.fixture(scope="session")
def small_world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Twelve days of few sessions, of which many break rules; its clock stands."""
    plan = replace(calm(), sessions=1_200, violation_scale=4.0)
    world = a_world(tmp_path_factory.mktemp("watched"), plan=plan, tables=TABLES)
    truth = world.place.root / "truth"
    truth.mkdir()
    told = json.dumps({"ends_at": plan.ends_at.isoformat()})
    (truth / "world.json").write_text(told, "utf-8")
    return world


@pytest.fixture(scope="session")
def answers(small_world: World) -> Answers:
    """What a process would keep: shared, as it is between requests."""
    return Answers(lookout=Lookout(place=small_world.place))


@pytest.fixture
def watched(answers: Answers, monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Let the pages look at the small world."""
    monkeypatch.setattr(visit, "the_answers", lambda: answers)
    return answers


@pytest.fixture
def opened(answers: Answers) -> Iterator[Opened]:
    """The world's newest snapshot."""
    with answers.lookout.opened(now=NOW) as found:
        yield found


@pytest.fixture
def browse(db: None, watched: Answers) -> Browse:
    """Return a function that signs somebody in, by role and markets."""

    def signed_in(
        role: RoleCode = RoleCode.REGIONAL_LEAD, *markets: str, **given: str
    ) -> Client:
        return a_client(a_person(role, *markets, **given))

    return signed_in
