"""Who is erased is gone from the trail, and the trail stays whole."""

import pytest

from atalaia.desk.accounts.actor import COMMAND
from atalaia.desk.audit.action import acting
from atalaia.desk.audit.erasure import erase_subjects, named_subjects
from atalaia.desk.audit.models import Entry, OutboxRow, SubjectKey
from atalaia.desk.audit.subjects import alias_of
from atalaia.warehouse.pseudonyms import PersonKind, Pseudonymiser
from atalaia.warehouse.sought import sought
from desk.audit.facts import a_case
from desk.audit.trail import SOMEBODY, checked, done
from desk.people import NOW

pytestmark = pytest.mark.django_db
PSEUDONYMS = Pseudonymiser(b"p" * 32)
ANA, BIA = PSEUDONYMS.of("7421339"), PSEUDONYMS.of("7421340")


def people(*raw: str):
    return sought(raw, kind=PersonKind.CREATOR, pseudonymiser=PSEUDONYMS)


@pytest.fixture(autouse=True)
def trail():
    """Things done about two people, and a row of each that waits."""
    done(2, subject=ANA)
    done(2, subject=BIA, starting=2)
    with acting("case.open", by=SOMEBODY, right=None, now=NOW) as deed:
        deed.noted("case", "C-1", content={}, subject=ANA)
        deed.publish("case", [a_case(f"C-{n}", creator_id=n) for n in (ANA, BIA)])


def test_the_key_goes_and_the_chain_stays_whole():
    """Given by identifier, found by pseudonym; other people keep their keys."""
    erase_subjects(people("7421339"), by=COMMAND, now=NOW)

    assert list(SubjectKey.objects.values_list("pk", flat=True)) == [BIA]
    assert checked().finding is None


def test_the_trail_names_nobody():
    """Not even by pseudonym: the alias comes from the key that goes."""
    told = {text for row in Entry.objects.values_list() for text in map(str, row)}

    assert not {ANA, BIA, "7421339"} & told


def test_who_still_has_a_key_is_found_in_the_trail():
    """An alias leads to what was done about somebody, until they are erased."""
    assert Entry.objects.filter(subject=alias_of(ANA)).count() == 3

    erase_subjects(people("7421339"), by=COMMAND, now=NOW)

    assert alias_of(ANA) is None


def test_rows_that_wait_to_be_published_go():
    """Nothing of somebody erased leaves the desk any more."""
    erase_subjects(people(ANA), by=COMMAND, now=NOW)

    assert [row.row["creator_id"] for row in OutboxRow.objects.all()] == [BIA]


def test_an_erasure_is_recorded_by_the_digest_of_its_tombstone():
    """Who was erased is not said, that it was done is."""
    wanted = people("7421339")
    erase_subjects(wanted, by=COMMAND, now=NOW)
    last = Entry.objects.order_by("-seq")[0]

    assert (last.action, last.object_key) == ("subject.erase", min(wanted.digests))


def test_somebody_unknown_changes_nothing():
    """No row is written about an erasure that found nobody."""
    before = Entry.objects.count()
    erase_subjects(people("1111111"), by=COMMAND, now=NOW)

    assert (named_subjects(people("1111111")), Entry.objects.count()) == (
        frozenset(),
        before,
    )
