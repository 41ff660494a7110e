"""What each measure counts, in a few words of three languages, for formulas."""

from collections.abc import Mapping
from types import MappingProxyType

from atalaia.domain.trilingual import Trilingual

__all__ = ["MEASURE_NAMES"]

ENTRIES = ("room entries", "entradas a la sala", "entradas na sala")
_WORDS: Mapping[str, tuple[str, str, str]] = {
    "accepted_diffs": (
        "diff cases that central accepted",
        "casos diff que central aceptó",
        "casos diff que o central aceitou",
    ),
    "actions": (
        "incidents, acted on or still waiting",
        "incidentes, con acción o aún en espera",
        "incidentes, com ação ou ainda à espera",
    ),
    "actions_due": ("actions due", "acciones por cumplir", "ações a cumprir"),
    "actions_on_time": (
        "actions done by their due date",
        "acciones hechas a tiempo",
        "ações feitas no prazo",
    ),
    "active_agency_creators": (
        "active creators of agencies",
        "creadores activos de agencias",
        "criadores ativos de agências",
    ),
    "active_creators": ("active creators", "creadores activos", "criadores ativos"),
    "adopted_diffs": (
        "diff cases that took effect",
        "casos diff que entraron en vigor",
        "casos diff que entraram em vigor",
    ),
    "alert_wait_seconds": (
        "time until alerts were taken",
        "tiempo hasta que se tomaron las alertas",
        "tempo até os alertas serem assumidos",
    ),
    "alerts_acknowledged": (
        "alerts that somebody took",
        "alertas que alguien tomó",
        "alertas que alguém assumiu",
    ),
    "alerts_closed": ("alerts closed", "alertas cerradas", "alertas fechados"),
    "alerts_worth_it": (
        "alerts explained or acted on",
        "alertas explicadas o con acción",
        "alertas explicados ou com ação",
    ),
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
    "cases_central": (
        "cases that central decided",
        "casos que central decidió",
        "casos que o central decidiu",
    ),
    "cases_closed": ("cases closed", "casos cerrados", "casos fechados"),
    "cases_closed_with_due": (
        "closed cases that had a deadline",
        "casos cerrados que tenían plazo",
        "casos fechados que tinham prazo",
    ),
    "cases_due": ("cases due", "casos por vencer", "casos a vencer"),
    "cases_met": (
        "cases that met both deadlines",
        "casos que cumplieron los dos plazos",
        "casos que cumpriram os dois prazos",
    ),
    "cases_not_returned": (
        "cases never returned as incomplete",
        "casos nunca devueltos por incompletos",
        "casos nunca devolvidos por incompletos",
    ),
    "cases_solved_in_time": (
        "cases solved within their SLA",
        "casos resueltos dentro de su SLA",
        "casos resolvidos dentro do SLA",
    ),
    "cases_submitted": (
        "cases sent to central",
        "casos enviados a central",
        "casos enviados ao central",
    ),
    "central_seconds": (
        "time spent with central",
        "tiempo en central",
        "tempo no central",
    ),
    "changes_deployed": (
        "changes deployed",
        "cambios desplegados",
        "mudanças implantadas",
    ),
    "changes_reviewed": (
        "changes whose review fell due",
        "cambios cuya revisión venció",
        "mudanças cuja revisão venceu",
    ),
    "changes_successful": (
        "changes that met their criterion",
        "cambios que cumplieron su criterio",
        "mudanças que cumpriram o critério",
    ),
    "clean_creators": (
        "active creators with no incident before",
        "creadores activos sin incidentes previos",
        "criadores ativos sem incidentes anteriores",
    ),
    "completed_creators": (
        "creators who completed the programme",
        "creadores que completaron el programa",
        "criadores que concluíram o programa",
    ),
    "decided_appeals": (
        "decided appeals",
        "apelaciones decididas",
        "recursos decididos",
    ),
    "diff_recurrences": (
        "new cases of the same policy and trap",
        "casos nuevos de la misma política y trampa",
        "casos novos da mesma política e armadilha",
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
        "decisiones aplicadas de detección conocida",
        "decisões aplicadas de detecção conhecida",
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
    "fields_filled": (
        "fields filled when first sent",
        "campos llenos al primer envío",
        "campos preenchidos no primeiro envio",
    ),
    "fields_required": (
        "fields that the SOP asks for",
        "campos que pide el SOP",
        "campos que o SOP pede",
    ),
    "first_closings": (
        "cases first closed",
        "casos cerrados por primera vez",
        "casos fechados pela primeira vez",
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
        "creators whose next penalty is a higher rung",
        "creadores cuya siguiente sanción es un escalón más alto",
        "criadores cuja próxima penalidade é um degrau mais alto",
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
    "newest_events": (
        "newest event of each kind of fact",
        "hecho más reciente de cada tipo",
        "fato mais recente de cada tipo",
    ),
    "open_cases": ("open cases", "casos abiertos", "casos abertos"),
    "overturned_appeals": (
        "appeals overturned or reduced",
        "apelaciones revocadas o reducidas",
        "recursos revertidos ou reduzidos",
    ),
    "overturned_penalties": (
        "penalties overturned",
        "sanciones revocadas",
        "penalidades revertidas",
    ),
    "paired_uplift": (
        "creators with two scores to compare",
        "creadores con dos puntajes que comparar",
        "criadores com duas notas a comparar",
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
    "reopened_cases": (
        "cases reopened within 14 days",
        "casos reabiertos en 14 días",
        "casos reabertos em 14 dias",
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
    "ruled_diffs": (
        "diff cases ruled on",
        "casos diff con resolución",
        "casos diff com decisão",
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
    "targeted_creators": (
        "creators targeted by the programme",
        "creadores objetivo del programa",
        "criadores visados pelo programa",
    ),
    "trial_incidents": (
        "net incidents of assigned creators",
        "incidentes netos de los creadores asignados",
        "incidentes líquidos dos criadores designados",
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
    {name: Trilingual(*texts) for name, texts in _WORDS.items()}
)
"""By the measure's name; an owner's own measures are told by their view instead."""
