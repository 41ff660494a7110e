"""Traps keep what only looks like a breach from being counted as one."""

from collections import Counter
from pathlib import Path

import pytest

from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.marked_yaml import package_data
from atalaia.domain.policies import PolicyTree, load_policies
from atalaia.domain.traps import (
    TrapKind,
    TrapProblem,
    TrapReading,
    Traps,
    UnknownTrapError,
    load_traps,
)


@pytest.fixture(scope="module")
def policies() -> PolicyTree:
    return load_policies()


@pytest.fixture(scope="module")
def traps(policies: PolicyTree) -> Traps:
    return load_traps(policies=policies)


def broken(folder: Path, *, sound: str, wrong: str) -> Path:
    """Write the shipped traps with one mistake."""
    text = package_data("traps.yaml").read_text(encoding="utf-8")
    assert sound in text
    path = folder / "traps.yaml"
    path.write_text(text.replace(sound, wrong, 1), encoding="utf-8")
    return path


def test_every_dialect_row_gives_its_own_advice(traps: Traps):
    """No two traps share a guidance sentence, in any language."""
    for language in ("en", "es", "pt"):
        advice = Counter(trap.guidance.of(language) for trap in traps)
        assert max(advice.values()) == 1, language


def test_all_traps_are_shipped(traps: Traps):
    """The 64 known ones and the six that the trade added."""
    kinds = Counter(trap.kind for trap in traps)
    assert (len(traps), kinds[TrapKind.DIALECT]) == (70, 26)


def test_castells_are_gone(traps: Traps):
    """No team of ours has a market that builds castells."""
    assert not any("castells" in trap.label.en for trap in traps)


def test_rapariga_is_an_insult_in_brazil(traps: Traps):
    """The word looks innocent to a European ear; in Brazil it is not."""
    assert traps.of("dia.rapariga").reading == TrapReading.HOSTILE


@pytest.mark.parametrize("trap", ["dia.mono", "dia.negro"])
def test_words_of_race_are_never_innocent_beside_hostility(traps: Traps, trap: str):
    """What ends the innocent reading is written down with the trap."""
    unless = traps.of(trap).unless
    assert unless is not None
    assert "hostil" in unless.en
    assert "monkey" in unless.en


def test_a_rule_that_differs_from_custom_is_not_an_error(traps: Traps):
    """Takanakuy is a real fight: the moderator is right, the rule is discussed."""
    assert traps.of("cul.takanakuy").problem == TrapProblem.POLICY_DIFFERENCE
    assert traps.of("cul.capoeira").problem == TrapProblem.ERROR


def test_traps_are_found_by_policy_and_market(traps: Traps):
    """Before a fight in Brazil is judged, capoeira comes to mind; not in Mexico."""
    policy = "tns.violence.altercation"
    brazil = {trap.id for trap in traps.for_policy(policy, "BR")}
    mexico = {trap.id for trap in traps.for_policy(policy, "MX")}
    assert "cul.capoeira" in brazil
    assert "cul.capoeira" not in mexico


def test_unknown_trap_names_the_nearest(traps: Traps):
    """A misspelt id is answered with what it may have meant."""
    with pytest.raises(UnknownTrapError, match=r"dia\.mono"):
        traps.of("dia.monos")


def test_trap_of_an_unknown_policy_is_shown(tmp_path: Path, policies: PolicyTree):
    """A trap that warns before no policy is refused, with the nearest id."""
    path = broken(tmp_path, sound="[tns.danger.driving]", wrong="[tns.danger.drivin]")
    with pytest.raises(ReferenceDataError) as caught:
        load_traps(path, policies=policies)
    line = (
        path.read_text(encoding="utf-8")
        .splitlines()
        .index("    policies: [tns.danger.drivin]")
    )
    assert str(caught.value) == (
        f"{path}:{line + 1}\n  {line + 1} | policies: [tns.danger.drivin]\n"
        "'tns.danger.drivin' is not in the list 'policies'. Did you mean: "
        "tns.danger.driving, tns.danger.moderate, tns.danger.significant?"
    )


def test_trap_of_an_unknown_market_is_shown(tmp_path: Path, policies: PolicyTree):
    """A trap of a market that is not ours is refused."""
    path = broken(tmp_path, sound="markets: [PE]", wrong="markets: [ES]")
    with pytest.raises(ReferenceDataError, match="'ES' is not in the list 'markets'"):
        load_traps(path, policies=policies)
