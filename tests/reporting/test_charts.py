"""What a chart says and how it is drawn."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from atalaia.domain.trilingual import Trilingual
from atalaia.estimation.estimate import Estimate
from atalaia.language.catalogue import translator
from atalaia.language.format import Voice
from atalaia.metrics.catalogue import CATALOGUE
from atalaia.metrics.question import Question
from atalaia.metrics.value import Answer, MetricValue
from atalaia.reporting.contents.brief import Happening
from atalaia.reporting.contents.spoken_chart import Bars, Lines
from atalaia.reporting.contents.wording.charts import (
    MOST_BARS,
    MOST_LINES,
    speak_chart,
)
from atalaia.reporting.formats.chart_definition import HATCHED, chart_definition
from atalaia.reporting.formats.chart_drawing import chart_picture, chart_svg
from builders import the_reference

FIRST = date(2026, 11, 1)
DAYS = 6
RELEASE = Happening(
    start=FIRST + timedelta(days=2),
    end=FIRST + timedelta(days=2),
    name=Trilingual(en="Model 7", es="Modelo 7", pt="Modelo 7"),
    kind=Trilingual(en="release", es="versión", pt="versão"),
    markets=(),
)


def a_value(metric: str, value: float | None, **changes: object) -> MetricValue:
    known = CATALOGUE[metric]
    whole = MetricValue(
        metric=metric,
        version=1,
        catalogue_hash="x",
        dims={},
        start=FIRST,
        end=FIRST,
        numerator=1,
        denominator=None,
        value=value,
        unit=known.unit,
        n=100,
        as_of=datetime(2026, 11, 9, tzinfo=UTC),
        maturity="mature",
    )
    return replace(whole, **changes)


def an_answer(metric: str, *rows: MetricValue, grain: str = "day") -> Answer:
    end = FIRST + timedelta(days=DAYS - 1)
    question = Question(metric=metric, start=FIRST, end=end, grain=grain)
    return Answer(question=question, metric=CATALOGUE[metric], rows=rows)


def over_time(metric: str = "M03", **changes: object) -> Answer:
    days = [FIRST + timedelta(days=place) for place in range(DAYS)]
    rows = [
        a_value(metric, 0.02 + place / 100, start=day, end=day, **changes)
        for place, day in enumerate(days)
    ]
    return an_answer(metric, *rows)


def of_markets(metric: str, *codes: str) -> Answer:
    rows = [
        a_value(metric, float(place + 1), dims={"market": code}, n=100 - place)
        for place, code in enumerate(codes)
    ]
    return an_answer(metric, *rows, grain="period")


def chart(answer: Answer, *, language="en", marks=(), target=None, market=None):
    return speak_chart(
        answer,
        reference=the_reference(),
        marks=marks,
        target=target,
        voice=Voice(language=language, market=market),
        words=translator(language, missing="raise"),
    )


def svg(answer: Answer, **given) -> str:
    spoken = chart(answer, **given)
    return chart_svg(spoken, width=700, variables={}, described_by=spoken.says)


def test_the_sentence_says_what_the_line_shows():
    """Lowest, highest and last, for whoever does not look at it."""
    says = chart(over_time()).says

    assert says.startswith("Penalty ratio (sessions), ")
    assert says.endswith(": lowest 2.00%, highest 7.00%, last 7.00%.")


@pytest.mark.parametrize(
    ("language", "market", "shown"),
    [
        ("en", None, "7.00%"),
        ("es", "CO", "7,00"),
        ("es", "MX", "7.00"),
        ("pt", None, "7,00%"),
    ],
)
def test_numbers_are_written_as_the_reader_writes_them(language, market, shown):
    """In the drawing as in the sentence."""
    assert shown in svg(over_time(), language=language, market=market)


def test_a_count_is_drawn_from_zero():
    """From elsewhere, what moved would look larger than it is."""
    counts = [
        a_value("M01", 90 + place, start=FIRST + timedelta(days=place))
        for place in range(DAYS)
    ]

    assert chart(an_answer("M01", *counts)).ticks[0].at == 0


def test_a_share_is_drawn_where_it_lies():
    """A ratio near 50 % need not begin at nothing."""
    shares = [
        a_value("M03", 0.5 + place / 1000, start=FIRST + timedelta(days=place))
        for place in range(DAYS)
    ]

    assert chart(an_answer("M03", *shares)).ticks[0].at > 0


def test_only_the_slices_that_rest_on_most_are_drawn():
    """More lines than a reader can tell apart, and more bars than fit, hide it."""
    codes = tuple(the_reference().markets.codes)
    lines = [
        replace(row, start=day, end=day)
        for row in of_markets("M01", *codes).rows
        for day in (FIRST, FIRST + timedelta(days=1))
    ]

    assert len(chart(an_answer("M01", *lines)).lines) == MOST_LINES
    assert len(chart(of_markets("M01", *codes)).bars) == min(MOST_BARS, len(codes))


def test_one_value_is_no_chart():
    """A number alone says it better."""
    assert chart(an_answer("M01", a_value("M01", 3.0), grain="period")) is None


def test_a_value_that_is_missing_is_not_drawn_as_zero():
    """A day without a base has no point."""
    answer = over_time()
    gap = replace(answer.rows[2], value=None)
    spoken = chart(replace(answer, rows=(*answer.rows[:2], gap, *answer.rows[3:])))

    assert len(spoken.lines[0].points) == DAYS - 1


def test_days_that_may_still_change_are_hatched_and_ringed():
    """Two signs, of which none is a colour."""
    drawn = svg(over_time(maturity="provisional"))

    assert 'fill="url(#hatch-' in drawn
    assert HATCHED not in drawn
    assert HATCHED not in svg(over_time())


def test_an_interval_is_a_band():
    """It lies under its line."""
    estimate = Estimate(
        value=0.05, low=0.03, high=0.08, confidence=0.95, n=100, method="m", design="d"
    )
    with_band = chart_definition(
        chart(over_time(estimate=estimate)), width=700, height=260
    )
    without = chart_definition(chart(over_time()), width=700, height=260)

    assert "area" in json.dumps(with_band)
    assert "area" not in json.dumps(without)


def test_a_release_is_a_thin_line_with_a_letter():
    """The letter's meaning stands below the chart."""
    spoken = chart(over_time(), marks=(RELEASE,))

    assert [(mark.letter, mark.name) for mark in spoken.marks] == [("A", "Model 7")]
    assert ">A</text>" in svg(over_time(), marks=(RELEASE,))


