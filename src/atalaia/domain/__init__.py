"""The words of the trade: markets, clocks, calendars, policies, penalties, verdicts.

Frozen values only; reads nothing but the package's own resources.
"""
