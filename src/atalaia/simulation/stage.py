"""All that stays the same from day to day of one world, read once."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from atalaia.domain.codes import PenaltyCode, Subject
from atalaia.domain.markets import Market
from atalaia.domain.policies.tree import PolicyNotInForceError
from atalaia.domain.reference import Reference
from atalaia.simulation.agencies import Agencies, found_agencies
from atalaia.simulation.arrays import Flags, Floats, Ints
from atalaia.simulation.calendar_effects import CalendarEffects, read_calendar
from atalaia.simulation.candidates import ModelShift, Scoring, separation_of
from atalaia.simulation.creators import GENRES, Tongues, tongues_of
from atalaia.simulation.incidents import (
    AgencyWave,
    ModelRelease,
    PolicyChange,
    QueueLeak,
    TrafficFault,
)
from atalaia.simulation.local_time import Clocks, local_days, read_clocks
from atalaia.simulation.moderation import Pressure, no_pressure
from atalaia.simulation.plan import WorldPlan, factors_of
from atalaia.simulation.queues import QUEUES
from atalaia.simulation.rates import Rates, load_rates
from atalaia.simulation.routing import SEATS, Bench, moderator_names
from atalaia.simulation.rules import (
    CODES,
    Catalogue,
    Rules,
    Rulings,
    read_rules,
    ruled,
    stretch_of,
)
from atalaia.simulation.streams import Concern, Streams
from atalaia.simulation.traffic import SOURCES, Fault
from atalaia.simulation.traps import TrapTable, read_traps
from atalaia.simulation.violations import Wave
from atalaia.simulation.vocabulary import OutOfBoundsError

__all__ = ["Stage", "set_stage"]

_SUBJECTS = tuple(Subject)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """The plan with the reference as arrays.

    `clocks` are those of `tongues.zones`; `hides_creator` marks policies that a viewer
    breaks, so that nothing falls on the room or its creator.
    """

    plan: WorldPlan
    streams: Streams
    places: tuple[Market, ...]
    catalogue: Catalogue
    rules: tuple[Rules, ...]
    rates: Rates
    effects: CalendarEffects
    traps: TrapTable
    tongues: Tongues
    clocks: Clocks
    agencies: Agencies
    moderators: tuple[str, ...]
    bench: Bench
    model_versions: tuple[str, ...]
    language_shift: Floats
    policy_subject: Ints
    hides_creator: Flags
    strike_reversible: Flags
    expiry_days: int

    @property
    def shape(self) -> tuple[int, int]:
        """Markets and policies."""
        return len(self.catalogue.markets), len(self.catalogue.policies)

    def rules_on(self, day: int) -> Rules:
        """Return the rules of a day."""
        return [rules for rules in self.rules if rules.from_day <= day][-1]

    def rulings(self, at: Ints, *, market: Ints, policy: Ints) -> Rulings:
        """Return how policies read for decisions taken `at`, in UTC microseconds.

        The version in force is that of the decision's local date in the market's
        principal zone, not of the room's.
        """
        day = self._days_of(at, market=market)
        found = ruled(self.rules, day=day, market=market, policy=policy)
        for never in np.flatnonzero(~found.is_ever)[:1]:
            raise PolicyNotInForceError(
                policy=self.catalogue.policies[policy[never]],
                market=self.catalogue.markets[market[never]],
                on=(self.plan.start + timedelta(days=int(day[never]))).isoformat(),
                when="-",
            )
        return found

    def has_begun(self, at: Ints, *, market: Ints, policy: Ints) -> Flags:
        """Whether policies were in force by then, or had been; as `rulings` dates."""
        day = self._days_of(at, market=market)
        return ruled(self.rules, day=day, market=market, policy=policy).has_begun

    def habits(self, at: Ints, *, market: Ints, genre: Ints, habit: Ints) -> Ints:
        """Return each habit that is in force then, else what is usual there."""
        day = self._days_of(at, market=market)
        found = ruled(self.rules, day=day, market=market, policy=habit)
        other = np.flatnonzero(~found.is_in_force)
        in_force = np.array([one.is_in_force for one in self.rules])
        offered = in_force[stretch_of(self.rules, day=day[other]), market[other]]
        usual = self.rates.violations[market[other], genre[other]] * offered
        policy = habit.copy()
        policy[other] = np.argmax(usual, axis=1)
        return policy

    def _days_of(self, at: Ints, *, market: Ints) -> Ints:
        """Return principal-zone dates as days of the world; 0 where nothing changes."""
        if len(self.rules) == 1:
            return np.zeros_like(at)
        homes = [
            self.tongues.zones.index(place.principal_zone) for place in self.places
        ]
        dates = local_days(
            at,
            zone=np.array(homes)[market],
            clocks=self.clocks,
        )
        first = (self.plan.start - date(1970, 1, 1)).days
        days: Ints = dates - first
        return days

    def rates_on(self, day: int) -> Floats:
        """Return the day's violation rates, market x genre x policy."""
        factor = self.effects.risk_of(day, shape=self.shape)
        factor *= self.rules_on(day).is_in_force
        for change in self._changes(day):
            at = self.catalogue.markets.index(change.market)
            factor[at, self.catalogue.policy(change.policy)] *= change.rate_factor
        return self.rates.violations * factor[:, None, :] * self.plan.violation_scale

    def suspicions_on(self, day: int) -> Floats:
        """Return the day's rates, with a trace of all that anyone may suspect."""
        known = self.rates.violations.sum(axis=(0, 1)) > 0
        traces = self.rules_on(day).is_in_force & known
        rates: Floats = self.rates_on(day) + 1e-15 * traces[:, None, :]
        return rates

    def changed_on(self, day: int) -> list[tuple[int, int, int]]:
        """Return (market, policy, incident) of the policy changes at work."""
        return [
            (
                self.catalogue.markets.index(change.market),
                self.catalogue.policy(change.policy),
                self.plan.incidents.index(change),
            )
            for change in self._changes(day)
        ]

    def _changes(self, day: int) -> list[PolicyChange]:
        found = [item for item in self.plan.incidents if isinstance(item, PolicyChange)]
        return [change for change in found if change.is_active(day)]

    def waves_on(self, day: int) -> list[Wave]:
        """Return the agency waves at work."""
        waves = []
        for number, incident in enumerate(self.plan.incidents):
            if isinstance(incident, AgencyWave) and self._works(incident, day=day):
                waves.append(
                    Wave(
                        agency=self.agency_of(incident),
                        policy=self.catalogue.policy(incident.policy),
                        share=incident.share,
                        incident=number,
                    )
                )
        return waves

    def _works(self, incident: AgencyWave | ModelRelease, *, day: int) -> bool:
        """Whether the incident is at work, and its policy in force."""
        at = (
            self.catalogue.markets.index(incident.market),
            self.catalogue.policy(incident.policy),
        )
        return incident.is_active(day) and bool(self.rules_on(day).is_in_force[at])

    def agency_of(self, wave: AgencyWave) -> int:
        """Return the agency that a wave names by its rank in the market.

        Raises OutOfBoundsError where the market has fewer agencies.
        """
        offered = self.agencies.of_market(self.catalogue.markets.index(wave.market))
        if wave.rank > offered.size:
            raise OutOfBoundsError(
                place=wave.id, field="rank", value=wave.rank, low=1, high=offered.size
            )
        return int(offered[wave.rank - 1])

    def faults_on(self, day: int) -> list[Fault]:
        """Return the traffic faults at work."""
        versions = [version.version for version in self.plan.app_versions]
        return [
            Fault(
                app_version=versions.index(incident.app_version),
                source=[str(source) for source in SOURCES].index(incident.source),
                kept_share=incident.kept_share,
            )
            for incident in self.plan.incidents
            if isinstance(incident, TrafficFault) and incident.is_active(day)
        ]

    def scoring_on(self, day: int) -> Scoring:
        """Return the models in use: the newest release of each, faulty or not."""
        separation = np.zeros(self.shape[1])
        version = np.full(self.shape, -1)
        for release in sorted(self.plan.models, key=lambda item: item.from_day):
            if release.from_day <= day:
                own = np.array([m == release.model for m in self.rates.model_of])
                separation[own] = separation_of(release.auc)
                version[:, own] = self.model_versions.index(release.version)
        shifts = []
        for number, incident in enumerate(self.plan.incidents):
            if isinstance(incident, ModelRelease) and self._works(incident, day=day):
                market = self.catalogue.markets.index(incident.market)
                own = np.array([m == incident.model for m in self.rates.model_of])
                version[market, own] = self.model_versions.index(incident.version)
                shifts.append(
                    ModelShift(
                        market=market,
                        genre=[str(genre) for genre in GENRES].index(incident.genre),
                        policy=self.catalogue.policy(incident.policy),
                        shift=incident.score_shift,
                        share=incident.share,
                        incident=number,
                    )
                )
        return Scoring(
            separation=separation,
            version=version,
            trap_shift=self.plan.scoring.trap_shift,
            language_shift=self.language_shift,
            shifts=tuple(shifts),
        )

    def pressure_on(self, day: int) -> Pressure:
        """Return what incidents do to the moderators."""
        pressure = no_pressure(self.shape)
        for number, incident in enumerate(self.plan.incidents):
            if isinstance(incident, QueueLeak) and incident.is_active(day):
                queue = [str(queue) for queue in QUEUES].index(incident.queue)
                pressure.queue_miss[queue] = incident.miss_share
                pressure.queue_incident[queue] = number
            if isinstance(incident, PolicyChange) and incident.is_lagging(day):
                at = (
                    self.catalogue.markets.index(incident.market),
                    self.catalogue.policy(incident.policy),
                )
                pressure.policy_miss[at] = incident.lag_miss_share
                pressure.policy_incident[at] = number
        return pressure


