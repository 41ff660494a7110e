"""No view changes what it says under the version it had: stored cubes would lie.

The digest is of the view's SQL. Where a change leaves every row as it was, only the
digest is written anew.
"""

import functools
import hashlib
import json
import re
from pathlib import Path

import ibis
import pytest

from atalaia.metrics.views import VIEWS
from builders import some_facts

KNOWN = Path(__file__).with_name("view_versions.json")


@functools.cache
def no_facts():
    return some_facts()


def digest(view):
    """Return a digest of the view's SQL, whatever its input tables are called."""
    sql = ibis.to_sql(view.build(no_facts()), dialect="duckdb")
    plain = re.sub(r'"?input_\d+"?', "input", str(sql))
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_a_changed_view_has_a_new_version(view):
    """The version and digest in view_versions.json are those of the code."""
    known = json.loads(KNOWN.read_text("utf-8"))
    assert known.get(view.name) == [view.version, digest(view)]


def test_no_version_is_kept_of_a_view_that_is_gone():
    """The list names the views there are."""
    assert set(json.loads(KNOWN.read_text("utf-8"))) == set(VIEWS)
