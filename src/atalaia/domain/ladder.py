"""The penalty ladder: what a code does, to whom, how long, and how heavy it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from atalaia.domain.codes import Domain, PenaltyCode, Subject
from atalaia.domain.errors import QuestionError
from atalaia.domain.invariants import penalties_are_complete, rungs_are_distinct
from atalaia.domain.marked_entry import Entry, root_of
from atalaia.domain.marked_yaml import read_marked
from atalaia.domain.names import CodeNames
from atalaia.domain.nearest import nearest
from atalaia.domain.trilingual import Trilingual

__all__ = [
    "Ladders",
    "NothingToRankError",
    "Rung",
    "StrikeRules",
    "UnknownPenaltyError",
    "load_ladders",
]


class UnknownPenaltyError(QuestionError):
    """A penalty code that the ladder does not hold."""

    message = "The penalty '{code}' is not known."
    next_step = "Did you mean: {nearest}?"


class NothingToRankError(QuestionError):
    """The heaviest of no penalties was asked for."""

    message = "There is no heaviest among no penalties."
    next_step = "Ask only for incidents that have at least one penalty."


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One penalty code; `hours` is 0 where done at once, None where without end."""

    code: PenaltyCode
    name: Trilingual
    subject: Subject
    reversible: bool
    strike_reversible: bool
    stops_live: bool
    hours: int | None
    ranks: Mapping[Domain, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class StrikeRules:
    """How strikes count: per creator, first-level policy and feature."""

    expiry_days: int
    first_violation_is_warning: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladders:
    """All penalty codes on the two ladders, Trust & Safety and Ecosystem."""

    rungs: Mapping[PenaltyCode, Rung]
    strikes: StrikeRules

    def of(self, code: str) -> Rung:
        """Return all that is known of a code; raises UnknownPenaltyError."""
        try:
            return self.rungs[PenaltyCode(code)]
        except ValueError:
            known = nearest(code, list(PenaltyCode))
            raise UnknownPenaltyError(code=code, nearest=known) from None

    def rank(self, code: str, domain: Domain) -> int:
        """Return the weight of a code on a domain's ladder; 0 is beside the ladder."""
        return self.of(code).ranks[domain]

    def heaviest(self, codes: Iterable[str], *, domain: Domain) -> PenaltyCode:
        """Return the heaviest of an incident's penalties on its domain's ladder.

        Raises NothingToRankError where there is none.
        """
        rungs = [self.of(code) for code in codes]
        if not rungs:
            raise NothingToRankError
        return max(rungs, key=lambda rung: (rung.ranks[domain], rung.code)).code

    def is_suspension(self, code: str) -> bool:
        """Whether it keeps the creator from going LIVE, for a time or for good."""
        return self.of(code).stops_live

    def hours(self, code: str) -> int | None:
        """Return how long it lasts; 0 is done at once, None has no end of its own."""
        return self.of(code).hours

    def name(self, code: str) -> Trilingual:
        """Return what people call it."""
        return self.of(code).name

    def subject(self, code: str) -> Subject:
        """Return on whom it falls."""
        return self.of(code).subject

    def strike_reversible(self, code: str) -> bool:
        """Whether its strike can be taken back, even where lost time cannot."""
        return self.of(code).strike_reversible


def load_ladders(
    names: CodeNames, source: Traversable | str = "penalties.yaml"
) -> Ladders:
    """Read the penalty codes; every code must be there once, with its ranks."""
    root = root_of(read_marked(source))
    root.only("codes", "strikes")
    penalties_are_complete.check(root)
    rungs = [_rung(entry, names=names) for entry in root.fields("codes")]
    rungs_are_distinct.check(root)
    strikes = root.child("strikes")
    strikes.only(*StrikeRules.__dataclass_fields__)
    return Ladders(
        rungs={rung.code: rung for rung in rungs},
        strikes=StrikeRules(
            expiry_days=strikes.whole("expiry_days"),
            first_violation_is_warning=strikes.yes("first_violation_is_warning"),
        ),
    )


def _rung(entry: Entry, *, names: CodeNames) -> Rung:
    entry.only(
        "subject", "reversible", "strike_reversible", "stops_live", "hours", "rank"
    )
    code = PenaltyCode(entry.key)
    ranks = entry.child("rank")
    ranks.only(*Domain)
    return Rung(
        code=code,
        name=names.of(code),
        subject=entry.choice("subject", Subject),
        reversible=entry.yes("reversible"),
        strike_reversible=entry.yes("strike_reversible"),
        stops_live=entry.yes("stops_live"),
        hours=entry.whole("hours") if entry.has("hours") else None,
        ranks={domain: ranks.whole(domain) for domain in Domain},
    )