def set_stage(plan: WorldPlan, *, reference: Reference) -> Stage:
    """Read all that a world needs; raises ReferenceDataError on what does not fit."""
    catalogue, rules = read_rules(plan, reference=reference)
    rates = load_rates(
        markets=catalogue.markets,
        policies=catalogue.policies,
        known_markets=reference.markets.codes,
    )
    streams = Streams(plan.seed)
    places = tuple(reference.markets.of(code) for code, _ in plan.shares)
    policy_subject = _subjects(reference)
    tongues = tongues_of(places)
    return Stage(
        plan=plan,
        streams=streams,
        places=places,
        catalogue=catalogue,
        rules=rules,
        rates=rates,
        effects=read_calendar(
            plan, reference=reference, rates=rates, catalogue=catalogue
        ),
        traps=read_traps(reference, rates=rates, catalogue=catalogue),
        tongues=tongues,
        clocks=_clocks(plan, tongues),
        agencies=found_agencies(streams.of(Concern.AGENCIES), plan),
        moderators=moderator_names(),
        bench=_bench(
            streams.of(Concern.MODERATORS), plan, places=places, tongues=tongues
        ),
        model_versions=_model_versions(plan),
        language_shift=_language_shifts(plan, tongues),
        policy_subject=policy_subject,
        hides_creator=policy_subject == _SUBJECTS.index(Subject.VIEWER),
        strike_reversible=_strikes_reversible(reference),
        expiry_days=reference.ladders.strikes.expiry_days,
    )


