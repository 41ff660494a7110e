"""Small things that every page draws alike."""

from datetime import UTC, datetime

from django import template
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

__all__ = ["day", "icon", "register"]

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon of assets/icons.txt; the word beside it says what it means."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"></use></svg>',
        static("shell/icons.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def day(context: Context, instant: datetime) -> SafeString:
    """Write the day of an instant, in UTC, as the reader writes dates."""
    shown = context["voice"].date(instant.astimezone(UTC).date())
    return format_html('<time datetime="{}">{}</time>', instant.isoformat(), shown)
