"""The diff tray: cases in which region and central may read a rule differently."""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.queries import (
    OF_THE_RULE,
    CaseRow,
    DiffCandidate,
    DiffCandidates,
    HeapName,
    diff_candidates,
)
from atalaia.desk.casework.workflow import IN_CENTRAL
from atalaia.desk.rooms.today.reader import Reader
from atalaia.desk.rooms.today.told import case_line
from atalaia.desk.shell.trade import trade
from atalaia.domain.work_codes import CaseType, RootCause

__all__ = ["DiffTray", "TrayCase", "TrayCell", "TrayLine", "diff_tray"]

POLICIES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayCell:
    """The candidates of a policy in a market; no address where no list has them."""

    market: str
    count: int
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayLine:
    """One policy: its candidates in all markets, and in each."""

    policy: str
    name: str
    whole: TrayCell
    cells: tuple[TrayCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayCase:
    """One case.

    Attributes:
        why: what puts it here: that it asks, or where its cause lies.
        is_central: whether central's clock is the one that counts.
    """

    row: CaseRow
    why: str
    is_central: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffTray:
    """What the tray holds.

    Attributes:
        markets: those with any candidate, in the team's order.
        lines: policies with most candidates first.
        others_n: policies beyond those.
        address: the list of all of them.
        new_case: the form of a policy question; "" for who works on no cases.
        text: the tray to paste into a chat.
    """

    count: int
    markets: tuple[str, ...]
    lines: tuple[TrayLine, ...]
    others_n: int
    newest: tuple[TrayCase, ...]
    address: str
    new_case: str
    text: str


def diff_tray(reader: Reader) -> DiffTray | None:
    """Return the tray; None for somebody who sees no cases."""
    if not reader.by.may(Right.SEE_CASES):
        return None
    found = diff_candidates(by=reader.by, now=reader.now)
    holding = {market for _, market in found.counts}
    markets = tuple(code for code in trade().reference.markets.codes if code in holding)
    lines = _lines(found, markets=markets, reader=reader)
    newest = tuple(_case(each, reader=reader) for each in found.newest)
    shown = lines[:POLICIES]
    return DiffTray(
        count=found.count,
        markets=markets,
        lines=shown,
        others_n=len(lines) - len(shown),
        newest=newest,
        address=_list_of(),
        new_case=_new_case(reader),
        text=_text(found.count, lines=shown, newest=newest, reader=reader),
    )


def _case(candidate: DiffCandidate, *, reader: Reader) -> TrayCase:
    row, names = candidate.row, trade().reference.names
    if candidate.root_cause in OF_THE_RULE:
        why = names.of(RootCause(candidate.root_cause))
    elif row.type == CaseType.POLICY_QUESTION:
        why = names.of(row.type)
    else:
        why = names.of(row.requested_outcome)
    return TrayCase(
        row=row,
        why=why.of(reader.words.language),
        is_central=row.state in IN_CENTRAL,
    )


def _lines(
    found: DiffCandidates, *, markets: tuple[str, ...], reader: Reader
) -> tuple[TrayLine, ...]:
    totals: Counter[str] = Counter()
    for (policy, _), count in found.counts.items():
        totals[policy] += count
    ordered = sorted(totals, key=lambda policy: (-totals[policy], policy))
    return tuple(
        TrayLine(
            policy=policy,
            name=_name(policy, reader=reader),
            whole=_cell(policy, "", count=totals[policy]),
            cells=tuple(
                _cell(policy, code, count=found.counts.get((policy, code), 0))
                for code in markets
            ),
        )
        for policy in ordered
    )


def _name(policy: str, *, reader: Reader) -> str:
    if not policy:
        return reader.words.text("No policy named yet")
    return trade().reference.policies.name(policy).of(reader.words.language)


def _cell(policy: str, market: str, *, count: int) -> TrayCell:
    address = _list_of(policy=policy, market=market) if policy and count else ""
    return TrayCell(market=market, count=count, address=address)


def _list_of(**narrowed: str) -> str:
    given = {"owed": HeapName.DIFFS.value, "sort": "opened", **narrowed}
    query = urlencode({name: value for name, value in given.items() if value})
    return f"{reverse('casework:list')}?{query}"


def _new_case(reader: Reader) -> str:
    if not reader.by.may(Right.WORK_CASES):
        return ""
    query = urlencode({"type": CaseType.POLICY_QUESTION.value})
    return f"{reverse('casework:new')}?{query}"


def _text(
    count: int,
    *,
    lines: tuple[TrayLine, ...],
    newest: tuple[TrayCase, ...],
    reader: Reader,
) -> str:
    words, voice = reader.words, reader.voice
    title = words.text("Diff tray")
    policies = [f"- {line.name}: {_by_market(line, reader=reader)}" for line in lines]
    cases = [
        case_line(each.row, is_central=each.is_central, reader=reader)
        for each in newest
    ]
    head = f"{title}: {voice.number(count)}"
    if not newest:
        return head
    return "\n".join([head, *policies, words.text("The newest of them:"), *cases])


def _by_market(line: TrayLine, *, reader: Reader) -> str:
    """Return how many there are, and where: "5 (BR 3, MX 2)"."""
    number = reader.voice.number
    where = ", ".join(f"{c.market} {number(c.count)}" for c in line.cells if c.count)
    return f"{number(line.whole.count)} ({where})"
