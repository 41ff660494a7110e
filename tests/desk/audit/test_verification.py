"""Whatever is done to the trail past the desk, `audit verify` finds the first of it."""

import pytest
from django.conf import settings

from atalaia.desk.audit.chain import FIRST, SEALED
from atalaia.desk.audit.exporting import export_head, write_restore
from atalaia.desk.audit.models import ChainHead, Entry
from atalaia.desk.audit.verification import Fault
from desk.audit.trail import checked, done, spoilt
from desk.people import NOW

pytestmark = pytest.mark.django_db
ROWS = 5
POSITIONS = range(1, ROWS + 1)
OTHER = {
    "at": "2020-01-01 00:00:00+00:00",
    "actor": "person-2",
    "channel": "api",
    "action": "thing.forget",
    "object_type": "other",
    "object_key": "T-99",
    "market": "MX",
    "subject": "somebody else",
    "digest": "f" * 64,
    "previous": "e" * 64,
    "seal": "d" * 64,
}


@pytest.fixture(autouse=True)
def trail():
    """Five things that were done."""
    done(ROWS)


@pytest.fixture
def heads(tmp_path):
    """The file of exported heads, with the present one in it."""
    file = tmp_path / "safe" / "heads.jsonl"
    export_head(file, key=settings.AUDIT_KEY, now=NOW)
    return file


def put_in(row: Entry) -> None:
    """Write a row past the desk."""
    names = [*SEALED, "seal"]
    columns = ", ".join(names)
    marks = ", ".join(["%s"] * len(names))
    values = [getattr(row, name) for name in names]
    spoilt(f"INSERT INTO audit_entry ({columns}) VALUES ({marks})", values)  # noqa: S608 (names of ours)


def found(report):
    """What was found, and at which row."""
    return (
        None if report.finding is None else (report.finding.fault, report.finding.seq)
    )


def test_a_trail_as_it_was_written_is_whole(heads):
    """Every row is walked and the exported head agrees."""
    report = checked(heads)

    assert (found(report), report.rows, report.heads) == (None, ROWS, 1)


def test_an_empty_trail_is_whole():
    """Nothing was done yet, and nothing is missing."""
    spoilt("DELETE FROM audit_entry")
    spoilt("DELETE FROM audit_chainhead")

    assert found(checked()) is None


@pytest.mark.parametrize("seq", POSITIONS)
@pytest.mark.parametrize("name", OTHER)
def test_a_row_altered_in_any_field_is_found(name, seq):
    """No field of no row can be changed by somebody without the key."""
    spoilt(f"UPDATE audit_entry SET {name} = %s WHERE seq = %s", (OTHER[name], seq))  # noqa: S608 (names of ours)

    assert found(checked()) == (Fault.ALTERED, seq)


@pytest.mark.parametrize("seq", POSITIONS)
def test_a_row_emptied_of_a_text_is_found(seq):
    """A field that may be empty says something by being empty."""
    spoilt("UPDATE audit_entry SET market = '' WHERE seq = %s", (seq,))

    assert found(checked()) == (Fault.ALTERED, seq)


@pytest.mark.parametrize("seq", range(1, ROWS))
def test_a_row_taken_out_is_found(seq):
    """The number that is missing is named, whichever it is."""
    spoilt("DELETE FROM audit_entry WHERE seq = %s", (seq,))

    assert found(checked()) == (Fault.MISSING, seq)


@pytest.mark.parametrize("seq", POSITIONS)
def test_rows_cut_from_the_end_are_found_by_the_head(seq):
    """Without the head set back as well, the database itself shows the cut."""
    spoilt("DELETE FROM audit_entry WHERE seq >= %s", (seq,))

    assert found(checked()) == (Fault.TAIL_CUT, seq)


@pytest.mark.parametrize("seq", POSITIONS)
def test_a_tail_cut_with_its_head_is_found_by_the_exported_head(seq, heads):
    """The file outside the database remembers how far the trail went."""
    cut_with_head(seq)

    assert found(checked(heads)) == (Fault.EXPORTED_CUT, seq)


def test_what_was_done_since_the_last_export_can_be_cut_unseen(heads):
    """The window that the documentation names: from the last export on."""
    done(2, starting=ROWS)
    cut_with_head(ROWS + 1)

    assert found(checked(heads)) is None


def cut_with_head(seq: int) -> None:
    """Cut the trail from a row on and set its head back to the row before."""
    last = Entry.objects.filter(pk=seq - 1).first()
    seal = last.seal if last else ""
    spoilt("DELETE FROM audit_entry WHERE seq >= %s", (seq,))
    spoilt("UPDATE audit_chainhead SET seq = %s, seal = %s", (seq - 1, seal))


