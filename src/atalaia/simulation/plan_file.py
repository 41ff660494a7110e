"""Read a plan from its YAML file; what is wrong is shown with its line."""

from collections.abc import Iterable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.marked_entry import Entry, root_of
from atalaia.domain.marked_yaml import read_marked
from atalaia.domain.reference import Reference
from atalaia.simulation.incidents import read_incidents
from atalaia.simulation.plan import (
    Changes,
    Education,
    Factors,
    Moderation,
    Sampling,
    Scoring,
    WorldPlan,
    packaged,
)
from atalaia.simulation.queues import QUEUES
from atalaia.simulation.rates import Rates, load_rates
from atalaia.simulation.releases import read_app_versions, read_models
from atalaia.simulation.vocabulary import Vocabulary, bounded

__all__ = ["FewCreatorsError", "SharesNotWholeError", "load_plan"]

_MOST_FACTOR = 10
_MOST_SHIFT = 5


class SharesNotWholeError(ReferenceDataError):
    """Shares of a whole add up to something else."""

    message = "{place}\nThe shares of '{field}' add up to {value}, not to 1."
    next_step = "Change a share."


class FewCreatorsError(ReferenceDataError):
    """A world has more sessions a day than creators."""

    message = "{place}\n{creators} creators are too few for {sessions} sessions a day."
    next_step = "Plan at least as many creators as sessions a day."


def load_plan(path: Path | None = None, *, reference: Reference) -> WorldPlan:
    """Read a plan from YAML; without a path, the demo's.

    Raises a ReferenceDataError with file, line and nearest name on anything unknown.
    """
    root = root_of(read_marked(packaged("demo.yaml") if path is None else path))
    root.only(*(name.replace("shares", "markets") for name in _names(WorldPlan)))
    shares = _shares(root, known=reference.markets.codes)
    rates, policies = _rates(shares, reference=reference)
    versions = read_app_versions(root)
    words = Vocabulary(
        markets=tuple(market for market, _ in shares),
        model_of=_model_of(rates, policies),
        app_versions={version.version: version.from_day for version in versions},
        days=int(bounded(root, "days", low=1, high=3660)),
    )
    plan = WorldPlan(
        name=root.text("name"),
        seed=int(bounded(root, "seed", low=0, high=2**62)),
        start=root.day("start"),
        days=words.days,
        sessions=int(bounded(root, "sessions", low=1, high=10**9)),
        creators=int(bounded(root, "creators", low=1, high=10**8)),
        shares=shares,
        violation_scale=bounded(root, "violation_scale", low=0, high=20),
        test_share=_share(root, "test_share"),
        late_share=_share(root, "late_share"),
        app_versions=versions,
        models=read_models(root, scored_by=rates.model_of),
        scoring=_scoring(root.child("scoring"), reference=reference),
        moderation=_moderation(root.child("moderation"), reference=reference),
        sampling=_sampling(root.child("sampling")),
        changes=_changes(root.child("changes")),
        education=_education(root),
        incidents=read_incidents(root.items("incidents"), vocabulary=words),
    )
    _refuse_few_creators(plan, root)
    return plan


def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _rates(shares: Factors, *, reference: Reference) -> tuple[Rates, tuple[str, ...]]:
    policies = tuple(leaf.id for leaf in reference.policies.leaves)
    rates = load_rates(
        markets=tuple(market for market, _ in shares),
        policies=policies,
        known_markets=reference.markets.codes,
    )
    return rates, policies


def _model_of(rates: Rates, policies: tuple[str, ...]) -> dict[str, str]:
    """Return the model of each policy that a session can break."""
    happens = rates.violations.sum(axis=(0, 1)) > 0
    pairs = zip(policies, rates.model_of, happens, strict=True)
    return {policy: model for policy, model, is_broken in pairs if is_broken}


def _refuse_few_creators(plan: WorldPlan, root: Entry) -> None:
    needed = -(-plan.sessions // plan.days)
    if plan.creators < needed:
        raise FewCreatorsError(
            place=root.child("creators").mark, creators=plan.creators, sessions=needed
        )


def _shares(root: Entry, *, known: Iterable[str]) -> Factors:
    found = _factors(root, "markets", known=known, kind="market", low=0, high=1)
    total = sum(share for _, share in found)
    if abs(total - 1) > 1e-6:
        raise SharesNotWholeError(
            place=root.child("markets").mark, field="markets", value=f"{total:g}"
        )
    return found


def _factors(
    entry: Entry,
    field: str,
    *,
    known: Iterable[str],
    kind: str,
    low: float = 0,
    high: float = _MOST_FACTOR,
) -> Factors:
    """Return the number of each name listed; an unknown name is an error."""
    names = tuple(known)
    for named in entry.fields(field):
        replace(named, value=named.key).one_of(names, kind=kind)
    listed = entry.child(field)
    return tuple(
        (named.key, bounded(listed, named.key, low=low, high=high))
        for named in entry.fields(field)
    )


def _languages(reference: Reference) -> tuple[str, ...]:
    spoken = (tongue for market in reference.markets for tongue in market.languages)
    return tuple(dict.fromkeys(spoken))


def _scoring(entry: Entry, *, reference: Reference) -> Scoring:
    entry.only(*_names(Scoring))
    return Scoring(
        trap_shift=bounded(entry, "trap_shift", low=-_MOST_SHIFT, high=_MOST_SHIFT),
        language_shifts=_factors(
            entry,
            "language_shifts",
            known=_languages(reference),
            kind="language",
            low=-_MOST_SHIFT,
            high=_MOST_SHIFT,
        ),
    )


def _moderation(entry: Entry, *, reference: Reference) -> Moderation:
    entry.only(*_names(Moderation))
    return Moderation(
        miss_share=_share(entry, "miss_share"),
        false_share=_share(entry, "false_share"),
        trap_false_share=_share(entry, "trap_false_share"),
        mismatch_share=_share(entry, "mismatch_share"),
        mismatch_factor=bounded(entry, "mismatch_factor", low=0, high=_MOST_FACTOR),
        wrong_policy_share=_share(entry, "wrong_policy_share"),
        over_severe_share=_share(entry, "over_severe_share"),
        under_severe_share=_share(entry, "under_severe_share"),
        technical_share=_share(entry, "technical_share"),
        market_factors=_factors(
            entry, "market_factors", known=reference.markets.codes, kind="market"
        ),
        language_factors=_factors(
            entry, "language_factors", known=_languages(reference), kind="language"
        ),
        queue_factors=_factors(entry, "queue_factors", known=QUEUES, kind="queue"),
    )


def _share(entry: Entry, field: str) -> float:
    return bounded(entry, field, low=0, high=1)


def _sampling(entry: Entry) -> Sampling:
    entry.only(*_names(Sampling))
    sizes = {
        name: int(bounded(entry, name, low=0, high=10**6)) for name in _names(Sampling)
    }
    return Sampling(**sizes)


def _changes(entry: Entry) -> Changes:
    entry.only(*_names(Changes))
    return Changes(**{name: _share(entry, name) for name in _names(Changes)})


def _education(root: Entry) -> Education:
    """Read what programmes do; a plan that does not say has them do nothing."""
    if not root.has("education"):
        return Education()
    entry = root.child("education")
    entry.only(*_names(Education))
    return Education(offence_factor=_share(entry, "offence_factor"))
