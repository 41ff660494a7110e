"""What waits with central, by team and person: how long, and when last chased."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Max

from atalaia.desk.accounts.access import seen
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.audit.action import acting
from atalaia.desk.casework.handoff.building import hand_off_for
from atalaia.desk.casework.handoff.document import HandOff, hand_off_from
from atalaia.desk.casework.handoff.models import CaseChase, Dispatch
from atalaia.desk.casework.models import Case
from atalaia.desk.casework.procedures import procedures_of
from atalaia.desk.casework.queries import CaseRow, Chase, chase_list
from atalaia.desk.casework.workflow import IN_CENTRAL
from atalaia.desk.shell.trade import trade
from atalaia.domain.case_clock import office_for
from atalaia.domain.case_codes import ClockState
from atalaia.domain.sops import Escalation, Sop
from atalaia.domain.working_time import office_hours

__all__ = [
    "ChaseGroup",
    "Waiting",
    "chase",
    "chase_groups",
    "chase_hand_offs",
    "reminder",
]

TWICE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A case that waits with central.

    Attributes:
        waited_hours: since it was sent, by central's own working time.
    """

    row: CaseRow
    waited_hours: float
    last_chased_at: datetime | None
    escalation: tuple[Escalation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChaseGroup:
    """What waits with one person of a team, and the message that reminds them of it.

    Attributes:
        central_owner: "" where nobody took the cases up.
        rows: the most pressing; the numbers are of all that wait.
        escalation: whom to turn to next, by the procedures of these cases.
    """

    team: str
    team_name: str
    central_owner: str
    waiting_n: int
    silent_n: int
    rows: tuple[Waiting, ...]
    message: str

    @property
    def escalation(self) -> tuple[Escalation, ...]:
        """Whom to turn to next, each once."""
        return tuple(dict.fromkeys(e for each in self.rows for e in each.escalation))


def chase_groups(*, by: Actor, now: datetime) -> tuple[ChaseGroup, ...]:
    """Return what waits with central, the most silent first."""
    chases = chase_list(by=by, now=now)
    keys = [row.key for chase in chases for row in chase.rows]
    sent = _sent(keys, by=by)
    sops = procedures_of(
        (each["sop_id"], each["sop_version"]) for each in sent.values()
    )
    return tuple(_group(each, sent=sent, sops=sops, now=now) for each in chases)


def chase(keys: Iterable[str], *, by: Actor, now: datetime) -> tuple[str, ...]:
    """Write down that cases were chased; return those that were.

    What no longer waits with central is left out, and so is what the same person
    chased within the last minute: a button is easily pressed twice.
    """
    right = Right.WORK_CASES
    mine = seen(Case, by=by, right=right).filter(
        key__in=list(keys), state__in=IN_CENTRAL
    )
    again = CaseChase.objects.filter(chased_by=by.key, chased_at__gt=now - TWICE)
    cases = list(mine.exclude(pk__in=again.values("case")).order_by("key"))
    if not cases:
        return ()
    with acting("central.chase", by=by, right=right, now=now) as deed:
        for case in cases:
            row = CaseChase.objects.create(
                case=case, market=case.market, chased_at=now, chased_by=by.key
            )
            deed.did(row, content={"case": case.key}, subject=case.creator_id)
    return tuple(case.key for case in cases)


def chase_hand_offs(
    keys: Sequence[str], *, by: Actor, now: datetime
) -> tuple[HandOff, ...]:
    """Return what central has to answer, as it was sent, in the order of the keys."""
    mine = seen(Case, by=by, right=Right.SEE_CASES).filter(key__in=keys)
    rows = Dispatch.objects.filter(case__in=mine).order_by("submitted_at")
    kept = {row.case.key: row for row in rows.select_related("case")}
    return tuple(
        hand_off_from(kept[key].content)
        if key in kept
        else hand_off_for(key, by=by, now=now)
        for key in keys
    )


def _sent(keys: list[str], *, by: Actor) -> Mapping[str, Mapping[str, Any]]:
    rows = seen(Case, by=by, right=Right.SEE_CASES).filter(key__in=keys)
    told = rows.annotate(last_chased_at=Max("chases__chased_at")).values(
        "key", "submitted_at", "sop_id", "sop_version", "last_chased_at"
    )
    return {each["key"]: each for each in told}


def _group(
    chase: Chase,
    *,
    sent: Mapping[str, Mapping[str, Any]],
    sops: Mapping[tuple[str, str], Sop],
    now: datetime,
) -> ChaseGroup:
    names = trade().reference.names
    rows = tuple(_waiting(row, sent[row.key], sops=sops, now=now) for row in chase.rows)
    team_name = names.named("CentralTeam", chase.team).en
    return ChaseGroup(
        team=chase.team,
        team_name=team_name,
        central_owner=chase.central_owner,
        waiting_n=chase.waiting_n,
        silent_n=chase.silent_n,
        rows=rows,
        message=reminder(
            [each.row for each in rows],
            waiting_n=chase.waiting_n,
            to=chase.central_owner or team_name,
            now=now,
        ),
    )


def _waiting(
    row: CaseRow,
    sent: Mapping[str, Any],
    *,
    sops: Mapping[tuple[str, str], Sop],
    now: datetime,
) -> Waiting:
    office = office_for(row.priority, office=trade().reference.central.office)
    since: datetime = sent["submitted_at"] or now
    sop = sops[sent["sop_id"], sent["sop_version"]]
    return Waiting(
        row=row,
        waited_hours=office_hours(since, now, office=office),
        last_chased_at=sent["last_chased_at"],
        escalation=sop.escalation,
    )


def reminder(rows: Sequence[CaseRow], *, waiting_n: int, to: str, now: datetime) -> str:
    """Return the message that goes to central, in English whoever sends it."""
    names = trade().reference.names
    head = (
        f"Hello {to}, {waiting_n} of our cases wait for your answer "
        f"({now.astimezone(UTC):%Y-%m-%d %H:%M} UTC):"
    )
    lines = []
    for row in rows:
        due = row.central.due_at
        when = "no due time" if due is None else f"due {due:%Y-%m-%d %H:%M} UTC"
        late = ", past due" if row.central_state is ClockState.BREACHED else ""
        ref = f" · yours: {row.external_ref}" if row.external_ref else ""
        ask = names.of(row.requested_outcome).en
        lines.append(f"- {row.key} · {row.priority} · {ask} · {when}{late}{ref}")
    if waiting_n > len(rows):
        lines.append(f"- and {waiting_n - len(rows)} more that are less pressing")
    foot = "Accept, return or reject each by its link, or reply with its reference."
    return "\n".join([head, *lines, foot])
