"""Traffic: who is shown a LIVE, enters, stays and takes part; M48 to M52."""

from dataclasses import replace

from atalaia.domain.trilingual import Trilingual
from atalaia.metrics.catalogue import exclusions, measures, reasons, traffic_measures
from atalaia.metrics.metric import (
    Anchor,
    Direction,
    Kind,
    Method,
    Metric,
    Span,
    Unit,
    each,
)

__all__ = ["METRICS"]

EFFECTIVE_WATCH = Metric(
    id="M49",
    version=1,
    kind=Kind.ADDITIVE,
    method=Method.QUOTIENT,
    name=Trilingual(
        en="Effective-watch rate, 10 seconds",
        es="Tasa de visualización efectiva, 10 segundos",
        pt="Taxa de visualização efetiva, 10 segundos",
    ),
    definition=Trilingual(
        en="Share of room entries that stayed 10 seconds or more. Paid traffic,"
        " battles and guests stay out of the whole and are shown apart when split by"
        " source.",
        es="Proporción de entradas a la sala que se quedaron 10 segundos o más. El"
        " tráfico pagado, las batallas y los invitados quedan fuera del total y se"
        " muestran aparte al separar por fuente.",
        pt="Parcela das entradas na sala que ficaram 10 segundos ou mais. Tráfego"
        " pago, batalhas e convidados ficam fora do total e aparecem à parte ao"
        " separar por fonte.",
    ),
    numerator=traffic_measures.EFFECTIVE_10S,
    denominator=traffic_measures.ENTRIES_OF_10S,
    grain=each(Span.SESSION, "traffic_source"),
    anchor=Anchor.SESSION_START,
    reach_days=1,
    maturity_days=0,
    direction=Direction.HIGHER,
    unit=Unit.SHARE,
    min_n=5,
    guard_rails=("M48",),
    sop="traffic-check",
    no_interval_reason=reasons.COMPLETE_COUNT,
    exclusions=(reasons.STEP_NOT_TOLD, exclusions.ORGANIC_TRAFFIC_ONLY),
)
INTERACTION = replace(
    EFFECTIVE_WATCH,
    id="M50",
    name=Trilingual(
        en="Interaction rate", es="Tasa de interacción", pt="Taxa de interação"
    ),
    definition=Trilingual(
        en="Viewers who liked, commented or shared, per room entry. Paid traffic,"
        " battles and guests stay out of the whole and are shown apart when split by"
        " source.",
        es="Espectadores que dieron me gusta, comentaron o compartieron, por entrada a"
        " la sala. El tráfico pagado, las batallas y los invitados quedan fuera del"
        " total y se muestran aparte al separar por fuente.",
        pt="Espectadores que curtiram, comentaram ou compartilharam, por entrada na"
        " sala. Tráfego pago, batalhas e convidados ficam fora do total e aparecem à"
        " parte ao separar por fonte.",
    ),
    numerator=traffic_measures.INTERACTORS,
    denominator=traffic_measures.ENTRIES_OF_INTERACTORS,
    guard_rails=("M49", "M03"),
)