def _clocks(plan: WorldPlan, tongues: Tongues) -> Clocks:
    """Return the world's clocks; a decision can fall some weeks after its end."""
    return read_clocks(
        tongues.zones,
        first=plan.start - timedelta(days=2),
        last=plan.last_day + timedelta(days=60),
    )


def _subjects(reference: Reference) -> Ints:
    """Return on whom each policy's penalties fall, as indices of Subject."""
    return np.array(
        [_SUBJECTS.index(leaf.subject) for leaf in reference.policies.leaves]
    )


def _strikes_reversible(reference: Reference) -> Flags:
    """Return whether each penalty code's strike can be taken back."""
    return np.array(
        [reference.ladders.strike_reversible(PenaltyCode(code)) for code in CODES]
    )


def _language_shifts(plan: WorldPlan, tongues: Tongues) -> Floats:
    shifts = plan.scoring.language_shifts
    return np.array(factors_of(shifts, tongues.languages, usual=0))


def _bench(
    rng: np.random.Generator,
    plan: WorldPlan,
    *,
    places: tuple[Market, ...],
    tongues: Tongues,
) -> Bench:
    errors = plan.moderation
    markets = tuple(place.code for place in places)
    queues = tuple(map(str, QUEUES))
    return Bench(
        skill=rng.lognormal(-0.03, 0.25, len(QUEUES) * SEATS),
        market_factor=np.array(factors_of(errors.market_factors, markets, usual=1)),
        language_factor=np.array(
            factors_of(errors.language_factors, tongues.languages, usual=1)
        ),
        queue_factor=np.array(factors_of(errors.queue_factors, queues, usual=1)),
        portuguese=np.array([place.languages[0] == "pt" for place in places]),
    )


def _model_versions(plan: WorldPlan) -> tuple[str, ...]:
    names = [release.version for release in plan.models]
    faulty = [item for item in plan.incidents if isinstance(item, ModelRelease)]
    return tuple(dict.fromkeys([*names, *(release.version for release in faulty)]))
