"""What to bear in mind with figures of education, and why one is missing.

Every text is an English key of the message catalogue.
"""

__all__ = [
    "FACTS_END_EARLY",
    "HELD_OUT",
    "NOT_AN_EFFECT",
    "NOT_RANDOMISED",
    "ONE_QUIZ",
    "RATE_OF_THE_ARM",
    "ROOMS_END_EARLY",
    "STILL_TO_COMPLETE",
    "TRIAL_NOT_OVER",
    "TRIAL_STILL_RUNS",
    "WITHOUT_A_DRAW",
]

STILL_TO_COMPLETE = "Creators who have not completed it yet may still do so."
NOT_AN_EFFECT = (
    "It is no effect of teaching: nobody was held out of the quizzes, and those who"
    " took the last one are not all who took the first."
)
NOT_RANDOMISED = (
    "Chance did not choose the arms: creators picked at their worst do better"
    " afterwards with or without a programme, so no effect can be told."
)
TRIAL_NOT_OVER = (
    "The 30 days after the last assignment, and the 14 in which a penalty may still be"
    " taken back, are not over."
)
TRIAL_STILL_RUNS = "The 30 days after the last assignment are not over."
FACTS_END_EARLY = (
    "In a market of the programme, facts of LIVE sessions, decisions or penalties end"
    " before the 30 days after the last assignment do."
)
ROOMS_END_EARLY = (
    "In a market of the programme, facts of LIVE sessions end before the 30 days after"
    " the last assignment do."
)
RATE_OF_THE_ARM = (
    "It falls with fewer cases and with more LIVE alike: read it beside the hours"
    " (M46hours)."
)
HELD_OUT = "Creators held out."
ONE_QUIZ = "Creators who took one quiz only, or both on the same questions."
WITHOUT_A_DRAW = "Creators whose arm chance did not choose."