METRICS = (
    Metric(
        id="M48",
        version=1,
        kind=Kind.ADDITIVE,
        method=Method.QUOTIENT,
        name=Trilingual(
            en="Enter-room rate", es="Tasa de entrada", pt="Taxa de entrada"
        ),
        definition=Trilingual(
            en="Room entries per impression, for sources that count impressions. Paid"
            " traffic, battles and guests stay out of the whole and are shown apart"
            " when split by source.",
            es="Entradas por impresión, para las fuentes que cuentan impresiones. El"
            " tráfico pagado, las batallas y los invitados quedan fuera del total y se"
            " muestran aparte al separar por fuente.",
            pt="Entradas por impressão, para as fontes que contam impressões. Tráfego"
            " pago, batalhas e convidados ficam fora do total e aparecem à parte ao"
            " separar por fonte.",
        ),
        numerator=traffic_measures.ENTRIES,
        denominator=traffic_measures.IMPRESSIONS,
        grain=each(Span.SESSION, "traffic_source"),
        anchor=Anchor.SESSION_START,
        reach_days=1,
        maturity_days=0,
        direction=Direction.HIGHER,
        unit=Unit.SHARE,
        min_n=5,
        guard_rails=("M03",),
        sop="traffic-check",
        no_interval_reason=reasons.COMPLETE_COUNT,
        exclusions=(
            exclusions.SHOWN_ONLY,
            exclusions.ORGANIC_TRAFFIC_ONLY,
        ),
    ),
    EFFECTIVE_WATCH,
    replace(
        EFFECTIVE_WATCH,
        id="M49s60",
        name=Trilingual(
            en="Effective-watch rate, 60 seconds",
            es="Tasa de visualización efectiva, 60 segundos",
            pt="Taxa de visualização efetiva, 60 segundos",
        ),
        definition=Trilingual(
            en="Share of room entries that stayed 60 seconds or more; counted as the"
            " rate at 10 seconds is (M49).",
            es="Proporción de entradas a la sala que se quedaron 60 segundos o más; se"
            " cuenta como la tasa a los 10 segundos (M49).",
            pt="Parcela das entradas na sala que ficaram 60 segundos ou mais; contada"
            " como a taxa aos 10 segundos (M49).",
        ),
        numerator=traffic_measures.EFFECTIVE_60S,
        denominator=traffic_measures.ENTRIES_OF_60S,
    ),
    INTERACTION,
    replace(
        INTERACTION,
        id="M50follow",
        name=Trilingual(
            en="Follow rate", es="Tasa de seguimiento", pt="Taxa de novos seguidores"
        ),
        definition=Trilingual(
            en="New followers per room entry; counted as the interaction rate is"
            " (M50).",
            es="Seguidores nuevos por entrada a la sala; se cuenta como la tasa de"
            " interacción (M50).",
            pt="Novos seguidores por entrada na sala; contada como a taxa de interação"
            " (M50).",
        ),
        numerator=traffic_measures.NEW_FOLLOWS,
        denominator=traffic_measures.ENTRIES_OF_FOLLOWS,
    ),
    replace(
        INTERACTION,
        id="M50gift",
        name=Trilingual(
            en="Gifter rate",
            es="Tasa de espectadores que regalan",
            pt="Taxa de espectadores que presenteiam",
        ),
        definition=Trilingual(
            en="Viewers who sent a gift, per room entry; counted as the interaction"
            " rate is (M50).",
            es="Espectadores que enviaron un regalo, por entrada a la sala; se cuenta"
            " como la tasa de interacción (M50).",
            pt="Espectadores que enviaram um presente, por entrada na sala; contada"
            " como a taxa de interação (M50).",
        ),
        numerator=traffic_measures.GIFTERS,
        denominator=traffic_measures.ENTRIES_OF_GIFTERS,
    ),
    Metric(
        id="M51",
        version=1,
        kind=Kind.ADDITIVE,
        method=Method.QUOTIENT,
        name=Trilingual(
            en="FYF-ineligible time share",
            es="Proporción de tiempo no apto para el feed Para ti",
            pt="Parcela do tempo não elegível para o feed Para Você",
        ),
        definition=Trilingual(
            en="Seconds that LIVE sessions were kept off the For You feed by a penalty,"
            " over all LIVE seconds. Penalties that overlap count once; what runs"
            " beyond the session and penalties void for a technical fault do not"
            " count.",
            es="Segundos en los que una sanción dejó a los LIVE fuera del feed Para ti,"
            " sobre todos los segundos de LIVE. Las sanciones que se superponen cuentan"
            " una vez; lo que excede al LIVE y las sanciones anuladas por una falla"
            " técnica no cuentan.",
            pt="Segundos em que uma penalidade deixou as LIVEs fora do feed Para Você,"
            " sobre todos os segundos de LIVE. Penalidades sobrepostas contam uma vez;"
            " o que passa do fim da LIVE e as penalidades anuladas por falha técnica"
            " não contam.",
        ),
        numerator=traffic_measures.INELIGIBLE_SECONDS,
        denominator=measures.LIVE_SECONDS,
        grain=each(Span.WEEK, "creator"),
        anchor=Anchor.SESSION_START,
        reach_days=14,
        maturity_days=14,
        direction=Direction.LOWER,
        unit=Unit.SHARE,
        min_n=3600,
        guard_rails=("M12",),
        sop="traffic-check",
        no_interval_reason=reasons.COMPLETE_COUNT,
        exclusions=(
            exclusions.VALID_SESSIONS_ONLY,
            exclusions.VOID_PENALTIES,
            exclusions.NO_END_OF_REVERSAL,
        ),
    ),
    Metric(
        id="M52",
        version=1,
        kind=Kind.EFFECT,
        method=Method.SHIFT,
        name=Trilingual(
            en="Source mix shift",
            es="Cambio en la composición de fuentes",
            pt="Mudança na composição de fontes",
        ),
        definition=Trilingual(
            en="How far the shares of room entries by source moved: half the sum of"
            " their absolute changes, from 0 to 1, against as many earlier days on the"
            " same days of the week. Paid traffic, battles and guests stay out. Chance"
            " alone moves a mix: it moved beyond chance only where the interval begins"
            " above zero.",
            es="Cuánto se movieron las proporciones de entradas por fuente: la mitad de"
            " la suma de sus cambios absolutos, de 0 a 1, frente a otros tantos días"
            " anteriores en los mismos días de la semana. El tráfico pagado, las"
            " batallas y los invitados quedan fuera. El azar solo ya mueve la"
            " composición: se movió más allá del azar solo si el intervalo empieza por"
            " encima de cero.",
            pt="Quanto mudaram as parcelas de entradas por fonte: metade da soma das"
            " mudanças absolutas, de 0 a 1, frente a igual número de dias anteriores"
            " nos mesmos dias da semana. Tráfego pago, batalhas e convidados ficam"
            " fora. O acaso sozinho já move a composição: ela mudou além do acaso só"
            " quando o intervalo começa acima de zero.",
        ),
        numerator=traffic_measures.SOURCE_ENTRIES,
        grain=each(Span.WEEK, "creator"),
        anchor=Anchor.SESSION_START,
        reach_days=1,
        maturity_days=0,
        direction=Direction.NEITHER,
        unit=Unit.SHARE,
        min_n=100,
        guard_rails=("M48",),
        sop="traffic-check",
        exclusions=(exclusions.VALID_SESSIONS_ONLY, exclusions.ORGANIC_TRAFFIC_ONLY),
    ),
)
