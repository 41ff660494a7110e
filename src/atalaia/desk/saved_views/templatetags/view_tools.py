"""What stands above a list: the view at hand, or a button that keeps it."""

from typing import Any

from django import template
from django.template import Context

__all__ = ["register", "view_tools"]

register = template.Library()


@register.inclusion_tag("saved_views/tools.html", takes_context=True)
def view_tools(context: Context) -> dict[str, Any]:
    """Offer to save the address as a view; say which view it is where it is one."""
    stop = context["places"].own_stop
    within = stop.within if stop else ()
    return {
        "words": context["words"],
        "here": next((link for link in within if link.is_here), None),
        "address": context["request"].get_full_path(),
    }
