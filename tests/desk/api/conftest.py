"""What the tests of the interface need beyond the fast ones."""

import importlib.util

collect_ignore = (
    [] if importlib.util.find_spec("schemathesis") else ["test_fuzz_calls.py"]
)
"""Calls are made up from the description by a library that only `make check` has."""
