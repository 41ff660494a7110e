"""Atalaia: the workbench of a regional LIVE content-safety team."""

__all__ = ["__version__"]

__version__ = "0.1.0"
