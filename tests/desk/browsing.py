"""A real Chromium against the desk as it is served, for tests marked `browser`."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.test import Client

__all__ = ["ARGUMENTS", "a_browser", "a_window"]

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
CHROMIUM = "/usr/bin/chromium"
SESSION = "atalaia_session"


@contextmanager
def a_browser() -> Iterator[Any]:
    """Start Chromium and end it."""
    # Only `make check` installs it; the fast tests must be collected without.
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (see above)

    # Playwright keeps a loop in this thread, and Django then refuses its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        with sync_playwright() as play:
            started = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            yield started
            started.close()
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@contextmanager
def a_window(
    browser: Any, address: str, *, of: Client | None = None, **looks: Any
) -> Iterator[Any]:
    """Open a window in which somebody has signed in; what breaks fails the test."""
    # What is still fading in has neither its colours nor its place yet.
    looks.setdefault("reduced_motion", "reduce")
    context = browser.new_context(base_url=address, **looks)
    cookie = of.cookies.get(SESSION) if of else None
    if cookie:
        kept = {"name": SESSION, "value": cookie.value, "url": address}
        context.add_cookies([kept])
    page = context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on(
        "requestfinished",
        lambda request: (
            broken.append(request.url)
            if not request.url.startswith((address, "data:"))
            else None
        ),
    )
    yield page
    context.close()
    assert broken == []
