"""Times and addresses of the patrol, as templates write them."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.template import Context
from django.urls import reverse

from atalaia.desk.rooms.patrol.watch_queries import WatchRow

__all__ = ["register"]

register = template.Library()


@register.simple_tag(takes_context=True)
def lasting(context: Context, hours: float) -> str:
    """Write how many hours something takes, or lies apart."""
    return str(context["voice"].duration(hours))


@register.simple_tag
def case_about(row: WatchRow) -> str:
    """Return the address of the intake form that knows what the case is about."""
    told: dict[str, Any] = {"market": row.market, row.kind: row.subject_id}
    return f"{reverse('casework:new')}?{urlencode(told)}"
