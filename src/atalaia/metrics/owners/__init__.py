"""Metrics that an installation's owners add by a file, checked when loaded."""
