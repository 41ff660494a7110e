"""The demo's people and what they wrote down: a desk as it looks on a working day."""
