"""The record of who did what, chained so that nobody can change it unseen."""
