"""The steps of the tables of saved views."""
