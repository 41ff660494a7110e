"""M07 and M09 against two simulated months: who offends again, who climbs higher."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from atalaia.domain.codes import Domain
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.question import Question
from builders import the_reference

pytestmark = pytest.mark.slow

DAY_S = 86_400


@pytest.fixture(scope="module")
def incidents(two_months):
    """Return creator, first-level policy, day and start of every net incident."""
    decisions = two_months.latest("moderation_decision")
    net: dict[str, list[str]] = {}
    for row in two_months.latest("penalty").values():
        if row["status"] != "void_technical" and not was_taken_back(row):
            on_creator = row["subject"] in {"session", "creator", "account"}
            codes = net.setdefault(row["decision_id"], [])
            codes += [row["code"]] if on_creator else []
    planned: dict[str, list[dict]] = {}
    for row in two_months.truth("decision_truth").to_pylist():
        if row["is_enforced"]:
            planned.setdefault(row["incident_id"], []).append(row)
    return [
        {
            "creator": steps[0]["creator_id"],
            "policy": first_level(decisions[steps[0]["decision_id"]]["policy_id"]),
            "day": steps[0]["business_date"],
            "market": decisions[steps[0]["decision_id"]]["market"],
            "start_s": min(int(row["decided_at"].timestamp()) for row in steps),
            "codes": [c for row in steps for c in net.get(row["decision_id"], ())],
        }
        for steps in planned.values()
        if any(row["decision_id"] in net for row in steps)
    ]


def was_taken_back(row) -> bool:
    if row["status"] != "reversed":
        return False
    return row["ended_at"] - row["started_at"] <= timedelta(days=14)


def first_level(policy: str) -> str:
    return ".".join(policy.split(".")[:2])


def end_of_facts(market: str, *, last_day) -> int:
    """Return the second at which the last day ended in all of the market's zones."""
    midnight = datetime.combine(last_day + timedelta(days=1), time())
    zones = the_reference().markets.of(market).zones
    return max(
        int(midnight.replace(tzinfo=ZoneInfo(zone)).timestamp()) for zone in zones
    )


def followed(incidents, *, until, last_day) -> dict[str, tuple[int | None, int]]:
    """Return each creator's shortest wait to a repeat, and how long she was watched.

    A creator enters with her first incident of every policy up to `until`.
    """
    by_policy: dict[tuple[str, str], list[dict]] = {}
    for row in sorted(incidents, key=lambda each: each["start_s"]):
        by_policy.setdefault((row["creator"], row["policy"]), []).append(row)
    found: dict[str, tuple[int | None, int]] = {}
    for (creator, _), rows in by_policy.items():
        if rows[0]["day"] > until:
            continue
        starts = [row["start_s"] for row in rows]
        wait = starts[1] - starts[0] if len(starts) > 1 else None
        known, watched = found.get(creator, (None, 0))
        end_s = end_of_facts(rows[0]["market"], last_day=last_day)
        waits = [each for each in (known, wait) if each is not None]
        found[creator] = (min(waits, default=None), max(watched, end_s - starts[0]))
    return found


def repeated(world, *, end):
    question = Question(metric="M07", start=world.plan.start, end=end)
    (cell,) = evaluate(question, world.reading(), now=world.now).rows
    return cell


def test_a_cohort_followed_thirty_days_is_a_plain_share(two_months, incidents):
    """Of the first month's creators, all watched for thirty days, the repeaters."""
    end = two_months.plan.start + timedelta(days=28)
    cohort = followed(incidents, until=end, last_day=two_months.plan.last_day)
    assert min(watched for _, watched in cohort.values()) >= 30 * DAY_S
    again = [
        wait for wait, _ in cohort.values() if wait is not None and wait <= 30 * DAY_S
    ]
    cell = repeated(two_months, end=end)
    assert (cell.numerator, cell.n) == (len(again), len(cohort))
    assert cell.value == pytest.approx(len(again) / len(cohort), rel=1e-9)
    assert 0 < len(again) < len(cohort)


def test_creators_not_yet_followed_count_as_far_as_they_were_seen(
    two_months, incidents
):
    """Over both months: one less the product of survival at every repeat."""
    end = two_months.plan.last_day
    cohort = followed(incidents, until=end, last_day=two_months.plan.last_day).values()
    waits = [wait for wait, _ in cohort if wait is not None and wait <= 30 * DAY_S]
    lasted = [
        wait if wait is not None and wait <= 30 * DAY_S else watched
        for wait, watched in cohort
    ]
    survival = 1.0
    for moment in sorted(set(waits)):
        at_risk = sum(length >= moment for length in lasted)
        survival *= 1 - waits.count(moment) / at_risk
    cell = repeated(two_months, end=end)
    assert (cell.numerator, cell.n) == (len(waits), len(cohort))
    assert cell.value == pytest.approx(1 - survival, rel=1e-9)
    assert cell.value > len(waits) / len(cohort)
    assert cell.maturity == "provisional"


def climbs(incidents, *, until) -> dict[str, int | None]:
    """Return each creator's shortest wait to a heavier rung of the same ladder.

    A creator enters with the first warning or interruption under every policy.
    """
    ladders = the_reference().ladders
    found: dict[str, int | None] = {}
    entered = set()
    for row in sorted(incidents, key=lambda each: each["start_s"]):
        domain = Domain.TNS if row["policy"].startswith("tns.") else Domain.ECOSYSTEM
        row["rung"] = max((ladders.rank(c, domain) for c in row["codes"]), default=None)
        row["domain"] = domain
    for row in sorted(incidents, key=lambda each: each["start_s"]):
        low = {ladders.rank(code, row["domain"]) for code in ("warn", "interrupt")}
        unit = (row["creator"], row["policy"])
        if row["day"] > until or row["rung"] not in low or unit in entered:
            continue
        entered.add(unit)
        waits = [
            other["start_s"] - row["start_s"]
            for other in incidents
            if (other["creator"], other["domain"]) == (row["creator"], row["domain"])
            and other["start_s"] > row["start_s"]
            and (other["rung"] or 0) > row["rung"]
        ]
        known = [each for each in (found.get(row["creator"]), *waits) if each]
        found[row["creator"]] = min(known, default=None)
    return found


def test_climbs_up_the_ladder_are_a_plain_share(two_months, incidents):
    """M09 of the first month's cohort, all of it watched for thirty days."""
    end = two_months.plan.start + timedelta(days=28)
    cohort = climbs(incidents, until=end)
    higher = [wait for wait in cohort.values() if wait and wait <= 30 * DAY_S]
    question = Question(metric="M09", start=two_months.plan.start, end=end)
    (cell,) = evaluate(question, two_months.reading(), now=two_months.now).rows
    assert (cell.numerator, cell.n) == (len(higher), len(cohort))
    assert cell.value == pytest.approx(len(higher) / len(cohort), rel=1e-9)
    assert 0 < len(higher) < len(cohort)