def test_a_target_is_drawn_and_named():
    """It also fits into the axis, however far away it lies."""
    spoken = chart(over_time(), target=0.2)

    assert spoken.ticks[-1].at >= 0.2
    assert "target 20.0%" in svg(over_time(), target=0.2)


def test_names_at_the_ends_of_lines_keep_apart():
    """Two series that end at the same height can still be read."""
    rows = [
        a_value("M01", 10.0, dims={"market": code}, start=FIRST + timedelta(days=place))
        for code in ("BR", "MX", "CO")
        for place in range(2)
    ]
    drawn = svg(an_answer("M01", *rows))
    heights = [
        float(height)
        for height, name in re.findall(
            r"translate\([\d.]+,([\d.]+)\)\"[^>]*>((?:BR|MX|CO) 10)<", drawn
        )
        if name
    ]

    assert len(heights) == 3
    gaps = [b - a for a, b in zip(sorted(heights), sorted(heights)[1:], strict=False)]
    assert min(gaps) >= 13


def test_a_name_cannot_become_mark_up():
    """An agency is called as its owners like; in the drawing it is text."""
    evil = "</svg><script>alert(1)</script>"
    rows = [a_value("M01", 1.0, dims={"agency": n}) for n in (evil, "a_2")]
    drawn = svg(an_answer("M01", *rows, grain="period"))

    assert "<script" not in drawn
    assert drawn.count("</svg>") == 1


def test_a_page_s_colours_take_the_place_of_the_print_s():
    """One definition: what differs is only the ink."""
    spoken = chart(over_time())
    drawn = chart_svg(
        spoken, width=700, variables={"series1": "var(--s)"}, described_by="x"
    )

    assert 'stroke="var(--s)"' in drawn


def test_the_picture_is_a_png():
    """It can be pasted where no page goes."""
    assert chart_picture(chart(over_time())).startswith(b"\x89PNG")


def test_kinds_of_charts_follow_the_question():
    """Over time there are lines; of one period, slices."""
    assert isinstance(chart(over_time()), Lines)
    assert isinstance(chart(of_markets("M01", "BR", "MX")), Bars)
