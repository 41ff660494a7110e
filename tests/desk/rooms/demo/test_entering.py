"""The demo's desk enters what the simulation proposes, through its own actions."""

from datetime import timedelta

import pytest

from atalaia.desk.accounts.demo_people import demo_actor
from atalaia.desk.audit.models import Entry, OutboxRow
from atalaia.desk.audit.publishing import publish
from atalaia.desk.casework.queries import CaseFilters, cases, one_case
from atalaia.desk.casework.restore.rows import restore_tally
from atalaia.desk.rooms.demo.setting_up import enter_proposals, save_people
from atalaia.desk.rooms.patrol.watch_queries import watch_list
from atalaia.domain.work_codes import CaseState
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.question import Question
from atalaia.metrics.reading import Reading
from atalaia.warehouse.facts import open_facts
from atalaia.warehouse.ingest.ingest import ingest
from atalaia.warehouse.place import create_place
from atalaia.warehouse.pseudonyms import Pseudonymiser
from builders import the_engine, the_reference
from desk.rooms.demo.proposed import MONDAY, SENT, a_proposal

pytestmark = pytest.mark.django_db
NOW = MONDAY + timedelta(days=10)
PSEUDONYMS = Pseudonymiser(b"a key of the tests, 32 bytes long")
EVERY = CaseFilters(standing="all")


@pytest.fixture
def lead():
    save_people(agency="ag1", now=MONDAY - timedelta(days=1))
    return demo_actor("valeria@demo.example")


def entered(*found):
    return enter_proposals(found, pseudonym=PSEUDONYMS.of, now=NOW)


def rows(lead):
    return cases(EVERY, by=lead, now=NOW).rows


def state_of(lead, *path, **told):
    entered(a_proposal(*path, **told))
    [row] = rows(lead)
    return row.state


@pytest.mark.parametrize(
    ("path", "told", "state"),
    [
        pytest.param(SENT, {}, "submitted_central", id="sent with its fields"),
        pytest.param((*SENT, "in_review", "decided", "closed"), {}, "closed", id="end"),
        pytest.param((*SENT, "rejected_incomplete"), {}, "rejected_incomplete", id="b"),
        pytest.param(
            (*SENT, "rejected_incomplete", "submitted_central", "in_review"),
            {},
            "in_review",
            id="sent again",
        ),
        pytest.param(("triaged", "waiting_reporter"), {}, "waiting_reporter", id="w"),
        pytest.param(
            ("triaged", "waiting_reporter", "triaged"), {}, "triaged", id="goes on"
        ),
        pytest.param(
            ("triaged", "decided", "fix_in_progress", "closed"),
            {},
            "fix_in_progress",
            id="no fix is closed unproven",
        ),
        pytest.param(
            ("triaged", "decided", "fix_in_progress", "verified", "closed"),
            {},
            "closed",
            id="a proven fix is",
        ),
        pytest.param(
            SENT,
            {"decision_id": "", "session_id": "", "creator_id": "", "decided_at": None},
            "triaged",
            id="nothing is sent without what the procedure asks for",
        ),
        pytest.param(
            ("triaged", "closed", "reopened", "in_review", "decided", "closed"),
            {"central_team": "none"},
            "closed",
            id="closed again",
        ),
        pytest.param(("triaged", "duplicate"), {}, "triaged", id="double of nothing"),
    ],
)
def test_a_case_comes_as_far_as_the_desk_allows(lead, path, told, state):
    """What the simulation proposes and the desk refuses is not done."""
    assert state_of(lead, *path, **told) == CaseState(state)


def test_a_double_is_merged_into_one_of_its_market(lead):
    """The second case of a policy goes into the first that is open."""
    entered(
        a_proposal("triaged", number=1), a_proposal("triaged", "duplicate", number=2)
    )
    first, second = sorted(rows(lead), key=lambda row: row.opened_at)

    assert second.state is CaseState.DUPLICATE
    assert one_case(second.key, by=lead, now=NOW).duplicate_of == first.key


def test_every_deed_has_the_moment_and_the_person_of_the_simulation(lead):
    """The trail tells of the region's analyst and of central, in the order of time."""
    entered(a_proposal(*SENT, "in_review"))
    entries = Entry.objects.filter(object_type="case").order_by("seq")
    people = {demo_actor(f"{n}@demo.example").key for n in ("bruna", "grace")}

    assert {entry.actor for entry in entries} == people
    assert [e.at for e in entries] == sorted(e.at for e in entries)
    assert entries.last().at == MONDAY + timedelta(hours=4, minutes=1)


def test_what_is_entered_is_not_entered_again(lead):
    """A second run of the demo finds its cases."""
    assert entered(a_proposal(*SENT)) == 1
    assert entered(a_proposal(*SENT)) == 0
    assert len(rows(lead)) == 1


def test_the_creators_of_the_newest_cases_are_watched(lead):
    """Each once, under their pseudonym, for some days to come."""
    entered(
        a_proposal("triaged", number=1),
        a_proposal("triaged", number=2),
        a_proposal("triaged", number=3, creator_id=""),
    )
    standing = watch_list(by=lead, now=NOW)
    (row,) = (*standing.due, *standing.later)

    assert row.subject_id == PSEUDONYMS.of("c100")
    assert row.until > NOW.date()


