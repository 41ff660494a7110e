"""Memory does not grow with the days of a world."""

import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from atalaia.domain.reference import Reference
from atalaia.simulation.plan_file import load_plan
from atalaia.simulation.world import simulate


@pytest.mark.slow
def test_memory_stays_flat_with_days(tmp_path: Path, reference: Reference) -> None:
    """Three times the days at the same sessions a day need hardly more memory.

    The frames of a week and the facts that wait for their day reach a steady state.
    """
    peaks = []
    for days in (21, 63):
        plan = load_plan(reference=reference).of_size(
            sessions=600 * days, creators=4000
        )
        folder = tmp_path / str(days)
        tracemalloc.start()
        simulate(
            replace(plan, days=days, incidents=()),
            into=folder,
            truth=folder / "truth",
            reference=reference,
        )
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.25 * peaks[0]
