"""What people read in place of the name of a fact table."""

from collections.abc import Mapping
from types import MappingProxyType

from atalaia.domain.trilingual import Trilingual

__all__ = ["FACT_NAMES"]

FACT_NAMES: Mapping[str, Trilingual] = MappingProxyType(
    {
        "creator": Trilingual(en="Creators", es="Creadores", pt="Criadores"),
        "agency": Trilingual(en="Agencies", es="Agencias", pt="Agências"),
        "live_session": Trilingual(
            en="LIVE sessions", es="Sesiones de LIVE", pt="Sessões de LIVE"
        ),
        "session_segment": Trilingual(
            en="Session segments", es="Segmentos de sesión", pt="Segmentos de sessão"
        ),
        "guest": Trilingual(en="Guests", es="Invitados", pt="Convidados"),
        "signal": Trilingual(en="Signals", es="Señales", pt="Sinais"),
        "moderation_decision": Trilingual(
            en="Moderation decisions",
            es="Decisiones de moderación",
            pt="Decisões de moderação",
        ),
        "penalty": Trilingual(en="Penalties", es="Sanciones", pt="Penalidades"),
        "appeal": Trilingual(en="Appeals", es="Apelaciones", pt="Recursos"),
        "traffic_snapshot": Trilingual(en="Traffic", es="Tráfico", pt="Tráfego"),
        "sample": Trilingual(en="Samples", es="Muestras", pt="Amostras"),
        "review": Trilingual(
            en="Quality reviews", es="Revisiones de calidad", pt="Revisões de qualidade"
        ),
        "verdict": Trilingual(en="Verdicts", es="Veredictos", pt="Vereditos"),
        "aggregate": Trilingual(
            en="Counted cells", es="Celdas contadas", pt="Células contadas"
        ),
        "case_log": Trilingual(
            en="Cases of the old log",
            es="Casos del registro anterior",
            pt="Casos do registro antigo",
        ),
        "case": Trilingual(en="Cases", es="Casos", pt="Casos"),
        "case_event": Trilingual(
            en="Case moves", es="Movimientos de casos", pt="Movimentações de casos"
        ),
        "diff_case": Trilingual(en="Diff cases", es="Casos diff", pt="Casos diff"),
        "change_request": Trilingual(
            en="Change requests",
            es="Solicitudes de cambio",
            pt="Solicitações de mudança",
        ),
        "action": Trilingual(en="Actions", es="Acciones", pt="Ações"),
        "enrolment": Trilingual(
            en="Programme enrolments",
            es="Inscripciones en programas",
            pt="Inscrições em programas",
        ),
        "alert": Trilingual(en="Alerts", es="Alertas", pt="Alertas"),
    }
)
