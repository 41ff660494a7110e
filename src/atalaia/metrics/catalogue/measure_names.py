"""What each measure counts, in a few words of three languages, for formulas."""

from collections.abc import Mapping
from types import MappingProxyType

from atalaia.domain.trilingual import Trilingual
from atalaia.metrics.catalogue.work_measure_names import WORK_MEASURE_NAMES

__all__ = ["MEASURE_NAMES"]

ENTRIES = ("room entries", "entradas a la sala", "entradas na sala")
_WORDS: Mapping[str, tuple[str, str, str]] = {
    "actions": (
        "incidents, acted on or still waiting",
        "incidentes, con acción o aún en espera",
        "incidentes, com ação ou ainda à espera",
    ),
    "active_agency_creators": (
        "active creators of agencies",
        "creadores activos de agencias",
        "criadores ativos de agências",
    ),
    "active_creators": ("active creators", "creadores activos", "criadores ativos"),
    "answered_appeals": (
        "decided appeals",
        "apelaciones decididas",
        "recursos decididos",
    ),
    "appealable_penalties": (
        "penalties that can be appealed",
        "sanciones apelables",
        "penalidades que admitem recurso",
    ),
    "appealed_penalties": (
        "penalties that were appealed",
        "sanciones apeladas",
        "penalidades com recurso",
    ),
    "blind_judgments": ("blind judgments", "juicios a ciegas", "julgamentos às cegas"),
    "clean_creators": (
        "active creators with no incident before",
        "creadores activos sin incidentes previos",
        "criadores ativos sem incidentes anteriores",
    ),
    "decided_appeals": (
        "decided appeals",
        "apelaciones decididas",
        "recursos decididos",
    ),
    "double_reviewed": (
        "items judged blind by two people",
        "casos juzgados a ciegas por dos personas",
        "itens julgados às cegas por duas pessoas",
    ),
    "effective_10s": (
        "entries that stayed 10 seconds",
        "entradas que duraron 10 segundos",
        "entradas que ficaram 10 segundos",
    ),
    "effective_60s": (
        "entries that stayed 60 seconds",
        "entradas que duraron 60 segundos",
        "entradas que ficaram 60 segundos",
    ),
    "enforced_decisions": (
        "enforced decisions of known detection",
        "decisiones aplicadas que dicen cómo se detectaron",
        "decisões aplicadas que dizem como foram detectadas",
    ),
    "entries": ENTRIES,
    "entries_of_effective_10s": ENTRIES,
    "entries_of_effective_60s": ENTRIES,
    "entries_of_gifters": ENTRIES,
    "entries_of_interactors": ENTRIES,
    "entries_of_new_follows": ENTRIES,
    "exposed_incidents": (
        "incidents whose start is settled",
        "incidentes de inicio establecido",
        "incidentes de início estabelecido",
    ),
    "exposed_viewer_seconds": (
        "viewer time before the first action",
        "tiempo de espectadores antes de la primera acción",
        "tempo de espectadores antes da primeira ação",
    ),
    "first_timers": (
        "creators with their first incident",
        "creadores con su primer incidente",
        "criadores com o primeiro incidente",
    ),
    "gifters": (
        "viewers who sent a gift",
        "espectadores que enviaron un regalo",
        "espectadores que enviaram um presente",
    ),
    "golden_answered": (
        "golden items answered",
        "casos patrón respondidos",
        "casos padrão respondidos",
    ),
    "golden_correct": (
        "golden items answered right",
        "casos patrón bien respondidos",
        "casos padrão respondidos corretamente",
    ),
    "impressions": ("impressions", "impresiones", "impressões"),
    "incidents": ("penalty cases", "casos de sanción", "casos de penalidade"),
    "ineligible_seconds": (
        "time kept off the For You feed",
        "tiempo fuera del feed Para ti",
        "tempo fora do feed Para Você",
    ),
    "interactors": (
        "viewers who liked, commented or shared",
        "espectadores que dieron me gusta, comentaron o compartieron",
        "espectadores que curtiram, comentaram ou compartilharam",
    ),
    "ladder_climbs": (
        "creators with a further incident on a heavier rung",
        "creadores con otro incidente en un escalón más alto",
        "criadores com outro incidente num degrau mais alto",
    ),
    "live_seconds": ("LIVE time", "tiempo de LIVE", "tempo de LIVE"),
    "lost_seconds": (
        "LIVE time of suspensions that were reversed",
        "tiempo de LIVE de suspensiones revertidas",
        "tempo de LIVE de suspensões revertidas",
    ),
    "missed_violations": (
        "violations that nobody acted on",
        "infracciones sin acción",
        "violações sem ação",
    ),
    "net_penalised_agency_creators": (
        "creators of agencies with a net penalty",
        "creadores de agencias con una sanción neta",
        "criadores de agências com uma penalidade líquida",
    ),
    "net_penalised_creators": (
        "creators with a net penalty",
        "creadores con una sanción neta",
        "criadores com uma penalidade líquida",
    ),
    "new_follows": ("new followers", "seguidores nuevos", "seguidores novos"),
    "overturned_appeals": (
        "appeals overturned or reduced",
        "apelaciones que prosperaron, en todo o en parte",
        "recursos providos, no todo ou em parte",
    ),
    "overturned_penalties": (
        "penalties overturned",
        "sanciones revocadas",
        "penalidades revertidas",
    ),
    "penalised_creators": (
        "creators with a penalty",
        "creadores con una sanción",
        "criadores com uma penalidade",
    ),
    "penalised_sessions": (
        "sessions with a penalty",
        "sesiones con una sanción",
        "sessões com uma penalidade",
    ),
    "penalties": ("penalties", "sanciones", "penalidades"),
    "proactive_decisions": (
        "decisions found before any report",
        "decisiones detectadas antes de una denuncia",
        "decisões detectadas antes de uma denúncia",
    ),
    "rated_incidents": (
        "penalty cases of known severity",
        "casos de sanción de gravedad conocida",
        "casos de penalidade de gravidade conhecida",
    ),
    "repeat_waits": (
        "creators with a further incident",
        "creadores con otro incidente",
        "criadores com outro incidente",
    ),
    "reviewed_automated": (
        "reviewed decisions that a machine took alone",
        "decisiones revisadas que tomó sola una máquina",
        "decisões revisadas que uma máquina tomou sozinha",
    ),
    "reviewed_automated_correct": (
        "of those, the right ones",
        "de ellas, las correctas",
        "delas, as corretas",
    ),
    "reviewed_correct": (
        "reviewed decisions that were right",
        "decisiones revisadas que eran correctas",
        "decisões revisadas que estavam corretas",
    ),
    "reviewed_decisions": (
        "reviewed decisions",
        "decisiones revisadas",
        "decisões revisadas",
    ),
    "reviewed_enforced": (
        "reviewed enforced incidents",
        "incidentes sancionados y revisados",
        "incidentes punidos e revisados",
    ),
    "reviewed_overkill": (
        "reviewed incidents judged overkill",
        "incidentes revisados que eran overkill",
        "incidentes revisados que eram overkill",
    ),
    "reviewed_passed": (
        "reviewed units that were let pass",
        "unidades revisadas que se dejaron pasar",
        "unidades revisadas que passaram",
    ),
    "reviewed_technical": (
        "reviewed decisions with a technical fault",
        "decisiones revisadas con una falla técnica",
        "decisões revisadas com falha técnica",
    ),
    "reviewed_violating": (
        "reviewed units that violate a policy",
        "unidades revisadas que infringen una política",
        "unidades revisadas que violam uma política",
    ),
    "reviewed_wrong_policy": (
        "reviewed incidents under the wrong policy",
        "incidentes revisados con la política equivocada",
        "incidentes revisados com a política errada",
    ),
    "reviewers_differ": (
        "items on which the two differ",
        "casos en que los dos difieren",
        "itens em que os dois divergem",
    ),
    "severe_incidents": (
        "penalty cases of critical or high severity",
        "casos de sanción de gravedad crítica o alta",
        "casos de penalidade de gravidade crítica ou alta",
    ),
    "source_entries": (
        "room entries by source",
        "entradas a la sala por fuente",
        "entradas na sala por fonte",
    ),
    "units_of_frames": (
        "valid sessions, by policy",
        "sesiones válidas, por política",
        "sessões válidas, por política",
    ),
    "valid_sessions": ("valid sessions", "sesiones válidas", "sessões válidas"),
    "views_of_frames": (
        "views of valid sessions",
        "vistas de sesiones válidas",
        "visualizações de sessões válidas",
    ),
    "violating_views": (
        "views that fell on a violation",
        "vistas que cayeron en una infracción",
        "visualizações que caíram em uma violação",
    ),
    "wrongly_actioned": (
        "sessions wrongly acted on",
        "sesiones con una acción indebida",
        "sessões com uma ação indevida",
    ),
}
MEASURE_NAMES: Mapping[str, Trilingual] = MappingProxyType(
    {
        **{name: Trilingual(*texts) for name, texts in _WORDS.items()},
        **WORK_MEASURE_NAMES,
    }
)
"""By the measure's name; an owner's own measures are told by their view instead."""
