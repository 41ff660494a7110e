"""The steps of the table of talks."""
