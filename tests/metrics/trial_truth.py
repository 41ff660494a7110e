"""What a simulated programme really did, place by place, from a world's truth."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from atalaia.domain.codes import Subject
from atalaia.estimation.effects.difference import difference_in_means
from atalaia.estimation.effects.trial import Trial
from atalaia.estimation.estimate import Estimate
from builders import the_reference

Row = dict[str, Any]
MONTH_S = 30 * 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialTruth:
    """The places that chance drew, and net incidents of thirty days before and after.

    Attributes:
        prevented: incidents that the treated were taught out of, per creator treated:
            violations prevented in thirty days, times the share of creators' own
            violations that become net incidents.
    """

    places: list[Row]
    after: np.ndarray
    before: np.ndarray
    prevented: float

    @property
    def is_treated(self) -> np.ndarray:
        return np.array([row["arm"] == "treatment" for row in self.places])

    def estimate(self) -> Estimate:
        """Return what the estimator makes of the incidents as they happened."""
        trial = Trial(
            outcomes=self.after,
            is_treated=self.is_treated,
            clusters=[row["agency_id"] for row in self.places],
            before=self.before,
        )
        return difference_in_means(trial, rng=np.random.default_rng(46))


def trial_truth(
    *, truth: Mapping[str, list[Row]], penalties: Iterable[Row]
) -> TrialTruth:
    """Work the truth out of a world's truth tables and its penalties as told last."""
    places = [row for row in truth["programme_places"] if row["is_by_chance"]]
    net = {row["decision_id"] for row in penalties if is_net(row)}
    incidents: dict[str, list[Row]] = {}
    for row in truth["decision_truth"]:
        if row["is_enforced"]:
            incidents.setdefault(row["incident_id"], []).append(row)
    kept = [
        steps
        for steps in incidents.values()
        if any(row["decision_id"] in net for row in steps)
    ]
    starts = [(s[0]["creator_id"], min(row["decided_at"] for row in s)) for s in kept]
    after, before = counted(places, starts)
    rightly = sum(steps[0]["truth"] == "violating" for steps in kept)
    prevented, _ = counted(
        places,
        [(r["creator_id"], r["started_at"]) for r in truth["prevented_violations"]],
    )
    treated = sum(row["arm"] == "treatment" for row in places)
    leaf = the_reference().policies.leaf
    own = [
        row
        for row in truth["violations"]
        if leaf(row["policy_id"]).subject != Subject.VIEWER
    ]
    return TrialTruth(
        places=places,
        after=after,
        before=before,
        prevented=rightly / len(own) * prevented.sum() / treated,
    )


def is_net(row: Row) -> bool:
    """Whether a penalty on a creator was not taken back within fourteen days."""
    if row["status"] == "void_technical" or row["creator_id"] is None:
        return False
    is_back = row["status"] == "reversed"
    return not is_back or row["ended_at"] - row["started_at"] > timedelta(days=14)


def counted(
    places: list[Row], events: Iterable[tuple[str, datetime]]
) -> tuple[np.ndarray, np.ndarray]:
    """Return how many events each place has in the month after, and before."""
    assigned = {row["creator_id"]: row["assigned_at"] for row in places}
    after: Counter[str] = Counter()
    before: Counter[str] = Counter()
    for creator, moment in events:
        if creator in assigned:
            since = int(moment.timestamp()) - int(assigned[creator].timestamp())
            after[creator] += 0 <= since < MONTH_S
            before[creator] += -MONTH_S <= since < 0
    whose = [row["creator_id"] for row in places]
    sides = [[side[name] for name in whose] for side in (after, before)]
    return np.array(sides[0], dtype=float), np.array(sides[1], dtype=float)
