"""Writes a proposed mapping as YAML, with a remark in the reader's words on each line.

What is not certain enough stands as a comment: the mapping then does without it, or
does not load until its owner has said what is required.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from atalaia.language.catalogue import Translator
from atalaia.warehouse.contracts.contract import Field
from atalaia.warehouse.ingest.known_codes import Certainty, CodeReading
from atalaia.warehouse.ingest.matching import ASSUMED, SAME_AS, Candidate, Match
from atalaia.warehouse.ingest.period_guesses import PeriodGuess
from atalaia.warehouse.ingest.pivots import Pivot
from atalaia.warehouse.ingest.proposal_remarks import (
    assumption_remark,
    certainty_remark,
    code_remark,
    period_remark,
    question_remark,
)
from atalaia.warehouse.ingest.vocabulary import folded

__all__ = ["Subject", "field_lines", "head_lines", "quoted", "remark_lines"]

RESERVED = frozenset({"yes", "no", "true", "false", "null", "on", "off", "y", "n"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a proposal is written for.

    Attributes:
        sheet: the sheet to read; None for all that fit.
        market: a market that no column gives; told by the owner, or by a name.
        decimal: the decimal mark, where every number of a column reads two ways.
    """

    file: str
    stem: str
    sheet: str | None = None
    pivot: Pivot | None = None
    market: str | None = None
    is_market_told: bool = False
    decimal: str | None = None


def quoted(text: str) -> str:
    """Return a YAML scalar; JSON's quoting is YAML's too."""
    is_plain = text.replace("_", "").replace(".", "").isalnum() and text.isascii()
    is_word = is_plain and not text[0].isdigit() and text.lower() not in RESERVED
    return text if is_word else json.dumps(text, ensure_ascii=False)


def remark_lines(*sentences: str) -> list[str]:
    """Return comments, each on one line whatever a header or sheet is called."""
    return [f"# {' '.join(sentence.split())}" for sentence in sentences]


def head_lines(subject: Subject, *, words: Translator) -> list[str]:
    """Return everything above the tables."""
    lines = remark_lines(
        words.text(
            "Proposed for {file}; look at every line before you use it.",
            file=subject.file,
        )
    )
    name = folded(subject.stem).replace(" ", "_") or "mapping"
    lines += [f"name: {quoted(name)}", "version: 1"]
    if subject.sheet is not None or subject.decimal is not None:
        lines.append("read:")
    if subject.sheet is not None:
        lines.append(f"  sheet: {quoted(subject.sheet)}")
    if subject.decimal is not None:
        example = "1.234" if subject.decimal == "," else "1,234"
        why = words.text("assumed: {example} is over a thousand", example=example)
        lines.append(f'  decimal: "{subject.decimal}"  # {why}')
    if subject.pivot is not None:
        lines.append("melt:")
        for dimension, labels in subject.pivot.melted.items():
            lines.append(f"  {dimension}: {json.dumps(labels, ensure_ascii=False)}")
    return lines


def field_lines(
    found: Candidate, *, subject: Subject, words: Translator
) -> tuple[list[str], list[str]]:
    """Return a table's lines, and the required fields that they leave open."""
    lines = [f"  {found.contract.name}:"]
    by_field = {match.field: match for match in found.matches}
    if found.period is not None:
        lines += _guess_lines(found.period, words=words)
    lines.append("    fields:")
    missing: list[str] = []
    melted = subject.pivot.codes if subject.pivot is not None else {}
    for item in found.contract.fields:
        if found.period is not None and item.name in ("period_start", "period_end"):
            continue
        match = by_field.get(item.name)
        dimension = {"market": "market", "policy_id": "policy"}.get(item.name, "")
        if dimension in melted:
            codes = _inline_codes(melted[dimension])
            lines.append(f"      {item.name}: {{by: {dimension}, codes: {codes}}}")
        elif match is not None:
            lines += _match_lines(match, words=words)
            if item.is_required and not match.likeness.is_firm:
                missing.append(item.name)
        elif item.is_required:
            line, is_open = _open_line(
                found, item, by_field=by_field, subject=subject, words=words
            )
            lines.append(line)
            missing += [item.name] if is_open else []
    return lines, missing


def _guess_lines(guess: PeriodGuess, *, words: Translator) -> list[str]:
    parts = [f"{guess.origin}: {quoted(guess.source)}"]
    parts += [f"grain: {guess.grain}"] if guess.grain else []
    parts += [f"year: {guess.year}"] if guess.year else []
    remark = period_remark(guess, words=words)
    said = f"  # {remark}" if remark else ""
    return [f"    period: {{{', '.join(parts)}}}{said}"]


def _match_lines(match: Match, *, words: Translator) -> list[str]:
    lines = list(_active_lines(match, words=words))
    if match.likeness.is_firm:
        return [f"      {line}" for line in lines]
    # The inner remarks would be comments of a comment.
    return [f"      # {line.removeprefix('# ')}" for line in lines]


def _active_lines(match: Match, *, words: Translator) -> Iterator[str]:
    fit = match.likeness
    said = certainty_remark(match.likeness, words=words)
    if match.is_bare:
        said = words.text("assumed: each cell counts cases")
    remark = f"  # {said}"
    coded = [code for code in fit.codes if code.code != code.text or not code.code]
    origin = "template" if match.clock is not None else "column"
    is_short = origin == "column" and match.unit is None and not coded
    if is_short:
        yield f"{match.field}: {quoted(match.source)}{remark}"
        return
    yield f"{match.field}:{remark}"
    yield f"  {origin}: {quoted(match.source)}"
    if match.unit is not None:
        yield f"  unit: {match.unit}"
    if coded:
        read = [code for code in fit.codes if code.certainty >= Certainty.LIKELY]
        yield "  codes:" if read else "  # codes:"
        yield from (_code_line(code, words=words) for code in fit.codes)


def _code_line(code: CodeReading, *, words: Translator) -> str:
    remark = code_remark(code, words=words)
    said = f"  # {remark}" if remark else ""
    if code.certainty is Certainty.NONE:
        return f"    # {quoted(code.text)}:{said}"
    mark = "# " if code.certainty is Certainty.DOUBTFUL else ""
    return f"    {mark}{quoted(code.text)}: {quoted(code.code)}{said}"


def _open_line(
    found: Candidate,
    item: Field,
    *,
    by_field: Mapping[str, Match],
    subject: Subject,
    words: Translator,
) -> tuple[str, bool]:
    """A required field without a column: an assumption, or a question to the owner."""
    name = item.name
    if name == "market" and subject.market is not None:
        told = (
            words.text("as you said")
            if subject.is_market_told
            else words.text("assumed: the name of the file or sheet says so")
        )
        return f"      market: {{constant: {subject.market}}}  # {told}", False
    assumed = ASSUMED.get((found.contract.name, name))
    if assumed is not None:
        why = assumption_remark(name, words=words)
        return f"      {name}: {assumed}  # {why}", False
    twin = by_field.get(SAME_AS.get((found.contract.name, name), ""))
    if twin is not None and twin.likeness.is_firm:
        why = assumption_remark(name, words=words)
        return f"      {name}: {quoted(twin.source)}  # {why}", False
    return f"      # {item.name}:  # {question_remark(item, words=words)}", True


def _inline_codes(labels: Mapping[str, str]) -> str:
    pairs = (f"{quoted(label)}: {quoted(code)}" for label, code in labels.items())
    return "{" + ", ".join(pairs) + "}"
