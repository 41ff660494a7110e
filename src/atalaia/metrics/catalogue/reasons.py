"""Why a value or an interval is missing, and what to bear in mind.

Every text is an English key of the message catalogue.
"""

__all__ = [
    "APPEALS_ONLY",
    "CENSORED_MISSES",
    "COMPLETE_COUNT",
    "COMPLETE_QUANTILE",
    "FEW_POSITIVES",
    "FROM_AGGREGATES",
    "LAG_IS_EXACT",
    "LOWER_BOUND",
    "NOTHING_COUNTED",
    "NO_EVENTS",
    "ONLY_DOUBLE_REVIEWED",
    "QUANTILE_NOT_REACHED",
    "REGIONAL_TRUTH",
    "SESSION_DAY",
    "SUMMED_OF_PARTS",
    "TOO_FEW",
    "UNKNOWN_DETECTION",
    "WEIGHTS_MISSING",
]

COMPLETE_COUNT = "Every case is counted, none is sampled: no sampling interval."
COMPLETE_QUANTILE = "It is read off all cases, none is sampled: no sampling interval."
LAG_IS_EXACT = "It is a clock reading, not an estimate."
LOWER_BOUND = (
    "A lower bound for overkill, and only if the overturns are right: multiply by the"
    " audited precision of overturns."
)
APPEALS_ONLY = "Only creators who appeal are heard; it is not the overkill rate."
CENSORED_MISSES = (
    "Violations that the random sample found unactioned stay waiting; without such a"
    " sample the value holds for actioned cases only."
)
SESSION_DAY = "The period is the day of the LIVE session, not the day of the event."
REGIONAL_TRUTH = (
    "Judged by regional review against the policy version in force; a policy"
    " difference is not counted as an error."
)
UNKNOWN_DETECTION = "Decisions without a recorded detection are left out of both sides."
ONLY_DOUBLE_REVIEWED = "It speaks of the items that two people judged blind."
WEIGHTS_MISSING = "Units without a weight were counted as one each."
FROM_AGGREGATES = (
    "From counted cells, not from rows: no interval of the change, no people, no"
    " percentiles, and only the splits that the cells carry."
)
SUMMED_OF_PARTS = (
    "Summed over the parts that were counted: a unit counted in two parts counts"
    " twice, and parts that nobody counted are missing."
)
TOO_FEW = "Too few units for this figure."
FEW_POSITIVES = "Fewer than 10 violating judgments: nothing to agree on."
NOTHING_COUNTED = "There is nothing to count over in this period."
QUANTILE_NOT_REACHED = "More violations than this share leaves were never acted on."
NO_EVENTS = "No event of this kind has arrived."
