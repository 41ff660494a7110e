"""Codes, policies, clocks and moments of cases, as their reader says them."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from atalaia.desk.casework.queries import Change
from atalaia.desk.shell.refusals import told
from atalaia.desk.shell.trade import trade
from atalaia.domain.case_clock import Clock
from atalaia.domain.case_codes import ClockState
from atalaia.domain.errors import AtalaiaError
from atalaia.domain.sops import Allowance
from atalaia.domain.trilingual import Trilingual
from atalaia.domain.work_codes import CasePriority
from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice

__all__ = ["register"]

register = template.Library()

CLOCK_LOOKS = {
    ClockState.ON_TIME: ("success", "clock"),
    ClockState.DUE_SOON: ("warning", "triangle-alert"),
    ClockState.BREACHED: ("error", "circle-alert"),
    ClockState.PAUSED: ("info", "circle-pause"),
    ClockState.MET: ("success", "circle-check"),
    ClockState.MISSED: ("error", "circle-x"),
    ClockState.NOT_RUNNING: ("", "circle-dashed"),
}
PRIORITY_TONES = {CasePriority.P0: "error", CasePriority.P1: "warning"}
CHANGE_MESSAGES: Mapping[str, str] = {
    "case.open": "opened it",
    "case.claim": "took it",
    "case.release": "released it",
    "case.assign": "gave it to somebody",
    "case.triage": "triaged it",
    "case.complete_evidence": "said that the evidence is complete",
    "case.reject_incomplete": "gave it back to who reported it",
    "case.pause": "paused it",
    "case.resume": "resumed it",
    "case.edit": "changed what it says",
    "case.comment": "commented",
    "case.submit": "sent it to central",
    "case.review": "took it up for review",
    "case.decide": "wrote the answer down",
    "case.return": "returned it as incomplete",
    "case.start_fix": "started the fix",
    "case.verify_fix": "checked the fix",
    "case.close": "closed it",
    "case.reopen": "reopened it",
    "case.merge": "merged it into another",
    "case.link": "linked it to another",
    "case.unlink": "untied it from another",
    "case.take_up": "took up the newer procedure",
    "case.ask_restore": "asked for decisions to be restored",
    "case.drop_restore": "took decisions out of the restore",
    "case.answer_restore": "took results of the restore in",
    "case.give_back_sop": "went back to the earlier procedure",
    "subject.erase": "erased what it said of somebody",
}
"""What somebody did, after their name."""
OTHER_MESSAGES = ("changed it",)
REASON_LISTS = ("Ruling", "ReturnReason", "PauseReason")
RUNNING = frozenset({ClockState.ON_TIME, ClockState.DUE_SOON, ClockState.BREACHED})


@register.simple_tag(takes_context=True)
def named(context: Context, member: StrEnum) -> str:
    """Write the name of a member of a closed list."""
    return said(context, trade().reference.names.of(member))


@register.simple_tag(takes_context=True)
def code_name(context: Context, kind: str, value: str) -> str:
    """Write the name of a code by its list; nothing for no code."""
    if not value:
        return ""
    return said(context, trade().reference.names.named(kind, value))


@register.simple_tag(takes_context=True)
def policy_name(context: Context, policy: str) -> str:
    """Write the name of a policy or a group of them; nothing for none."""
    return said(context, trade().reference.policies.name(policy)) if policy else ""


@register.simple_tag(takes_context=True)
def market_name(context: Context, market: str) -> str:
    """Write the name of a market."""
    return said(context, trade().reference.markets.of(market).name)


@register.simple_tag(takes_context=True)
def said(context: Context, text: Trilingual) -> str:
    """Write a trilingual text in the reader's language."""
    return text.of(context["words"].language)


@register.simple_tag(takes_context=True)
def moment(context: Context, instant: datetime, market: str) -> SafeString:
    """Write an instant in a market's own time."""
    zone = trade().reference.markets.of(market).principal_zone
    shown = context["voice"].moment(instant, zone)
    return format_html('<time datetime="{}">{}</time>', instant.isoformat(), shown)


