"""One small world, played once and read by every test of the simulation."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from atalaia.domain.reference import Reference, load_reference
from atalaia.simulation.world import load_plan, simulate
from simulation.played_world import World


@pytest.fixture(scope="session")
def reference() -> Reference:
    return load_reference()


@pytest.fixture(scope="session")
def play(
    reference: Reference, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., World]:
    """Play the demo's plan at another size or seed."""

    def played(**changes: object) -> World:
        plan = replace(load_plan(reference=reference), **changes)
        folder = tmp_path_factory.mktemp("world")
        receipt = simulate(
            plan,
            into=folder / "landing",
            truth=folder / "truth",
            reference=reference,
        )
        return World(receipt)

    return played


@pytest.fixture(scope="session")
def world(play: Callable[..., World]) -> World:
    """The demo's world at half its size."""
    return play(sessions=25_000, creators=3_500)
