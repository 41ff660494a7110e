"""`atalaia metrics why` through the real command line, on facts taken in."""

import csv
import io
import json

import pytest

pytestmark = pytest.mark.slow

SPAN = ("--from", "2026-06-29", "--to", "2026-07-05")


def number(text):
    return float(text.replace("−", "-").replace(",", ""))


@pytest.fixture
def document(run):
    def asked(*arguments):
        code, out, err = run("metrics", "why", *arguments, "--format", "json")
        assert code == 0, err
        return json.loads(out)

    return asked


@pytest.mark.parametrize(
    ("metric", "by"),
    [
        ("M01", "policy_l1,market"),
        ("M02", "agency"),
    ],
)
def test_the_parts_add_up_to_the_change_to_the_last_bit(document, metric, by):
    """What other programs get is exact to 1e-9, whatever the split."""
    body = document(metric, "--by", by, *SPAN)
    parts = sum(part["total"] for part in body["parts"])
    assert body["format"] == 1
    assert body["along"] == by.split(",")
    assert parts == pytest.approx(body["change"]["value"], rel=1e-9, abs=1e-9)


def test_both_sides_are_what_compute_says(run, document):
    """One number has one definition: the split starts from the catalogue's values."""
    body = document("M02", "--market", "BR", *SPAN)
    for side, span in (("before", ("2026-06-22", "2026-06-28")), ("after", SPAN[1::2])):
        asked = ("--from", span[0], "--to", span[1], "--market", "BR")
        _, out, _ = run("metrics", "compute", "M02", *asked, "--format", "json")
        assert body[side]["value"] == json.loads(out)["rows"][0]["value"]


def test_what_is_shown_adds_up_for_a_reader_with_a_pencil(run):
    """Rounded or not, every column sums to its last line, every line to its end."""
    _, out, _ = run("metrics", "why", "M01", "--by", "policy_l1,market", *SPAN)
    table = out.split("Volume  Mix  Adds")[1].split("·  ")[0].splitlines()[1:]
    rows = [
        [number(cell) for cell in line.split()[-3:]]
        for line in table
        if line and not line.startswith("· ")
    ]
    *slices, whole = rows
    assert len(slices) == 10
    for column in range(3):
        assert sum(row[column] for row in slices) == whole[column]
    assert all(volume + mix == adds for volume, mix, adds in rows)


def test_largest_first_and_the_rest_together(run, document):
    sizes = [
        abs(part["total"]) for part in document("M03", "--by", "category")["parts"]
    ]
    _, out, _ = run("metrics", "why", "M03", "--by", "category")
    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) > 10
    assert f"{len(sizes) - 9} others" in out


def test_two_slices_are_compared_like_two_periods(document):
    body = document("M03", "--market", "BR", "--against", "market=MX", *SPAN)
    assert body["before"]["where"] == {"market": "MX"}
    assert body["after"]["where"] == {"market": "BR"}
    assert body["before"]["start"] == body["after"]["start"]


def test_csv_has_a_line_a_slice_and_the_counts_behind_it(run):
    _, out, _ = run("metrics", "why", "M03", "--by", "market", *SPAN, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {row["market"] for row in rows} == {"BR", "MX"}
    assert all(float(row["denominator_after"]) > 0 for row in rows)


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_a_change_is_told_in_the_readers_language(run, language, snapshot):
    """The change with its interval and its word, then its parts, then their meaning."""
    asked = ("metrics", "why", "M02", "--by", "tier", *SPAN)
    code, out, _ = run(*asked, language=language)
    assert code == 0
    assert out == snapshot


def test_a_phone_gets_lines_and_no_columns(run, snapshot, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    _, out, _ = run("metrics", "why", "M03", "--by", "tier", *SPAN)
    assert max(map(len, out.splitlines())) <= 40
    assert out == snapshot


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("es", ("M02", "--by", "policy_l1")),
        ("pt", ("M23",)),
        ("es", ("M19",)),
        ("en", ("M03", "--before-from", "2026-06-29", *SPAN)),
        ("pt", ("M03", "--before-from", "2025-01-01", *SPAN)),
        ("en", ("M03", "--by", "moon")),
    ],
    ids=["numerator_only", "percentile", "agreement", "same", "no_facts", "unknown"],
)
def test_what_cannot_be_split_is_refused_by_name(run, language, asked, snapshot):
    """Each refusal says what, why and what to ask instead."""
    code, out, err = run("metrics", "why", *asked, language=language)
    assert (code, out) == (2, "")
    assert err == snapshot
