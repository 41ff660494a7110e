"""What questions split by, and where a view finds a dimension it does not carry."""

from collections.abc import Collection

import ibis

from atalaia.domain.trilingual import Trilingual
from atalaia.metrics.creator_spans import creator_spans
from atalaia.metrics.source import FactSource
from atalaia.metrics.views.policy_words import known, or_organic

__all__ = [
    "ATTACHED_BY_CREATOR",
    "ATTACHED_BY_SESSION",
    "DIMENSION_NAMES",
    "reachable",
    "with_dimensions",
]

ATTACHED_BY_CREATOR = ("tier", "genre")
ATTACHED_BY_SESSION = ("language", "category", "app_version")

DIMENSION_NAMES: dict[str, Trilingual] = {
    "market": Trilingual(en="market", es="mercado", pt="mercado"),
    "domain": Trilingual(en="domain", es="ámbito", pt="domínio"),
    "policy_l1": Trilingual(
        en="first-level policy",
        es="política de primer nivel",
        pt="política de primeiro nível",
    ),
    "policy": Trilingual(en="policy", es="política", pt="política"),
    "severity": Trilingual(en="severity", es="gravedad", pt="gravidade"),
    "lane": Trilingual(en="lane", es="vía", pt="via"),
    "actor": Trilingual(en="who decided", es="quién decidió", pt="quem decidiu"),
    "queue": Trilingual(en="queue", es="cola", pt="fila"),
    "automated": Trilingual(en="automation", es="automatización", pt="automação"),
    "model_version": Trilingual(
        en="model version", es="versión del modelo", pt="versão do modelo"
    ),
    "agency": Trilingual(en="agency", es="agencia", pt="agência"),
    "creator": Trilingual(en="creator", es="creador", pt="criador"),
    "tier": Trilingual(
        en="creator tier", es="nivel del creador", pt="nível do criador"
    ),
    "genre": Trilingual(
        en="creator's genre", es="género del creador", pt="gênero do criador"
    ),
    "category": Trilingual(
        en="session's genre", es="género del LIVE", pt="gênero da LIVE"
    ),
    "language": Trilingual(en="language", es="idioma", pt="idioma"),
    "app_version": Trilingual(
        en="app version", es="versión de la app", pt="versão do app"
    ),
    "traffic_source": Trilingual(
        en="traffic source", es="fuente de tráfico", pt="fonte de tráfego"
    ),
    "channel": Trilingual(
        en="appeal channel", es="canal de apelación", pt="canal do recurso"
    ),
    "unit": Trilingual(en="unit reviewed", es="unidad revisada", pt="unidade revisada"),
    "frame": Trilingual(
        en="sampling frame", es="marco muestral", pt="cadastro amostral"
    ),
    "case_type": Trilingual(en="case type", es="tipo de caso", pt="tipo de caso"),
    "priority": Trilingual(en="priority", es="prioridad", pt="prioridade"),
    "central_team": Trilingual(
        en="central team", es="equipo central", pt="time central"
    ),
    "sop": Trilingual(en="SOP", es="SOP (procedimiento)", pt="SOP (procedimento)"),
    "sop_version": Trilingual(
        en="SOP version", es="versión del SOP", pt="versão do SOP"
    ),
    "diff": Trilingual(en="diff case", es="caso diff", pt="caso diff"),
    "diff_type": Trilingual(en="diff type", es="tipo de diff", pt="tipo de diff"),
    "action_type": Trilingual(en="action type", es="tipo de acción", pt="tipo de ação"),
    "reviewer": Trilingual(en="reviewer", es="revisor", pt="revisor"),
    "penalty_match": Trilingual(
        en="given penalty against the one due",
        es="sanción aplicada frente a la debida",
        pt="penalidade aplicada frente à devida",
    ),
    "programme": Trilingual(en="programme", es="programa", pt="programa"),
    "rule": Trilingual(en="alert rule", es="regla de alerta", pt="regra de alerta"),
    "watched_metric": Trilingual(
        en="metric watched", es="métrica vigilada", pt="métrica monitorada"
    ),
    "table": Trilingual(en="kind of fact", es="tipo de dato", pt="tipo de dado"),
    "source": Trilingual(en="feed", es="fuente de datos", pt="fonte de dados"),
}


def reachable(columns: Collection[str]) -> frozenset[str]:
    """Return the dimensions that rows with these columns carry or can be joined to."""
    reached = set(columns)
    if "creator_id" in reached:
        reached.update(("creator", *ATTACHED_BY_CREATOR))
    if "session_id" in reached:
        reached.update(ATTACHED_BY_SESSION)
        if "agency_id" in reached:
            reached.add("agency")
    return frozenset(reached)


def with_dimensions(
    table: ibis.Table, facts: FactSource, *, asked: frozenset[str]
) -> ibis.Table:
    """Return the table with the asked dimensions that it lacks joined on.

    Joins are made only when asked for: most questions never touch the creator.
    """
    lacking = asked - set(table.columns)
    of_creator = [name for name in ATTACHED_BY_CREATOR if name in lacking]
    of_session = [name for name in ATTACHED_BY_SESSION if name in lacking]
    if "creator" in lacking:
        table = table.mutate(creator=known(table.creator_id))
    if of_creator:
        table = _as_of_their_day(table, facts, words=of_creator)
    if of_session:
        sessions = facts.table("live_session")
        table = _joined(table, sessions, on="session_id", words=of_session)
    return _with_agency(table, facts) if "agency" in lacking else table


def _as_of_their_day(
    table: ibis.Table, facts: FactSource, *, words: list[str]
) -> ibis.Table:
    """Join what the creator was on the row's business date, as then observed.

    A promotion leaves closed months alone. Days before a creator was first observed
    take the first observation: nothing earlier is known.
    """
    held = creator_spans(facts)
    joined = table.left_join(
        held.select("span_creator", "held_from", "held_until", *words),
        [
            table.creator_id == held.span_creator,
            table.business_date >= held.held_from,
            table.business_date < held.held_until,
        ],
    )
    filled = {word: known(joined[word]) for word in words}
    return joined.mutate(**filled).select(*table.columns, *words)


def _with_agency(table: ibis.Table, facts: FactSource) -> ibis.Table:
    """Join the agency: what the row itself says, else what its session says."""
    sessions = facts.table("live_session").select(
        "session_id", session_agency="agency_id"
    )
    joined = table.left_join(sessions, "session_id")
    own, of_session = joined.agency_id.nullif(""), joined.session_agency.nullif("")
    return joined.mutate(agency=or_organic(ibis.coalesce(own, of_session))).select(
        *table.columns, "agency"
    )


def _joined(
    table: ibis.Table, other: ibis.Table, *, on: str, words: list[str]
) -> ibis.Table:
    attributes = other.select(on, *words)
    joined = table.left_join(attributes, on)
    filled = {word: known(joined[word]) for word in words}
    return joined.mutate(**filled).select(*table.columns, *words)
