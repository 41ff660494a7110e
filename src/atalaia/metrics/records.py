"""What people record: few rows, read whole, and placed on days of their own events.

A case belongs to the day it was due and to the day it closed, so that neither the
partition of its first day nor the rows that a day usually brings say anything of it.
"""

from collections.abc import Iterable

from atalaia.metrics.views.view import View
from atalaia.warehouse.contracts import CONTRACTS

__all__ = ["is_of_records", "tells_of_records"]


def is_of_records(tables: Iterable[str]) -> bool:
    """Whether people's records are all that is read: no day must bring any."""
    return all(CONTRACTS[table].is_read_whole for table in tables)


def tells_of_records(view: View) -> bool:
    """Whether the view places records on days that are not their partition's."""
    return any(CONTRACTS[table].is_read_whole for table in view.needs)
