"""What is kept of answers, and for how long."""

import threading
from dataclasses import dataclass, replace

import pytest

from atalaia.desk.rooms.metrics.answers import Answers
from atalaia.metrics.definitions import UnknownMetricError
from desk.people import NOW


@dataclass(frozen=True)
class Rows:
    rows: tuple[int, ...]


@pytest.fixture
def fresh(answers):
    """Answers of a process that has worked out nothing yet."""
    return Answers(lookout=answers.lookout)


def test_two_who_ask_at_once_are_answered_by_one_piece_of_work(fresh):
    """The second waits for what the first began."""
    go, begun = threading.Event(), []

    def work(opened):
        begun.append(opened.snapshot.id)
        go.wait(10)
        return 7

    first = fresh.ask(("q",), work, now=NOW)
    second = fresh.ask(("q",), work, now=NOW)
    go.set()

    assert (first.result(10), second.result(10), len(begun)) == (7, 7, 1)


def test_other_questions_are_other_answers(fresh):
    """What tells a question from another is in its key."""
    one = fresh.ask(("q", "BR"), lambda _: 1, now=NOW)
    other = fresh.ask(("q", "MX"), lambda _: 2, now=NOW)

    assert (one.result(10), other.result(10)) == (1, 2)


def test_what_a_question_may_not_ask_is_remembered(fresh):
    """It will not become answerable in the same snapshot."""
    asked = []

    def work(_):
        asked.append(1)
        raise UnknownMetricError(metric="M99", nearest=())

    for _ in range(2):
        with pytest.raises(UnknownMetricError):
            fresh.ask(("q",), work, now=NOW).result(10)

    assert len(asked) == 1


def test_a_fault_is_not_remembered(fresh):
    """The next reader may be luckier."""
    results = iter([OSError("disk"), None])

    def work(_):
        error = next(results)
        if error is not None:
            raise error
        return 7

    with pytest.raises(OSError, match="disk"):
        settled(fresh.ask(("q",), work, now=NOW))

    assert fresh.ask(("q",), work, now=NOW).result(10) == 7


def test_what_is_kept_stays_within_bounds(answers):
    """The oldest answers make room for new ones."""
    small = Answers(lookout=answers.lookout, most_kept=10)
    for number in range(5):
        settled(small.ask(("q", number), lambda _: Rows(rows=(1, 2, 3)), now=NOW))
    again = []

    for number in (0, 4):
        small.ask(("q", number), lambda _, n=number: again.append(n), now=NOW).result(
            10
        )

    assert again == [0]


def settled(future):
    """Wait until what follows an answer is done too."""
    done = threading.Event()
    future.add_done_callback(lambda _: done.set())
    done.wait(10)
    return future.result(10)


def test_a_list_of_figures_keeps_nobody_waiting_who_asks_for_one(fresh):
    """It is worked out apart."""
    go = threading.Event()
    fresh.ask(("list",), lambda _: go.wait(10), now=NOW, lane="many")

    found = fresh.ask(("one",), lambda _: 1, now=NOW).result(10)
    go.set()

    assert found == 1


def test_an_answer_is_of_its_snapshot(fresh):
    """After newer facts arrived, the same question is worked out anew."""
    first = fresh.ask(("q",), lambda opened: opened.key, now=NOW).result(10)
    current = fresh.lookout.borrow(now=NOW)
    fresh.lookout.give_back(current)

    assert first == current.key
    assert replace(current, now=NOW).key != first
