"""M30 to M43 against what the simulated desk really did, walked case by case.

The truth knows every move of every case; what counts is what was told by the world's
end. Nothing here reads a view: spells are walked in plain Python.
"""

import math
from collections import defaultdict
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from builders import the_reference
from metrics.worlds import IN_BOTH_WORLDS

pytestmark = [pytest.mark.slow, IN_BOTH_WORLDS]

ENDED = ("closed", "duplicate")
CENTRAL = ("submitted_central", "in_review")
FORTNIGHT = timedelta(days=14)
MONTH = timedelta(days=30)


def zone_of(market):
    return ZoneInfo(the_reference().markets.of(market).principal_zone)


class Walk:
    """One case's spells: (state, from, until), the last until None."""

    def __init__(self, case, moves):
        path = [("new", case["opened_at"])]
        for move in sorted(moves, key=lambda row: (row["moved_at"], row["seq"])):
            if move["to_state"] != path[-1][0]:
                path.append((move["to_state"], move["moved_at"]))
        ends = [moment for _, moment in path[1:]]
        self.case = case
        self.spells = [
            (state, began, ended)
            for (state, began), ended in zip(path, [*ends, None], strict=True)
        ]
        self.state = path[-1][0]

    def first(self, state):
        return next((began for name, began, _ in self.spells if name == state), None)

    def last(self, state):
        return next(
            (began for name, began, _ in reversed(self.spells) if name == state), None
        )

    def stood(self, moment):
        """Return the state at a moment, None before the case was opened."""
        came = [name for name, began, _ in self.spells if began <= moment]
        return came[-1] if came else None

    def day(self, moment):
        return moment.astimezone(zone_of(self.case["market"])).date()

    @property
    def acked(self):
        return self.spells[1][1] if len(self.spells) > 1 else None

    @property
    def net(self):
        """Seconds from opening to the last closing, without pauses save for P0.

        What stood closed in between is no time of work either.
        """
        paused = sum(
            (ended - began).total_seconds()
            for name, began, ended in self.spells
            if name == "waiting_reporter" and ended
        )
        if self.case["priority"] == "P0":
            paused = 0
        stood = sum(
            (ended - began).total_seconds()
            for name, began, ended in self.spells
            if name in ("closed", "duplicate") and ended
        )
        whole = self.spells[-1][1] - self.case["opened_at"]
        return whole.total_seconds() - paused - stood

    @property
    def central(self):
        """Seconds in central before the last decision."""
        names = [name for name, _, _ in self.spells]
        until = len(names) - 1 - names[::-1].index("decided")
        return sum(
            (ended - began).total_seconds()
            for name, began, ended in self.spells[:until]
            if name in CENTRAL
        )


@pytest.fixture(scope="module")
def every(world):
    """Return the walk of every case that was told, duplicates included."""
    moves = defaultdict(list)
    for row in world.truth("case_moves").to_pylist():
        if row["told_at"] <= world.now:
            moves[row["case_id"]].append(row)
    return [Walk(case, moves[key]) for key, case in world.latest("case").items()]


@pytest.fixture(scope="module")
def walks(every):
    return [
        walk
        for walk in every
        if walk.state != "duplicate" and walk.case["resolution"] != "duplicate"
    ]


@pytest.fixture(scope="module")
def in_period(world):
    def is_in(market, moment):
        if moment is None or moment > world.now:
            return False
        day = moment.astimezone(zone_of(market)).date()
        return world.plan.start <= day <= world.plan.last_day

    return is_in


def quotients(parts):
    """Sum (market, above, below) by market."""
    sums = defaultdict(lambda: [0, 0])
    for market, above, below in parts:
        sums[market][0] += above
        sums[market][1] += below
    return {market: tuple(pair) for market, pair in sums.items()}


def asked(ask, metric):
    cells = ask(metric, by=("market",))
    return {c.dims["market"]: (c.numerator, c.denominator) for c in cells}


def nearest_rank(values, share):
    return sorted(values)[math.ceil(share * len(values)) - 1]


def due(walk):
    case = walk.case
    by = case["resolve_due_at"]
    is_acked = walk.acked is not None and walk.acked <= case["ack_due_at"]
    return by, int(is_acked and walk.stood(by) == "closed"), 1


def submitted(walk):
    case = walk.case
    filled = min(case["filled_fields_n"] or 0, case["required_fields_n"])
    return walk.first("submitted_central"), filled, case["required_fields_n"]


def accepted(walk):
    sent = walk.first("submitted_central")
    was_returned = any(
        name == "rejected_incomplete" and sent is not None and began > sent
        for name, began, _ in walk.spells
    )
    return sent, int(not was_returned), 1


def solved(walk):
    case = walk.case
    if walk.state != "closed":
        return None, 0, 0
    closed = walk.last("closed")
    is_solved = bool(case["root_cause"] and case["resolution"])
    if case["is_fix_promised"]:
        is_solved = case["fix_verified_at"] is not None
    return closed, int(is_solved and closed <= case["resolve_due_at"]), 1


def reopened(walk):
    left = [ended for name, _, ended in walk.spells if name == "closed"]
    closed = walk.first("closed")
    is_back = bool(left) and left[0] is not None and left[0] - closed <= FORTNIGHT
    return closed, int(is_back), 1


