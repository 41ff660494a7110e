"""Casework asks what the facts know of decisions, within the markets of who asks."""

import pytest

from atalaia.desk.casework.restore.known import known_decisions
from atalaia.desk.rooms.metrics import decisions
from atalaia.domain.codes import Outcome, RoleCode
from atalaia.metrics.slices import fetched
from desk.a_case import a_triaged_case
from desk.casework.restore.a_restore import asked
from desk.people import NOW, an_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def looked(answers, monkeypatch):
    """Let casework look into the small world."""
    monkeypatch.setattr(decisions, "the_answers", lambda: answers)


@pytest.fixture
def held(opened):
    """The decisions of the small world, by their ids."""
    rows = opened.whole.table("moderation_decision")
    return {row["decision_id"]: row for row in fetched(rows, opened.whole)}


@pytest.fixture
def statuses(opened):
    """What became of the penalties of each decision."""
    rows = fetched(opened.whole.table("penalty"), opened.whole)
    told = {}
    for row in rows:
        told.setdefault(row["decision_id"], set()).add(row["status"])
    return told


def known(ids, *markets):
    by = an_actor(RoleCode.ANALYST, *markets)
    return known_decisions(list(ids), by=by, now=NOW)


@pytest.mark.usefixtures("looked")
def test_a_decision_is_known_by_its_market_room_and_policy(held):
    """All of them, whatever they did."""
    found = known(held, "BR", "MX")
    mine = {name for name, row in held.items() if row["market"] in ("BR", "MX")}

    assert found.keys() == mine
    for name, each in found.items():
        row = held[name]
        assert (each.market, each.policy_id) == (row["market"], row["policy_id"])
        assert each.session_id == (row["session_id"] or "")
        assert each.is_enforced == Outcome(row["outcome"]).is_enforced


@pytest.mark.usefixtures("looked")
def test_a_decision_of_another_market_is_not_there(held):
    """Nobody learns of it by asking for it."""
    assert {each.market for each in known(held, "BR").values()} == {"BR"}


@pytest.mark.usefixtures("looked")
def test_a_decision_is_undone_where_all_that_it_imposed_is(held, statuses):
    """One penalty that stands is enough to ask for it."""
    gone = {"reversed", "void_technical"}
    undone = {
        name
        for name, told in statuses.items()
        if told <= gone and held[name]["market"] == "BR"
    }
    assert undone

    found = known(held, "BR")

    assert {name for name, each in found.items() if each.is_undone} == undone


@pytest.mark.usefixtures("looked")
def test_the_desk_refuses_what_the_facts_speak_against(held, statuses):
    """Beside what can be undone, each with its reason."""
    by = an_actor(RoleCode.ANALYST, "BR", "MX")
    here = [name for name, row in held.items() if row["market"] == "BR"]
    there = next(name for name, row in held.items() if row["market"] == "MX")
    good = next(name for name in here if "active" in statuses.get(name, ()))
    idle = next(name for name in here if held[name]["outcome"] == "no_action")
    key = a_triaged_case(by, market="BR")

    outcomes = asked(key, good, there, idle, "d-unknown", by=by)

    codes = [each.error.code if each.error else "" for each in outcomes]
    assert codes == ["", "OtherMarket", "NothingEnforced", "UnknownDecision"]


def test_without_facts_nobody_can_tell():
    """The desk then takes ids as they are given."""
    assert known(["d-1"], "BR") is None


@pytest.mark.usefixtures("looked")
def test_who_works_on_no_cases_is_told_nothing():
    """To look up decisions is part of working on cases."""
    by = an_actor(RoleCode.QUALITY_REVIEWER, "BR")

    assert known_decisions(["d-1"], by=by, now=NOW) is None
