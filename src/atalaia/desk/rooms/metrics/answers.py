"""What was worked out of a snapshot, kept for whoever asks the same again.

Work is done by a few threads of its own: a page waits a moment for it and may be left,
and two who ask the same at once are answered by one piece of work.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from typing import Any, Literal, TypeVar

from atalaia.desk.rooms.metrics.reading import Lookout, Opened, the_lookout
from atalaia.domain.errors import QuestionError

__all__ = ["Answers", "Lane", "the_answers"]

T = TypeVar("T")
Key = tuple[object, ...]
Work = Callable[[Opened], T]
Lane = Literal["one", "many"]
WORKERS: Mapping[Lane, int] = {"one": 2, "many": 1}
"""A list of many figures never stands before somebody who asks for one."""
MOST_KEPT = 100_000
"""Cells of all answers together; each one also counts for itself."""


@dataclass(kw_only=True)
class Answers:
    """Guards the answers of this process: one piece of work a question and snapshot."""

    lookout: Lookout
    most_kept: int = MOST_KEPT
    _kept: OrderedDict[Key, Future[Any]] = field(default_factory=OrderedDict)
    _weights: dict[Key, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _lanes: Mapping[Lane, ThreadPoolExecutor] = field(
        default_factory=lambda: {
            lane: ThreadPoolExecutor(count, thread_name_prefix=f"watch-{lane}")
            for lane, count in WORKERS.items()
        }
    )

    def ask(
        self, key: Key, work: Work[T], *, now: datetime, lane: Lane = "one"
    ) -> Future[T]:
        """Return the answer that is there, or that is being worked out.

        Args:
            key: tells the question, and whose it is, from every other.
            work: is given the snapshot; what it refuses is remembered too.
        """
        opened = self.lookout.borrow(now=now)
        whole = (opened.key, *key)
        with self._lock:
            found = self._kept.get(whole)
            if found is None:
                found = self._lanes[lane].submit(self._worked, work, opened)
                self._kept[whole] = found
            else:
                self._kept.move_to_end(whole)
                self.lookout.give_back(opened)
                return found
        found.add_done_callback(partial(self._weighed, whole))
        return found

    def _weighed(self, key: Key, done: Future[Any]) -> None:
        """Keep what was found within bounds, and no fault that may pass."""
        error = done.exception()
        with self._lock:
            if error is not None and not isinstance(error, QuestionError):
                self._kept.pop(key, None)
                return
            found = () if error else getattr(done.result(), "rows", ())
            self._weights[key] = 1 + len(found)
            while len(self._kept) > 1 and sum(self._weights.values()) > self.most_kept:
                oldest, _ = self._kept.popitem(last=False)
                self._weights.pop(oldest, None)

    def _worked(self, work: Work[T], opened: Opened) -> T:
        try:
            return work(opened)
        finally:
            self.lookout.give_back(opened)


@cache
def the_answers() -> Answers:
    """Return the answers of this process."""
    return Answers(lookout=the_lookout())
