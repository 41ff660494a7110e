"""Text that is only text to whatever sheet opens it."""

__all__ = ["inert"]

RUN_BY_SHEETS = ("=", "+", "-", "@", "\t", "\r", "\n")


def inert(text: str) -> str:
    """Return a text that no sheet takes for a formula."""
    return f"'{text}" if text.startswith(RUN_BY_SHEETS) else text
