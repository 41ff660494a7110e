"""Placeholder: the owner of this package opens it with two sentences."""
