"""Tells open pages which cases changed: one look at the records serves all of them.

Each process looks every two seconds while somebody listens, and at nothing otherwise.
What it finds is asked for by right: a listener hears the keys of cases that they may
see, and of no others.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable

from asgiref.sync import sync_to_async
from django.db import close_old_connections

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.casework.queries import Touched, seen_among, touched

__all__ = ["EVERY_S", "LONGEST_S", "events_for"]

EVERY_S = 2.0
BEAT_S = 15.0
LONGEST_S = 600.0
"""Then the browser asks again, and what the listener may see is reckoned anew."""


class Lookout:
    """Looks for changes while somebody listens; one a process and event loop."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[frozenset[int]]] = set()
        self._task: asyncio.Task[None] | None = None

    def join(self) -> asyncio.Queue[frozenset[int]]:
        """Begin to listen; what changed lands in the queue."""
        queue: asyncio.Queue[frozenset[int]] = asyncio.Queue()
        self._listeners.add(queue)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._look())
        return queue

    def leave(self, queue: asyncio.Queue[frozenset[int]]) -> None:
        """Stop listening; the last one to leave ends the looking."""
        self._listeners.discard(queue)
        if not self._listeners and self._task is not None:
            self._task.cancel()
            self._task = None

    async def _look(self) -> None:
        known = await sync_to_async(_touched)()
        while True:
            await asyncio.sleep(EVERY_S)
            found = await sync_to_async(_touched)()
            changed = frozenset(each.pk for each in found - known)
            # What fell out of the last minute is forgotten, so this never grows.
            known = found
            if changed:
                for queue in self._listeners:
                    queue.put_nowait(changed)


LOOKOUTS: dict[asyncio.AbstractEventLoop, Lookout] = {}


async def events_for(actor: Actor) -> AsyncIterator[str]:
    """Yield server-sent events: the keys of cases that changed, and a heartbeat."""
    loop = asyncio.get_running_loop()
    lookout = LOOKOUTS.setdefault(loop, Lookout())
    queue = lookout.join()
    ends = loop.time() + LONGEST_S
    try:
        yield "retry: 3000\n\n"
        while loop.time() < ends:
            try:
                changed = await asyncio.wait_for(queue.get(), BEAT_S)
            except TimeoutError:
                yield ": beat\n\n"
                continue
            keys = await sync_to_async(_seen)(changed, actor)
            if keys:
                yield f"event: cases\ndata: {json.dumps(keys)}\n\n"
    finally:
        lookout.leave(queue)


def _seen(changed: Iterable[int], actor: Actor) -> tuple[str, ...]:
    try:
        return seen_among(changed, by=actor)
    finally:
        close_old_connections()


def _touched() -> frozenset[Touched]:
    try:
        return touched()
    finally:
        close_old_connections()