def in_central(walk):
    if walk.first("submitted_central") is None or walk.last("decided") is None:
        return None, 0, 0
    return walk.last("decided"), walk.central, 1


@pytest.mark.parametrize(
    ("metric", "told"),
    [
        ("M30", due),
        ("M33", submitted),
        ("M34", accepted),
        ("M35", solved),
        ("M36", reopened),
        ("M37", in_central),
    ],
)
def test_every_market_has_its_cases(metric, told, *, ask, walks, in_period):
    """Numerator and denominator by market are those of the walked cases."""
    parts = []
    for walk in walks:
        moment, above, below = told(walk)
        if in_period(walk.case["market"], moment):
            parts.append((walk.case["market"], above, below))
    assert asked(ask, metric) == quotients(parts)
    assert sum(below for _, _, below in parts) > 50


@pytest.mark.parametrize(("metric", "share"), [("M31", 0.5), ("M31p90", 0.9)])
def test_times_to_resolution_are_those_of_the_closed_cases(
    metric, share, *, ask_one, walks, in_period
):
    """The percentile of what was walked, at the nearest rank."""
    closed = [
        walk.net
        for walk in walks
        if walk.state == "closed"
        and in_period(walk.case["market"], walk.last("closed"))
    ]
    found = ask_one(metric)
    assert (found.value, found.n) == (nearest_rank(closed, share), len(closed))


def test_the_backlog_of_every_day_is_what_stood_open(ask, every, world):
    """Day by day in the largest market: open, and open past the deadline."""
    zone = zone_of("BR")
    mine = [walk for walk in every if walk.case["market"] == "BR"]
    days = ask("M32", where={"market": "BR"}, grain="day")
    assert len(days) == world.plan.days
    for day in days:
        midnight = datetime.combine(day.end + timedelta(days=1), time(), tzinfo=zone)
        end = min(midnight, world.now)
        states = {id(walk): walk.stood(end) for walk in mine}
        stood = [w for w in mine if states[id(w)] and states[id(w)] not in ENDED]
        late = [w for w in stood if w.case["resolve_due_at"] < end]
        assert (day.numerator, day.denominator) == (len(late), len(stood))


def test_recurrence_counts_the_cases_around_each_adopted_diff(ask, walks, world):
    """30 days on either side, of the diff's policy and of all others."""
    before = {"start": world.plan.start - timedelta(days=40)}
    found = {cell.dims["diff"]: cell for cell in ask("M40", **before)}
    valued = 0
    for diff in world.latest("diff_case").values():
        at = diff["effective_at"]
        if diff["ruling"] != "accepted" or at is None or diff["diff_id"] not in found:
            continue
        cell, counts = found[diff["diff_id"]], defaultdict(int)
        for walk in walks:
            gap = walk.case["opened_at"] - at
            if walk.case["market"] == diff["market"] and -MONTH <= gap < MONTH:
                is_same = walk.case["policy_id"] == diff["policy_id"]
                counts[is_same, gap >= timedelta()] += 1
        above, below = counts[True, True], counts[True, False]
        assert (cell.numerator, cell.denominator) == (above, below)
        if cell.value is not None:
            others = counts[False, True] / counts[False, False]
            assert cell.value == pytest.approx(above / below / others)
            valued += 1
    assert valued > 0


def ruled(row):
    is_settled = row["ruling"] in ("accepted", "rejected")
    return row["presented_at"], int(row["ruling"] == "accepted"), int(is_settled)


def done(row):
    dropped = row["dropped_at"]
    if dropped is not None and dropped < row["due_at"]:
        return None, 0, 0
    is_on_time = row["done_at"] is not None and row["done_at"] <= row["due_at"]
    return row["due_at"], int(is_on_time), 1


def succeeded(row):
    is_kept = row["result"] == "met" and row["reverted_at"] is None
    return row["review_due_at"], int(is_kept), 1


@pytest.mark.parametrize(
    ("metric", "table", "told"),
    [
        ("M38", "diff_case", ruled),
        ("M41", "action", done),
        ("M42", "change_request", succeeded),
    ],
)
def test_diffs_actions_and_changes_are_counted(
    metric, table, told, *, ask_one, world, in_period
):
    """Over all markets, by each one's local day."""
    parts = []
    for row in world.latest(table).values():
        moment, above, below = told(row)
        if in_period(row["market"], moment):
            parts.append((above, below))
    found = ask_one(metric)
    whole = tuple(map(sum, zip(*parts, strict=True)))
    assert (found.numerator, found.denominator) == whole


@pytest.mark.parametrize(
    ("metric", "table", "began", "ended"),
    [
        ("M39", "diff_case", "presented_at", "effective_at"),
        ("M43", "change_request", "proposed_at", "deployed_at"),
    ],
)
def test_lead_times_are_those_of_what_took_effect(
    metric, table, *, began, ended, ask, world
):
    """The waits of a longer stretch, so that there are enough of them."""
    start = world.plan.start - timedelta(days=40)
    waits = []
    for row in world.latest(table).values():
        if row[ended] is None:
            continue
        day = row[ended].astimezone(zone_of(row["market"])).date()
        if start <= day <= world.plan.last_day:
            waits.append((row[ended] - row[began]).total_seconds())
    (found,) = ask(metric, start=start)
    assert (found.value, found.n) == (nearest_rank(waits, 0.5), len(waits))
