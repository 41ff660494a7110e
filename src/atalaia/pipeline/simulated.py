"""Whether a data folder holds a simulated world, whose clock stands still."""

import json
from datetime import datetime
from pathlib import Path

__all__ = ["end_of_world"]

WORLD = "truth/world.json"


def end_of_world(data: Path) -> datetime | None:
    """Return the instant at which the simulated world ends; None for a real one."""
    world = data / WORLD
    if not world.is_file():
        return None
    return datetime.fromisoformat(json.loads(world.read_text("utf-8"))["ends_at"])