@pytest.mark.parametrize("seq", range(1, ROWS))
def test_two_rows_that_changed_places_are_found(seq):
    """A row's number is under its seal: it cannot move."""
    spoilt("UPDATE audit_entry SET seq = -1 WHERE seq = %s", (seq,))
    spoilt("UPDATE audit_entry SET seq = %s WHERE seq = %s", (seq, seq + 1))
    spoilt("UPDATE audit_entry SET seq = %s WHERE seq = -1", (seq + 1,))

    assert found(checked()) == (Fault.ALTERED, seq)


@pytest.mark.parametrize("seq", POSITIONS)
def test_a_row_put_in_is_found(seq):
    """A copy of a genuine row, with every number behind it moved up by one."""
    copy = Entry.objects.get(pk=seq)
    spoilt("UPDATE audit_entry SET seq = -seq - 1 WHERE seq > %s", (seq,))
    spoilt("UPDATE audit_entry SET seq = -seq WHERE seq < 0")
    copy.seq = seq + 1
    put_in(copy)

    assert found(checked()) == (Fault.ALTERED, seq + 1)


def test_a_row_put_in_before_the_first_is_found():
    """No row has a number below 1."""
    row = Entry.objects.get(pk=1)
    row.seq = 0
    put_in(row)

    assert found(checked()) == (Fault.PUT_IN, 0)


def test_a_row_put_in_behind_the_last_is_found():
    """Somebody without the key cannot seal it."""
    row = Entry.objects.get(pk=ROWS)
    row.seq, row.previous = ROWS + 1, row.seal
    put_in(row)

    assert found(checked()) == (Fault.ALTERED, ROWS + 1)


def test_a_genuine_row_of_another_trail_is_found():
    """A row that was sealed with the key, but behind another one."""
    genuine = Entry.objects.get(pk=ROWS)
    cut_with_head(ROWS - 1)
    done(1, starting=77)
    put_in(genuine)
    spoilt("UPDATE audit_chainhead SET seq = %s, seal = %s", (ROWS, genuine.seal))

    assert found(checked()) == (Fault.UNCHAINED, ROWS)


def test_a_head_set_back_is_found():
    """An older state of the head's row, as a careless restore would bring."""
    spoilt("UPDATE audit_chainhead SET seq = 2")

    assert found(checked()) == (Fault.HEAD_BEHIND, 3)


def test_a_head_that_was_removed_is_found():
    """Rows without a head were cut loose."""
    spoilt("DELETE FROM audit_chainhead")

    assert found(checked()) == (Fault.HEAD_LOST, ROWS)


def test_a_head_with_another_seal_is_found():
    """The head says what the last row's seal is."""
    spoilt("UPDATE audit_chainhead SET seal = %s", ("a" * 64,))

    assert found(checked()) == (Fault.HEAD_DIFFERS, ROWS)


def test_a_trail_written_anew_without_the_key_is_found(monkeypatch):
    """Somebody who owns the database, and not the key, starts over."""
    spoilt("DELETE FROM audit_entry")
    spoilt("DELETE FROM audit_chainhead")
    with monkeypatch.context() as patch:
        patch.setattr(settings, "AUDIT_KEY", b"guessed" * 4)
        done(ROWS)

    assert found(checked()) == (Fault.ALTERED, 1)


def test_a_trail_written_anew_with_the_key_is_found_by_the_exported_head(heads):
    """Who holds key and database still does not reach the copy of the heads."""
    spoilt("DELETE FROM audit_entry")
    spoilt("DELETE FROM audit_chainhead")
    done(ROWS, starting=50)

    assert found(checked(heads)) == (Fault.EXPORTED_DIFFERS, ROWS)


def test_a_trail_goes_on_behind_a_restore(heads):
    """What a backup gave up is lost on record, and is no finding."""
    cut_with_head(4)
    write_restore(heads, key=settings.AUDIT_KEY, now=NOW)
    done(3, starting=20)

    report = checked(heads)

    assert (found(report), [head.seq for head in report.restored]) == (None, [3])


def test_the_first_row_stands_behind_nothing():
    """The chain begins where the first row says that it does."""
    assert Entry.objects.get(pk=1).previous == FIRST


def test_memory_does_not_grow_with_the_trail(django_assert_num_queries):
    """One stream of rows and two looks at the head, however long the trail is."""
    done(40, starting=ROWS)
    assert ChainHead.objects.count() == 1

    with django_assert_num_queries(3):
        assert checked().rows == ROWS + 40