@register.simple_tag
def local_field(instant: str, market: str) -> str:
    """Write an instant as a field of date and time takes it, in market time.

    What was typed and is none, a refused form gives back as it came.
    """
    zone = ZoneInfo(trade().reference.markets.of(market).principal_zone)
    try:
        local = datetime.fromisoformat(instant).astimezone(zone)
    except (ValueError, OverflowError):
        return instant
    return local.strftime("%Y-%m-%dT%H:%M:%S")


@register.simple_tag
def zone_of(market: str) -> str:
    """Write the time zone that a market's times are in."""
    return trade().reference.markets.of(market).principal_zone


@register.simple_tag
def priority_tone(priority: CasePriority) -> str:
    """Return how loud a priority looks."""
    return PRIORITY_TONES.get(priority, "")


@register.simple_tag(takes_context=True)
def change_said(context: Context, change: Change) -> str:
    """Write what somebody did to a case."""
    message = CHANGE_MESSAGES.get(change.action, OTHER_MESSAGES[0])
    words: Translator = context["words"]
    return words.text(message)


@register.simple_tag(takes_context=True)
def reason_said(context: Context, reason: str) -> str:
    """Write the reason of a move, from whichever list it is."""
    lists = trade().reference.names.lists
    texts = [lists[kind][reason] for kind in REASON_LISTS if reason in lists[kind]]
    return said(context, texts[0]) if texts else reason


@register.simple_tag(takes_context=True)
def refusal_said(context: Context, error: AtalaiaError) -> str:
    """Write what an error says."""
    return told(error, words=context["words"])


@register.simple_tag(takes_context=True)
def day_said(context: Context, day: date) -> str:
    """Write a day."""
    voice: Voice = context["voice"]
    return voice.date(day)


@register.inclusion_tag("casework/parts/clock.html", takes_context=True)
def clock(context: Context, at: Clock, state: ClockState) -> dict[str, Any]:
    """Draw how a clock stands: a word, an icon, and the time left or over."""
    tone, icon = CLOCK_LOOKS[state]
    now: datetime = context["now"]
    left = (at.due_at - now).total_seconds() / 3600 if at.due_at is not None else None
    return {
        "words": context["words"],
        "voice": context["voice"],
        "state": state,
        "tone": tone,
        "icon_name": icon,
        "due_at": at.due_at,
        "shown": context["voice"].duration(left) if state in RUNNING else "",
    }


@register.simple_tag(takes_context=True)
def age(context: Context, instant: datetime) -> SafeString:
    """Write how long ago something was; it goes on counting in an open page."""
    hours = (context["now"] - instant).total_seconds() / 3600
    return format_html(
        '<time data-age datetime="{}">{}</time>',
        instant.isoformat(),
        context["voice"].duration(hours),
    )


@register.simple_tag(takes_context=True)
def number(context: Context, value: int) -> str:
    """Write a whole number."""
    return str(context["voice"].number(value))


@register.simple_tag(takes_context=True)
def figure(context: Context, value: float | None) -> str:
    """Write a number that a machine told, with as many places as it needs."""
    if value is None:
        return "–"
    plain = f"{value:.4g}"
    places = len(plain.partition(".")[2]) if "e" not in plain else 0
    voice: Voice = context["voice"]
    return str(voice.number(value, places))


@register.simple_tag(takes_context=True)
def allowed(context: Context, allowance: Allowance | None) -> str:
    """Write how much working time is allowed: hours, or whole working days."""
    if allowance is None:
        return "–"
    voice: Voice = context["voice"]
    words: Translator = context["words"]
    if allowance.hours:
        return voice.duration(allowance.hours)
    days = int(allowance.days)
    return words.plural("{count} working day", "{count} working days", days)
