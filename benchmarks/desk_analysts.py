"""Analysts at their browsers: `python -m benchmarks.desk_analysts URL FOLDER SECONDS`.

Each thinks for 5 to 15 seconds, then opens the first screen, a list, a case, looks
something up, takes the first case that is nobody's, or says something on their own. All
take the first of the same lists, so that they race. Each also keeps the stream of live
events open, as every page does.
"""

import asyncio
import json
import random
import re
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import numpy as np

__all__ = ["work"]

THINK_S = (5.0, 15.0)
TIMEOUT_S = 30.0
ROW = re.compile(r'data-case="([^"]+)"')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
HABITS = {"first screen": 2, "list": 4, "case": 6, "search": 2, "claim": 3, "say": 2}
"""What they do, and how often."""


@dataclass(slots=True, kw_only=True)
class Log:
    """What everybody waited for and was told; guards nothing but the lists."""

    waits: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    claims: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    refused_claims: int = 0


@dataclass(slots=True, kw_only=True)
class Analyst:
    """One browser, its habits drawn from its own seed."""

    name: str
    browser: httpx.AsyncClient
    log: Log
    draw: random.Random
    mine: list[str] = field(default_factory=list)

    async def work(self, *, until: float) -> None:
        """Do one thing after another until the time is over."""
        events = asyncio.create_task(self._listen(until=until))
        await asyncio.sleep(self.draw.uniform(0, THINK_S[1]))
        while time.monotonic() < until:
            habit = self.draw.choices(list(HABITS), weights=list(HABITS.values()))[0]
            await self._do(habit)
            await asyncio.sleep(self.draw.uniform(*THINK_S))
        events.cancel()
        with suppress(asyncio.CancelledError):
            await events

    async def _do(self, habit: str) -> None:
        if habit == "first screen":
            await self._get(habit, "/")
        elif habit == "list":
            await self._get(habit, self.draw.choice(("/cases/", "/cases/?owner=me")))
        elif habit == "search":
            number = self.draw.randrange(1, 200_000)
            await self._get(habit, f"/cases/?standing=all&words=2025-{number:07d}")
        elif habit == "case":
            await self._open(self.draw.choice(await self._listed("/cases/") or [""]))
        elif habit == "claim":
            await self._claim()
        elif self.mine:
            await self._say(self.draw.choice(self.mine))

    async def _listed(self, address: str) -> list[str]:
        page = await self._get("list", address)
        return list(dict.fromkeys(ROW.findall(page)))

    async def _open(self, key: str) -> str:
        return await self._get("case", f"/cases/{key}/") if key else ""

    async def _claim(self) -> None:
        """Take the first case of the list that is nobody's, as everybody else does."""
        keys = await self._listed("/cases/?owner=nobody")
        if not keys:
            return
        status = await self._post("claim", keys[0], deed="claim", told={})
        if status == 409:
            self.log.refused_claims += 1
        elif status == 302:
            self.mine.append(keys[0])
            self.log.claims[keys[0]].append(self.name)

    async def _say(self, key: str) -> None:
        told = {"text": "Asked the creator for the moment.", "audience": "region"}
        await self._post("say", key, deed="comment", told=told)

    async def _post(
        self, what: str, key: str, *, deed: str, told: dict[str, str]
    ) -> int:
        token = TOKEN.search(await self._open(key))
        if token is None:
            self.log.errors.append(f"{what} {key}: no form")
            return 0
        form = {**told, "csrfmiddlewaretoken": token[1]}
        address = f"/cases/{key}/do/{deed}/"
        return (await self._asked(what, "POST", address, data=form)).status_code

    async def _get(self, what: str, address: str) -> str:
        return (await self._asked(what, "GET", address)).text

    async def _asked(
        self, what: str, method: str, address: str, **told: object
    ) -> httpx.Response:
        """Ask and wait for the whole answer; what nobody expects is an error."""
        began = time.perf_counter()
        try:
            answer = await self.browser.request(method, address, **told)  # type: ignore[arg-type]
        except httpx.HTTPError as error:
            self.log.errors.append(f"{method} {address}: {error!r}")
            return httpx.Response(599)
        self.log.waits[what].append(time.perf_counter() - began)
        expected = (302, 409) if method == "POST" else (200,)
        if answer.status_code not in expected:
            self.log.errors.append(f"{method} {address}: {answer.status_code}")
        return answer

    async def _listen(self, *, until: float) -> None:
        """Hear of changes for as long as a page is open, as every page does."""
        while time.monotonic() < until:
            try:
                async with self.browser.stream("GET", "/events", timeout=None) as told:
                    if told.status_code != 200:
                        self.log.errors.append(f"GET /events: {told.status_code}")
                        return
                    async for _ in told.aiter_lines():
                        pass
            except httpx.HTTPError as error:
                self.log.errors.append(f"GET /events: {error!r}")
                await asyncio.sleep(THINK_S[0])


async def work(url: str, *, sessions: dict[str, str], seconds: float) -> Log:
    """Put everybody to work at once; return what they met."""
    log = Log()
    until = time.monotonic() + seconds
    async with asyncio.TaskGroup() as office:
        for name, session in sessions.items():
            browser = httpx.AsyncClient(
                base_url=url, cookies={"atalaia_session": session}, timeout=TIMEOUT_S
            )
            draw = random.Random(int(name))  # noqa: S311 (habits, no secrets)
            analyst = Analyst(name=name, browser=browser, log=log, draw=draw)
            office.create_task(analyst.work(until=until))
    return log


def _told(waits: Iterable[float]) -> dict[str, float]:
    found = np.array(list(waits))
    median, p95, p99 = np.quantile(found, (0.5, 0.95, 0.99))
    return {
        "n": len(found),
        "median": float(median),
        "p95": float(p95),
        "p99": float(p99),
        "slowest": float(found.max()),
    }


def main() -> None:
    """Work for a while and write down what everybody waited for."""
    url, folder, seconds = sys.argv[1], Path(sys.argv[2]), float(sys.argv[3])
    sessions = json.loads((folder / "sessions.json").read_text())
    log = asyncio.run(work(url, sessions=sessions, seconds=seconds))
    every = [wait for waits in log.waits.values() for wait in waits]
    used = resource.getrusage(resource.RUSAGE_SELF)
    found = {
        "waits": {
            "all": _told(every),
            **{what: _told(log.waits[what]) for what in sorted(log.waits)},
        },
        "errors": log.errors,
        "claims": len(log.claims),
        "refused_claims": log.refused_claims,
        "double_claims": sum(len(each) > 1 for each in log.claims.values()),
        "generator_cpu_s": used.ru_utime + used.ru_stime,
    }
    (folder / "analysts.json").write_text(json.dumps(found))


if __name__ == "__main__":
    main()
