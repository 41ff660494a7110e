"""A brief built by hand, with every kind of line in it; no warehouse is needed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from atalaia.domain.trilingual import Trilingual
from atalaia.reporting.contents.brief import (
    Brief,
    Caveat,
    Figure,
    Freshness,
    Happening,
    Moved,
    Mover,
    Owed,
    Pair,
    Point,
    StepAway,
    StepsAway,
    Unit,
    Word,
)

DAY = date(2026, 7, 5)
WEEK_BEFORE = DAY - timedelta(days=7)


STILL = Moved(movers=(), compared=84, false_share=0.1)
"""Slices were compared, and none of them moved at all."""


def a_trend(level, *, spread=0.0, days=28, open_days=2):
    """A wave around a level; the last days are provisional."""
    points = []
    for place in range(days):
        value = level * (1 + 0.12 * ((place * 7) % 5 - 2) / 2)
        bounds = {"low": value - spread, "high": value + spread} if spread else {}
        points.append(
            Point(
                day=DAY - timedelta(days=days - 1 - place),
                value=value,
                is_provisional=place >= days - open_days,
                **bounds,
            )
        )
    return tuple(points)


def a_figure(metric="M02", **changes):
    """A key figure of one day against the same weekday."""
    figure = Figure(
        metric=metric,
        name=Trilingual(
            en="Penalty ratio (creators)",
            es="Tasa de sanción (creadores)",
            pt="Taxa de penalização (criadores)",
        ),
        unit=Unit.SHARE,
        start=DAY,
        end=DAY,
        compared_start=WEEK_BEFORE,
        compared_end=WEEK_BEFORE,
        value=0.0312,
        before=0.0251,
        change=0.0061,
        change_low=0.0021,
        change_high=0.0101,
        word=Word.REAL,
        target=0.03,
        lower_is_better=True,
        n=12_431,
        trend=a_trend(0.028),
    )
    return replace(figure, **changes)


def figures():
    """One figure for each way in which a card can look."""
    return (
        a_figure(),
        a_figure(
            "M01",
            name=Trilingual(
                en="Penalty cases", es="Casos de sanción", pt="Casos de penalidade"
            ),
            unit=Unit.COUNT,
            value=1_284.0,
            before=1_251.0,
            change=33.0,
            change_low=-61.0,
            change_high=127.0,
            word=Word.NOISE,
            target=None,
            trend=a_trend(1_260),
            is_provisional=True,
            completeness=0.973,
        ),
        a_figure(
            "M10",
            name=Trilingual(
                en="Overkill (wrong enforcement)",
                es="Overkill (sanción indebida)",
                pt="Overkill (punição indevida)",
            ),
            start=DAY - timedelta(days=6),
            compared_start=DAY - timedelta(days=13),
            compared_end=WEEK_BEFORE,
            value=0.058,
            low=0.043,
            high=0.077,
            before=0.061,
            change=-0.003,
            change_low=-0.02,
            change_high=0.014,
            word=Word.UNCLEAR,
            n=842,
            trend=a_trend(0.06, spread=0.02, days=14),
        ),
        a_figure(
            "M12",
            name=Trilingual(
                en="Leakage (missed violation)",
                es="Leakage (infracción no detectada)",
                pt="Leakage (violação não detectada)",
            ),
            value=None,
            before=None,
            change=None,
            change_low=None,
            change_high=None,
            n=0,
            reason="No probability sample of passed units covers these days.",
            target=None,
            trend=(),
        ),
        a_figure(
            "M23",
            name=Trilingual(
                en="Time to action, p90",
                es="Tiempo hasta la acción, p90",
                pt="Tempo até a ação, p90",
            ),
            unit=Unit.SECONDS,
            value=2_310.0,
            before=1_980.0,
            change=330.0,
            change_low=-90.0,
            change_high=750.0,
            word=Word.NOISE,
            target=1_800.0,
            n=1_102,
            trend=a_trend(2_100),
        ),
    )


def a_brief(**changes):
    """A Sunday in Brazil with a match ahead and one agency in trouble."""
    match = Happening(
        start=DAY,
        end=DAY,
        name=Trilingual(
            en="World Cup, round of 16", es="Mundial, octavos", pt="Copa, oitavas"
        ),
        kind=Trilingual(en="match", es="partido", pt="jogo"),
        markets=("BR", "MX"),
    )
    release = Happening(
        start=DAY - timedelta(days=9),
        end=DAY - timedelta(days=9),
        name=Trilingual(
            en="Model m-2026.06", es="Modelo m-2026.06", pt="Modelo m-2026.06"
        ),
        kind=Trilingual(en="release", es="lanzamiento", pt="lançamento"),
        markets=("BR",),
    )
    brief = Brief(
        market="BR",
        market_name=Trilingual(en="Brazil", es="Brasil", pt="Brasil"),
        zone="America/Sao_Paulo",
        day=DAY,
        as_of=datetime(2026, 7, 6, 9, 0, tzinfo=UTC),
        figures=figures(),
        pairs=(
            Pair(why="One must not be bought with the other.", metrics=("M10", "M12")),
            Pair(
                why="Fewer penalties may only mean that nobody looked.",
                metrics=("M02", "M23"),
            ),
        ),
        moved=Moved(
            compared=84,
            false_share=0.1,
            movers=(
                Mover(
                    metric="M01",
                    name=Trilingual(
                        en="Penalty cases",
                        es="Casos de sanción",
                        pt="Casos de penalidade",
                    ),
                    unit=Unit.COUNT,
                    slice_name=Trilingual(
                        en="Suggestive dance",
                        es="Baile sugerente",
                        pt="Dança sugestiva",
                    ),
                    start=DAY - timedelta(days=6),
                    end=DAY,
                    before=41.0,
                    after=97.0,
                    word=Word.REAL,
                    change_low=21.0,
                    change_high=91.0,
                    confidence=0.9994,
                    also=(
                        Trilingual(
                            en="Agency ag-0012",
                            es="Agencia ag-0012",
                            pt="Agência ag-0012",
                        ),
                    ),
                ),
            ),
        ),
        owed_by_region=Owed(open=14, urgent=2, past_due=3, oldest_hours=76.0),
        owed_by_central=Owed(open=31, urgent=1, past_due=9, oldest_hours=212.0),
        steps_away=StepsAway(
            creators=8,
            managed=6,
            agencies=1,
            lines=(
                StepAway(
                    agency="ag-0012",
                    creators=6,
                    areas=(Trilingual(en="Minors", es="Menores", pt="Menores"),),
                    next_penalty=Trilingual(
                        en="LIVE suspension, 7 days",
                        es="Suspensión de LIVE, 7 días",
                        pt="Suspensão de LIVE, 7 dias",
                    ),
                ),
                StepAway(
                    agency=None,
                    creators=2,
                    areas=(Trilingual(en="Hate", es="Odio", pt="Ódio"),),
                    next_penalty=Trilingual(
                        en="LIVE suspension, 1 day",
                        es="Suspensión de LIVE, 1 día",
                        pt="Suspensão de LIVE, 1 dia",
                    ),
                ),
            ),
        ),
        happenings=(match,),
        marks=(release,),
        freshness=(
            Freshness(
                table=Trilingual(en="Penalties", es="Sanciones", pt="Penalidades"),
                newest_event_at=datetime(2026, 7, 6, 8, 40, tzinfo=UTC),
                lag_hours=0.3,
            ),
        ),
        completeness=0.973,
        caveats=(
            Caveat(
                message="Appeals of the last {days} days are still arriving.",
                fields={"days": 7},
            ),
        ),
        catalogue_hash="5f2c9a7e11d04b6f",
        snapshot="s-2026-07-06-0900",
    )
    return replace(brief, **changes)
