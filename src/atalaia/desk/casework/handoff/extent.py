"""How many are affected: the count, the sample behind it, and how sure it makes us."""

from atalaia.desk.casework.handoff.answers import NOT_ASKED, NOT_GIVEN, Answers
from atalaia.desk.casework.handoff.document import Line
from atalaia.estimation.estimate import Estimate
from atalaia.estimation.estimators.clopper_pearson import clopper_pearson

__all__ = ["extent_lines", "share_in_words"]


def extent_lines(answers: Answers) -> list[Line]:
    """Return what is known of the number affected; what is missing is said."""
    return [
        answers.line("Affected (N)", "affected_n"),
        Line(label="Sample", text=_sample(answers)),
        Line(label="Interval", text=_interval(answers)),
    ]


def share_in_words(share: Estimate) -> str:
    """Return a share with its interval, n and method.

    >>> share_in_words(clopper_pearson(12, 20))
    '60.0 % (36.1 to 80.9 %; 95 % interval, n = 20, Clopper-Pearson)'
    """
    if share.value is None or share.low is None or share.high is None:
        return f"unknown ({share.reason})"
    level = f"{share.confidence:.0%}".replace("%", " %")
    return (
        f"{share.value * 100:.1f} % "
        f"({share.low * 100:.1f} to {share.high * 100:.1f} %; "
        f"{level} interval, n = {share.n:,}, {share.method})"
    )


def _sample(answers: Answers) -> str:
    n, wrong = answers.count("sample_n"), answers.count("sample_wrong_n")
    if n is None:
        return answers.said("sample_n")
    told = "how many of them were wrong was not given"
    told = told if wrong is None else f"{wrong:,} of them wrong"
    random = answers.value("sample_is_random")
    drawn = {True: "drawn at random", False: "not drawn at random"}
    return f"n = {n:,}; {told}; {drawn.get(random, 'how it was drawn was not given')}"


def _interval(answers: Answers) -> str:
    n, wrong = answers.count("sample_n"), answers.count("sample_wrong_n")
    is_random = answers.value("sample_is_random")
    if n is None or wrong is None:
        return _without(answers)
    if not 0 <= wrong <= n or n == 0:
        return f"None: the sample does not add up ({wrong:,} wrong of {n:,})."
    if is_random is False:
        return "None: cases picked by hand do not tell how often it happens."
    share = clopper_pearson(wrong, n)
    told = share_in_words(share) + _scaled(share, answers.count("sample_frame_n"))
    doubt = "" if is_random else ", if the sample was drawn at random"
    return f"{told}{doubt}"


def _without(answers: Answers) -> str:
    if answers.said("sample_n") == NOT_ASKED:
        return "None: the number is a count, not an estimate."
    has_n = answers.said("sample_n") != NOT_GIVEN
    lacks = "the number of wrong decisions in it" if has_n else "the size of a sample"
    return f"None: {lacks} was not given."


def _scaled(share: Estimate, frame: int | None) -> str:
    if frame is None or share.value is None or share.low is None or share.high is None:
        return ""
    ends = [round(each * frame) for each in (share.value, share.low, share.high)]
    return f"; of {frame:,} decisions: {ends[0]:,} ({ends[1]:,} to {ends[2]:,})"
