"""Saved views in templates."""
