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
from atalaia.metrics.views.column_kinds import ColumnKind, kind_of
from builders import some_facts

KNOWN = Path(__file__).with_name("view_versions.json")


@functools.cache
def no_facts():
    return some_facts()


@functools.cache
def built(name):
    return VIEWS[name].build(no_facts())


def digest(view):
    """Return a digest of the view's SQL, whatever its input tables are called."""
    rows = built(view.name)
    # The setting is the process's: an engine may have set it either way.
    ibis.options.sql.fuse_selects = True
    sql = ibis.to_sql(rows, dialect="duckdb")
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


TYPES = {
    ColumnKind.FLAG: "is_boolean",
    ColumnKind.AMOUNT: "is_numeric",
    ColumnKind.MOMENT: "is_temporal",
    ColumnKind.TEXT: "is_string",
}


@pytest.mark.parametrize("view", VIEWS)
def test_a_column_s_name_tells_what_it_holds(view):
    """A condition of an owner's file is held against it before anybody asks."""
    for column, kind in built(view).schema().items():
        assert getattr(kind, TYPES[kind_of(column)])(), column
