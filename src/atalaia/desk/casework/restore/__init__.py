"""Bulk restore: one root cause, many decisions, a result for each.

The decisions hang on the case that asks for them and go to central with it, so that
there is one ask, one clock and one answer; their results come later, row by row, and
change nothing about the case. What was sent is kept with the sending. Rows hold ids of
decisions, sessions and policies, and nobody's name or pseudonym, so that there is
nothing in them to erase.
"""
