"""What creators learnt: violations that would have happened, and did not."""

import numpy as np

from atalaia.simulation.arrays import Flags
from atalaia.simulation.creators import Creators
from atalaia.simulation.sessions import Sessions
from atalaia.simulation.violations import Violations

__all__ = ["heeded"]


def heeded(
    rng: np.random.Generator,
    violations: Violations,
    *,
    sessions: Sessions,
    creators: Creators,
    hides_creator: Flags,
    offence_factor: float,
) -> Flags:
    """Whether each violation is prevented by what its creator was taught before.

    All are drawn as if nobody had been taught, and each of a creator who was is left
    out with the same chance: what was prevented is known, one by one. What an incident
    of the plan causes befalls the taught too, and so does what their viewers do, by
    the policies of `hides_creator`.
    """
    taught_at = creators.taught_at[sessions.creator[violations.session]]
    is_own = (violations.incident < 0) & ~hides_creator[violations.policy]
    is_open = is_own & (violations.starts_at >= taught_at)
    prevented: Flags = is_open & (rng.random(violations.count) >= offence_factor)
    return prevented
