"""A request learns the desk's time."""

from datetime import UTC, datetime, timedelta

from django.http import HttpResponse
from django.test import RequestFactory

from atalaia.desk.settings.clock import Clock
from atalaia.desk.shell.requests import numbered


def test_a_request_comes_at_the_desks_time(settings):
    """In a simulated world that is another day than that of the machine."""
    settings.CLOCK = Clock(ahead=timedelta(days=-100))
    request = RequestFactory().get("/")
    numbered(lambda _: HttpResponse())(request)

    behind = datetime.now(UTC) - request.now
    assert timedelta(days=100) <= behind < timedelta(days=100, seconds=30)
