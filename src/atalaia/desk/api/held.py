"""What the interface holds of people: answers name a case and its state, nobody."""

from atalaia.desk.shell.held import Held

__all__ = ["HELD"]

HELD = (
    Held(model="api.ApiToken", kept=("name", "prefix", "digest", "rights", "markets")),
    Held(model="api.StoredAnswer", kept=("key", "digest", "body")),
)
