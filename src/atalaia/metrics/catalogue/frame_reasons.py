"""What figures of two sampling frames lack, and what to bear in mind.

Every text is an English key of the message catalogue.
"""

__all__ = [
    "NO_ENFORCED_SAMPLE",
    "NO_PASSED_SAMPLE",
    "NO_START",
    "ONE_POLICY_SEEN",
    "SAMPLE_STANDS_FOR_ALL",
    "TILL_THE_END",
]

NO_ENFORCED_SAMPLE = (
    "No data, because no random sample of what was acted on has been reviewed for this"
    " period: both samples are needed."
)
NO_PASSED_SAMPLE = (
    "No data, because no random sample of sessions that were let pass has been reviewed"
    " for this period: both samples are needed."
)
ONE_POLICY_SEEN = (
    "A review names one policy: what else was broken in the same session stays unseen,"
    " so that misses are somewhat more."
)
SAMPLE_STANDS_FOR_ALL = (
    "What was sampled stands for all days asked for, also for those that no sample drew"
    " from."
)
TILL_THE_END = (
    "Nobody records when a violation ends: what was not acted on counts until the"
    " session closed. Where the review did not settle when it began, it counts from the"
    " session's start, and two violations of one session count one by one: the share is"
    " an upper bound there."
)
NO_START = (
    "Incidents whose review did not settle when the violation began, and sessions whose"
    " audience nobody knows, are left out of both sides."
)