def test_creators_stand_under_the_pseudonyms_of_ingest(lead):
    """A case and the facts about its creator meet under one name."""
    entered(a_proposal("triaged"))
    [row] = rows(lead)

    assert row.creator_id == PSEUDONYMS.of("c100")


def reading(place, tmp_path):
    publish(place.landing, now=NOW)
    receipt = ingest(
        place.landing,
        place=place,
        reference=the_reference(),
        pseudonymiser=PSEUDONYMS,
        tombstone_file=tmp_path / "tombstones.jsonl",
        now=NOW,
    )
    assert not receipt.refused
    assert not receipt.quarantined
    facts = open_facts(place, engine=the_engine(), as_of=NOW + timedelta(hours=1))
    return Reading(facts=facts, reference=the_reference())


def value(facts, metric):
    first = MONDAY.date() - timedelta(days=1)
    last = NOW.date() - timedelta(days=1)
    question = Question(metric=metric, start=first, end=last)
    [row] = evaluate(question, facts, now=NOW).rows
    return row.value, row.n


def test_the_catalogue_measures_what_the_desk_holds(lead, tmp_path):
    """M30 to M37 are of the desk's own records, each case counted once."""
    paths = (
        (*SENT, "in_review", "decided", "closed"),
        (*SENT, "rejected_incomplete", "submitted_central", "decided", "closed"),
        ("triaged", "closed"),
        ("triaged", "closed", "reopened", "closed"),
        ("triaged",),
        SENT,
    )
    found = [a_proposal(*path, number=n) for n, path in enumerate(paths * 3, start=1)]
    entered(*found)
    details = [one_case(row.key, by=lead, now=NOW) for row in rows(lead)]
    ended = [each for each in details if each.closed_at]
    sent = [each for each in details if each.submitted_at]
    due = [each for each in details if each.clocks.resolve.due_at < NOW]
    met = [
        each
        for each in due
        if each.closed_at
        and each.closed_at <= each.clocks.resolve.due_at
        and each.clocks.acknowledge.stopped_at <= each.clocks.acknowledge.due_at
    ]
    returned = [
        each
        for each in sent
        if any(m.to_state is CaseState.REJECTED_INCOMPLETE for m in each.moves)
    ]
    was_closed = [
        each
        for each in details
        if any(move.to_state is CaseState.CLOSED for move in each.moves)
    ]
    again = [each for each in was_closed if each.reopened_n]
    facts = reading(create_place(tmp_path / "DATA"), tmp_path)

    assert value(facts, "M30") == (pytest.approx(len(met) / len(due)), len(due))
    assert value(facts, "M31")[1] == len(ended)
    assert value(facts, "M32")[1] == len(details) - len(ended)
    assert value(facts, "M33")[0] == 1
    assert value(facts, "M34") == (
        pytest.approx(1 - len(returned) / len(sent)),
        len(sent),
    )
    assert value(facts, "M35")[1] == len(ended)
    assert value(facts, "M36") == (
        pytest.approx(len(again) / len(was_closed)),
        len(was_closed),
    )
    assert value(facts, "M37")[1] == 6


def test_the_demo_has_somebody_for_every_job(lead):
    """Each role can be looked at, and each person is of the demo alone."""
    people = save_people(agency="ag1", now=NOW)

    assert len({each.role for each in people}) == 8
    assert all(demo_actor(each.email).grants for each in people)


def test_sign_ins_are_told_again_as_they_were(lead, client):
    """The second run of the demo prints the passwords of the first."""
    once, again = save_people(agency="ag1", now=NOW), save_people(agency="ag1", now=NOW)

    assert once == again
    assert len({each.password for each in once}) == len(once)
    assert client.login(email=once[0].email, password=once[0].password)


def test_what_is_published_is_no_case_of_the_simulation(lead):
    """The ids of the simulation never come back as facts of the desk."""
    entered(a_proposal(*SENT))
    keys = {row.row["case_id"] for row in OutboxRow.objects.all()}

    assert keys == {row.key for row in rows(lead)}


def test_overkill_asks_its_like_back_and_has_results(lead):
    """A demo shows a bulk restore: most of it answered, some of it still waiting."""
    entered(
        a_proposal(
            *SENT,
            "in_review",
            "decided",
            type="overkill",
            # Chosen so that central accepts: see `happens`.
            case_id="k2",
            alike=tuple(f"d-{at}" for at in range(60)),
        )
    )
    [row] = rows(lead)

    tally = restore_tally(row.key, by=lead)

    assert (tally.asked_n, tally.unsent_n) == (60, 0)
    assert 0 < tally.waiting_n < tally.restored_n
    assert tally.refused_n > 0


def test_a_few_like_decisions_make_no_bulk_restore(lead):
    """They are asked back one by one."""
    entered(a_proposal(*SENT, type="overkill", alike=("d-1", "d-2")))
    [row] = rows(lead)

    assert restore_tally(row.key, by=lead).asked_n == 0


def test_overkill_that_central_rejects_leaves_nothing_waiting(lead):
    """The decisions stand, each of them."""
    entered(
        a_proposal(
            *SENT,
            "in_review",
            "decided",
            type="overkill",
            # Chosen so that central rejects: see `happens`.
            case_id="k1",
            alike=tuple(f"d-{at}" for at in range(60)),
        )
    )
    [row] = rows(lead)

    tally = restore_tally(row.key, by=lead)

    assert (tally.refused_n, tally.waiting_n) == (60, 0)
