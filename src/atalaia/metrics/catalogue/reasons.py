"""Why a value or an interval is missing, and what to bear in mind.

Every text is an English key of the message catalogue.
"""

__all__ = [
    "APPEALS_ONLY",
    "BASE_NOT_WHOLE",
    "CELLS_LACK_UNITS",
    "CENSORED_MISSES",
    "COMPLETE_COUNT",
    "COMPLETE_QUANTILE",
    "FEW_POSITIVES",
    "FROM_AGGREGATES",
    "LAG_IS_EXACT",
    "LOWER_BOUND",
    "MISSES_SAMPLED",
    "MISSES_WITHOUT_DECIDER",
    "NOTHING_COUNTED",
    "NOT_BLIND",
    "OF_NO_SAMPLE",
    "ONLY_CELLS_ELSEWHERE",
    "ONLY_DOUBLE_REVIEWED",
    "OTHER_VERSION",
    "QUANTILE_NOT_REACHED",
    "REGIONAL_TRUTH",
    "SESSIONS_WITHOUT_END",
    "SESSION_DAY",
    "STEP_NOT_TOLD",
    "SUMMED_OF_PARTS",
    "TOO_FEW",
    "UNKNOWN_DETECTION",
    "UNKNOWN_SEVERITY",
    "UNSETTLED",
    "VERSION_UNSTATED",
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
MISSES_SAMPLED = (
    "Actions are all counted and misses estimated from a sample: no interval is worked"
    " out for this percentile."
)
MISSES_WITHOUT_DECIDER = (
    "Nobody decided on a miss: split by who decided, queue, automation or model, misses"
    " stand under unknown and the other parts hold acted-on incidents alone."
)
CENSORED_MISSES = (
    "Violations that the random sample found unactioned stay waiting; without such a"
    " sample the value holds for actioned cases only."
)
SESSIONS_WITHOUT_END = (
    "Sessions left out because their end never arrived; they began more than 48 hours"
    " before: {count}."
)
SESSION_DAY = "The period is the day of the LIVE session, not the day of the event."
REGIONAL_TRUTH = (
    "Judged by regional review against the policy version in force; a policy"
    " difference is not counted as an error."
)
UNKNOWN_DETECTION = "Decisions without a recorded detection are left out of both sides."
UNKNOWN_SEVERITY = (
    "Cases whose decision states no severity, or never arrived, are left out of both"
    " sides."
)
UNSETTLED = (
    "Borderline units and those that nobody could review any more are left out of both"
    " sides; the worst case shows what they could change."
)
ONLY_DOUBLE_REVIEWED = "It speaks of the items that two people judged blind."
OF_NO_SAMPLE = "Verdicts left out because no known random sample drew them: {count}."
NOT_BLIND = "Verdicts left out because not every judgment was blind: {count}."
OTHER_VERSION = (
    "Verdicts left out because they were judged by a policy version that was not in"
    " force: {count}."
)
VERSION_UNSTATED = (
    "Verdicts that do not say by which policy version they were judged; the one in"
    " force is assumed: {count}."
)
WEIGHTS_MISSING = "Units without a weight were counted as one each."
FROM_AGGREGATES = (
    "From counted cells, not from rows: no interval of the change, no people, no"
    " percentiles, and only the splits that the cells carry."
)
CELLS_LACK_UNITS = "Counted cells without their denominator are left out."
ONLY_CELLS_ELSEWHERE = (
    "Markets that have only counted cells are left out; ask for each of them by itself."
)
SUMMED_OF_PARTS = (
    "Summed over the parts that were counted: a unit counted in two parts counts"
    " twice, and parts that nobody counted are missing."
)
TOO_FEW = "Too few units for this figure."
FEW_POSITIVES = "Fewer than 10 violating judgments: nothing to agree on."
NOTHING_COUNTED = "There is nothing to count over in this period."
QUANTILE_NOT_REACHED = "More violations than this share leaves were never acted on."
STEP_NOT_TOLD = (
    "Entries whose source did not count this step are left out on both sides."
)
BASE_NOT_WHOLE = "The earlier days that it is held against did not arrive whole."
