"""Where a form leads when it is done: to a page of this desk, or to its own."""

from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

__all__ = ["way_back"]


def way_back(posted: str, *, otherwise: str) -> str:
    """Return a posted address where it is one of ours.

    Args:
        otherwise: the name of the page to go to instead, or its address.
    """
    is_ours = url_has_allowed_host_and_scheme(posted, allowed_hosts=None)
    if is_ours and posted.startswith("/"):
        return posted
    return otherwise if otherwise.startswith("/") else reverse(otherwise)
