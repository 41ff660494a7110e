"""What the schedule holds of people: nothing."""

from atalaia.desk.shell.held import Held

__all__ = ["HELD"]

HELD = (Held(model="running.JobRun", kept=("name",)),)
