"""What a proposed mapping says beside its lines, in the reader's words."""

from atalaia.language.catalogue import Translator
from atalaia.warehouse.contracts.contract import Field
from atalaia.warehouse.ingest.known_codes import Certainty, CodeReading
from atalaia.warehouse.ingest.period_guesses import PeriodGuess
from atalaia.warehouse.ingest.recognising import Likeness

__all__ = [
    "assumption_remark",
    "certainty_remark",
    "code_remark",
    "period_remark",
    "question_remark",
]


def certainty_remark(fit: Likeness, *, words: Translator) -> str:
    """Say how sure a column is, and why."""
    if fit.is_by_values:
        return _by_values(fit, words=words)
    if fit.certainty is Certainty.SURE:
        return words.text("sure: a known header")
    if fit.certainty is Certainty.LIKELY:
        return words.text("likely: read as '{word}'", word=fit.word)
    return _doubt(fit, words=words)


def _by_values(fit: Likeness, *, words: Translator) -> str:
    if fit.is_firm:
        return words.text("likely: its values say so")
    return words.text(
        "in doubt: only its values say so; take the # away if it is right"
    )


def _doubt(fit: Likeness, *, words: Translator) -> str:
    if fit.codes and all(code.certainty < Certainty.LIKELY for code in fit.codes):
        return words.text(
            "in doubt: a known header, but none of its values is a code of ours; say "
            "what each means and take the # away"
        )
    if fit.is_firm:
        return words.text("in doubt: looks like '{word}'; check it", word=fit.word)
    return words.text(
        "in doubt: looks like '{word}'; take the # away if it is right", word=fit.word
    )


def code_remark(code: CodeReading, *, words: Translator) -> str:
    """Say how sure a code is; nothing of an exact one."""
    if code.certainty is Certainty.SURE:
        return ""
    if code.certainty is Certainty.LIKELY:
        return words.text("likely: read as '{word}'", word=code.word)
    if code.certainty is Certainty.DOUBTFUL:
        return words.text(
            "in doubt: looks like '{word}'; take the # away if it is right",
            word=code.word,
        )
    return words.text("not known; its rows go to quarantine")


def period_remark(guess: PeriodGuess, *, words: Translator) -> str:
    """Say what of a period no header tells."""
    if guess.is_assumed and guess.grain == "week":
        return words.text("assumed: each date begins its week")
    if guess.is_assumed:
        return words.text("assumed: each date stands for its month")
    if guess.year is not None:
        return words.text("assumed: the year that the name of the file or sheet says")
    return ""


def assumption_remark(field: str, *, words: Translator) -> str:
    """Say what a line assumes that the export does not say."""
    said = {
        "policy_id": words.text("assumed: all policies together"),
        "slice": words.text("assumed: no further dimensions"),
        "round": words.text("assumed: the first round"),
        "subject": words.text("assumed: penalties fall on creators"),
        "period_end": words.text("assumed: each row is one day"),
        "decision_id": words.text("assumed: each penalty is a decision of its own"),
    }
    return said[field]


def question_remark(item: Field, *, words: Translator) -> str:
    """Ask the owner for a required field that no column gives."""
    if item.name == "measure":
        return words.text(
            "required: which metric is counted, as {example}; 'atalaia metrics list' "
            "shows them",
            example="{constant: M01}",
        )
    if item.name == "market":
        return words.text(
            "required, and no column gives it: name one, or give one market for all "
            "rows as {example}",
            example="{constant: BR}",
        )
    if item.allowed:
        return words.text(
            "required, and no column gives it: one of {codes}",
            codes=", ".join(str(code) for code in item.allowed),
        )
    return words.text("required, and no column gives it")
