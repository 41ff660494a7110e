"""Saved views: lists as people narrowed them, named, kept and shared."""
