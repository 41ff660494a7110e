"""What every test needs to know of the desk's database, and how examples are drawn."""

import hypothesis
import pytest
from django.db import connection
from django.test import TransactionTestCase

from atalaia.desk.audit.guard import lay_guard, lift_guard

# The same code passes or fails the same way on every machine and every day;
# `pytest --hypothesis-profile=default` goes looking for new examples.
hypothesis.settings.register_profile("repeatable", derandomize=True)
hypothesis.settings.load_profile("repeatable")


@pytest.fixture(autouse=True, scope="session")
def emptied_between_tests():
    """A test that commits is followed by emptying its tables; the guard refuses that.

    So the guard is lifted while Django empties them, and laid again for the next test.
    """
    emptied = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        lift_guard(connection)
        emptied(self)
        lay_guard(connection)

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = emptied
