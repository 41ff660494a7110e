"""What metrics leave out, one English sentence each: keys of the message catalogue."""

__all__ = [
    "AGENCY_CREATORS_ONLY",
    "APPEALABLE_ONLY",
    "CREATORS_ONLY",
    "NO_END_OF_REVERSAL",
    "ONE_JUDGMENT",
    "ORGANIC_TRAFFIC_ONLY",
    "RANDOM_AND_BLIND",
    "REVERSED_IN_TIME",
    "SHOWN_ONLY",
    "UNDECIDED_APPEALS",
    "VALID_SESSIONS_ONLY",
    "VOID_PENALTIES",
]

VALID_SESSIONS_ONLY = "Sessions of less than 60 seconds, test and internal ones."
VOID_PENALTIES = "Penalties that are void for a technical fault."
CREATORS_ONLY = "Penalties on agencies, guests and viewers."
REVERSED_IN_TIME = "Penalties that were reversed within 14 days."
AGENCY_CREATORS_ONLY = "Creators who belonged to no agency then."
RANDOM_AND_BLIND = (
    "Verdicts that no known random sample drew, that were not judged blind, or that"
    " rest on a policy version which was not in force."
)
ONE_JUDGMENT = "Items that fewer than two people judged blind."
APPEALABLE_ONLY = "Penalties that cannot be appealed."
UNDECIDED_APPEALS = "Appeals that were withdrawn, invalid or not yet decided."
NO_END_OF_REVERSAL = "Reversals that do not say when they came."
SHOWN_ONLY = "Sources of traffic that count no impressions."
ORGANIC_TRAFFIC_ONLY = (
    "Paid traffic, battles and guests, unless the question splits by traffic source."
)
