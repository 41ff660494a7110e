"""A brief says what nobody can know, and never reassures from missing facts."""

import pytest

from atalaia.domain.codes import SampleUnit
from atalaia.domain.targets import Target, Targets
from atalaia.language.catalogue import translator
from atalaia.language.format import Voice
from atalaia.metrics.catalogue import BUILT_IN
from atalaia.reporting.contents.movers import movers
from atalaia.reporting.contents.targets import with_targets
from atalaia.reporting.contents.wording.amounts import confidence_name
from atalaia.reporting.contents.wording.movers import movers_told
from builders import AS_OF, a_decision, a_penalty, some_facts
from reporting.brief_builder import a_figure


def said(facts):
    moved = movers(facts, facts.reference, market=None, day=AS_OF.date())
    voice, words = Voice(language="en"), translator("en")
    return moved, movers_told(moved, voice=voice, words=words)


def test_without_penalties_what_moved_is_unknown():
    """No facts are no calm: the reason is told instead."""
    moved, sentences = said(some_facts())
    assert moved.movers is None
    assert sentences[0] == "What moved cannot be told."


def test_one_day_of_facts_has_nothing_to_compare_with():
    """In the first week no slice is said to stand still."""
    decisions = [a_decision(creator_id=f"c{n}") for n in range(30)]
    penalties = [a_penalty(decision) for decision in decisions]
    moved, sentences = said(
        some_facts(moderation_decision=decisions, penalty=penalties)
    )
    assert moved.movers is None
    assert "No day of these seven can be compared" in sentences[1]


@pytest.mark.parametrize(
    ("unit", "target"), [(SampleUnit.SESSION, 0.005), (SampleUnit.SEGMENT, None)]
)
def test_a_target_is_of_one_unit(unit, target):
    """A segment's rate is not held against the target of sessions."""
    targets = Targets({"M12": Target(everywhere=0.005, markets={})})
    figure = a_figure("M12", dims={"unit": unit.value}, target=None)
    (found,) = with_targets(
        (figure,), targets=targets, definitions=BUILT_IN, market=None
    )
    assert found.target == target


@pytest.mark.parametrize(
    ("confidence", "name"), [(0.95, "95%"), (0.9996, "99.96%"), (0.99998, "99.998%")]
)
def test_no_interval_claims_certainty(confidence, name):
    """A confidence is never rounded to 100 %."""
    assert confidence_name(confidence, voice=Voice(language="en")) == name
