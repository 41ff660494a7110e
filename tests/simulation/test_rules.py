"""How policies read on the days of a world."""

import numpy as np
import pytest

from atalaia.simulation.rules import Rules, ruled


def stretch(from_day: int, *, is_in_force: bool, version: int) -> Rules:
    table = np.array([[version]])
    return Rules(
        from_day=from_day,
        is_in_force=np.array([[is_in_force]]),
        lane=table,
        severity=table,
        version=table,
        chain=np.full((1, 1, 3), version),
    )


BORN = (
    stretch(0, is_in_force=False, version=0),
    stretch(5, is_in_force=True, version=7),
    stretch(9, is_in_force=False, version=0),
)


@pytest.mark.parametrize("day", [4, 5, 8, 9, 20])
def test_a_policy_never_reads_as_another(day: int) -> None:
    """Before it begins it reads as it will first, after it lapsed as it did last."""
    zero = np.array([0])
    found = ruled(BORN, day=np.array([day]), market=zero, policy=zero)
    assert found.version.tolist() == [7]
    assert found.chain.tolist() == [[7, 7, 7]]
    assert found.has_begun.tolist() == [day >= 5]
    assert found.is_in_force.tolist() == [5 <= day < 9]


def test_a_policy_never_in_force_is_known_as_such() -> None:
    """Where the whole world lacks the policy, nothing may be ruled by it."""
    zero = np.array([0])
    found = ruled(BORN[:1], day=zero, market=zero, policy=zero)
    assert not found.is_ever[0]
