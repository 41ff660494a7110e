"""Views that others are built on are worked out once, and say so."""

import pytest

from answers import penalised
from atalaia.metrics.shared_views import SharedViews
from atalaia.metrics.views import VIEWS
from builders import a_session, some_facts

pytestmark = pytest.mark.slow


def below(name):
    """Return every view under a view, by what the views say of themselves."""
    found = set()
    for base in VIEWS[name].over:
        found |= {base} | below(base)
    return found


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_names_the_views_it_is_built_on(name):
    """What building it asks for is what it declares, all the way down."""
    shared = SharedViews(facts=some_facts())
    VIEWS[name].build(shared)
    assert set(shared._kept) == below(name)


def test_a_shared_view_has_the_rows_of_one_that_is_built_anew():
    """Keeping changes neither columns nor rows."""
    session = a_session()
    decision, penalty = penalised(session)
    facts = some_facts(
        live_session=[session], moderation_decision=[decision], penalty=[penalty]
    )
    shared = SharedViews(facts=facts)
    kept = facts.engine.read(shared.view("penalties")).read_all()
    assert kept == facts.engine.read(VIEWS["penalties"].build(facts)).read_all()
    assert shared.view("penalties") is shared.view("penalties")


def test_a_period_has_views_of_its_own():
    """What was kept for all days is not taken for a few of them."""
    shared = SharedViews(facts=some_facts(live_session=[a_session()]))
    shared.view("valid_sessions")
    day = a_session()["business_date"]
    assert not shared.between(day, day)._kept
