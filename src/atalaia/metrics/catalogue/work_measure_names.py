"""What the measures of the desk's own work count, in three languages."""

from collections.abc import Mapping
from types import MappingProxyType

from atalaia.domain.trilingual import Trilingual

__all__ = ["WORK_MEASURE_NAMES"]

_WORDS: Mapping[str, tuple[str, str, str]] = {
    "accepted_diffs": (
        "diff cases that central accepted",
        "casos diff que el equipo central aceptó",
        "casos diff que o time central aceitou",
    ),
    "actions_due": (
        "actions that fell due",
        "acciones que vencían",
        "ações que venciam",
    ),
    "actions_on_time": (
        "actions done by their due date",
        "acciones hechas a tiempo",
        "ações feitas no prazo",
    ),
    "adopted_diffs": (
        "diff cases that took effect",
        "casos diff que entraron en vigor",
        "casos diff que entraram em vigor",
    ),
    "alert_wait_seconds": (
        "time until alerts were taken",
        "tiempo hasta que se dieron por vistas las alertas",
        "tempo até os alertas serem reconhecidos",
    ),
    "alerts_acknowledged": (
        "alerts that somebody took",
        "alertas que alguien dio por vistas",
        "alertas que alguém reconheceu",
    ),
    "alerts_closed": ("alerts closed", "alertas cerradas", "alertas fechados"),
    "alerts_worth_it": (
        "alerts explained or acted on",
        "alertas explicadas o con acción",
        "alertas explicados ou com ação",
    ),
    "cases_central": (
        "cases that central decided",
        "casos que el equipo central decidió",
        "casos que o time central decidiu",
    ),
    "cases_closed": ("cases closed", "casos cerrados", "casos fechados"),
    "cases_closed_with_due": (
        "closed cases that had a deadline",
        "casos cerrados que tenían plazo",
        "casos fechados que tinham prazo",
    ),
    "cases_due": (
        "cases that fell due",
        "casos cuyo plazo venció",
        "casos com prazo vencido no período",
    ),
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
        "casos enviados al equipo central",
        "casos enviados ao time central",
    ),
    "central_seconds": (
        "time spent with central",
        "tiempo en el equipo central",
        "tempo no time central",
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
    "completed_creators": (
        "creators who completed the programme",
        "creadores que completaron el programa",
        "criadores que concluíram o programa",
    ),
    "diff_recurrences": (
        "new cases of the same policy and trap",
        "casos nuevos de la misma política y trampa de falso positivo",
        "casos novos da mesma política e armadilha de falso positivo",
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
    "newest_events": (
        "newest event of each kind of fact",
        "dato más reciente de cada tipo",
        "dado mais recente de cada tipo",
    ),
    "open_cases": ("open cases", "casos abiertos", "casos abertos"),
    "paired_uplift": (
        "creators with two scores to compare",
        "creadores con dos puntajes que comparar",
        "criadores com duas notas a comparar",
    ),
    "reopened_cases": (
        "cases reopened within 14 days",
        "casos reabiertos en 14 días",
        "casos reabertos em 14 dias",
    ),
    "ruled_diffs": (
        "diff cases ruled on",
        "casos diff con resolución",
        "casos diff com decisão",
    ),
    "targeted_creators": (
        "creators targeted by the programme",
        "creadores objetivo del programa",
        "criadores visados pelo programa",
    ),
    "trial_cases": (
        "penalty cases of assigned creators",
        "casos de sanción de los creadores asignados",
        "casos de penalidade dos criadores alocados",
    ),
    "trial_incidents": (
        "net incidents of assigned creators",
        "incidentes netos de los creadores asignados",
        "incidentes líquidos dos criadores alocados",
    ),
    "trial_live_seconds": (
        "LIVE time of assigned creators",
        "tiempo de LIVE de los creadores asignados",
        "tempo de LIVE dos criadores alocados",
    ),
}
WORK_MEASURE_NAMES: Mapping[str, Trilingual] = MappingProxyType(
    {name: Trilingual(*texts) for name, texts in _WORDS.items()}
)
"""Cases, diffs, actions, changes, alerts and programmes, by the measure's name."""
