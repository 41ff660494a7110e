"""The commands on a small world, as a user meets them."""

import csv
import io
import json
from pathlib import Path

import pytest

from atalaia.cli import main
from cli.conftest import DAY

pytestmark = pytest.mark.slow


def test_the_run_wrote_the_regions_brief_in_three_languages(data):
    """One daily run leaves pages and texts for everybody."""
    written = sorted(p.name for p in (data / "records" / "briefs" / DAY).iterdir())
    assert written == [
        f"region.{language}.{form}"
        for language in ("en", "es", "pt")
        for form in ("html", "txt")
    ]


def test_the_day_is_the_last_complete_one(data):
    """Without a date the run is for the world's last whole day."""
    record = json.loads((data / "records" / "runs" / f"{DAY}.json").read_text())
    assert record["steps"][-1]["result"]["day"] == DAY


def test_running_the_day_again_does_nothing_again(run):
    """A finished run is told as done, and its pages stay."""
    code, out, err = run("daily")
    assert code == 0
    assert err.count("done before") == 3
    assert "region.en.html" in out


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_a_metric_is_explained_in_the_readers_language(run, language, snapshot):
    """The definition is read aloud, with its caveats."""
    code, out, _ = run("metrics", "explain", "M12", language=language)
    assert code == 0
    assert out == snapshot


def test_json_carries_its_format_and_every_number_its_n(run):
    """Other programs can trust the shape, and see what each value rests on."""
    code, out, _ = run(
        "metrics", "compute", "M03", "--by", "market", "--format", "json"
    )
    body = json.loads(out)
    assert code == 0
    assert body["format"] == 1
    assert {row["dims"]["market"] for row in body["rows"]} == {"BR", "MX"}
    assert all(row["n"] > 0 and row["reason"] for row in body["rows"])


def test_csv_has_a_row_for_each_week_of_the_slice(run):
    """A filter and a grain narrow what is asked."""
    code, out, _ = run(
        "metrics", "compute", "M03", "--grain", "week", "--where", "market=BR",
        "--from", "2026-06-22", "--to", "2026-07-05", "--format", "csv",
    )  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert [row["start"] for row in rows] == ["2026-06-22", "2026-06-29"]


def test_the_parts_of_a_count_make_up_its_whole(run):
    """Split by day or not, the cases are the same."""
    span = ("--from", "2026-06-21", "--to", DAY, "--format", "json")
    _, whole, _ = run("metrics", "compute", "M01", *span)
    _, parts, _ = run("metrics", "compute", "M01", "--grain", "day", *span)
    total = json.loads(whole)["rows"][0]["value"]
    assert total == sum(row["value"] for row in json.loads(parts)["rows"])


def test_an_unknown_metric_names_the_nearest(run):
    """A slip in the metric's name is a sentence, not a traceback."""
    code, out, err = run("metrics", "compute", "M0")
    assert (code, out) == (2, "")
    assert "M01" in err


def test_a_metric_may_be_named_in_small_letters(run):
    """Whoever types m12 means M12; what else differs is refused."""
    assert run("metrics", "compute", "m12") == run("metrics", "compute", "M12")


def test_a_period_that_all_lines_share_stands_above_them(run):
    """One period is no column; several are, a line each."""
    span = ("--from", "2026-06-29", "--to", DAY)
    _, whole, _ = run("metrics", "compute", "M01", *span)
    _, days, _ = run("metrics", "compute", "M01", "--grain", "day", *span)
    heads = [text.splitlines()[:2] for text in (whole, days)]
    assert heads[0][0].replace("\u2009", " ").endswith("· Jun 29 – Jul 5, 2026")
    assert heads[0][1].startswith("Value")
    assert heads[1][1].startswith("Period")


def test_an_answer_without_a_line_says_so(run):
    """A header over nothing would look like a fault of the program."""
    span = ("--from", "2026-06-29", "--to", DAY)
    code, out, _ = run("metrics", "compute", "M12", *span)
    assert code == 0
    assert "There is nothing to count over in this period." in out


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_the_interval_is_named_in_the_header_alone(run, language):
    """Its cells hold the two bounds; a complete count has no such column."""
    _, sampled, _ = run("metrics", "compute", "M12", language=language)
    _, counted, _ = run("metrics", "compute", "M01", language=language)
    assert sampled.count("95%") == 1
    assert "95%" not in counted


def test_two_values_of_one_dimension_are_refused(run):
    """Only one of them could count, and nobody would be told which."""
    where = ("--where", "market=BR", "--market", "MX")
    code, out, err = run("metrics", "compute", "M03", *where)
    assert (code, out) == (2, "")
    assert "'market' is given twice, as 'BR' and as 'MX'." in err


def test_the_next_command_is_for_the_same_data(run, data, tmp_path):
    """What is printed to be typed next can be typed."""
    rows = "case_id,market,state,opened_at\nc2,XX,new,2026-07-01T11:00:00Z\n"
    path = tmp_path / "case_log" / "cases.csv"
    path.parent.mkdir()
    path.write_text(rows)
    _, out, _ = run("ingest", str(path), "--now", "2026-07-06T09:00:00Z")
    assert f"To see them: atalaia --data {data} quarantine list" in out


def test_a_slice_without_a_value_is_refused(run):
    """'--where market' filters by nothing, so it is not run."""
    code, _, err = run("metrics", "compute", "M03", "--where", "market")
    assert code == 2
    assert "such as market=BR" in err


def test_an_instant_without_a_zone_is_refused(run):
    """A local time would move facts between days."""
    code, _, err = run("brief", "--now", "2026-07-06T09:00:00")
    assert code == 2
    assert "--now" in err


def test_the_listed_files_are_the_markets_own(run):
    """Other engines read what is listed, and nothing else."""
    code, out, _ = run("warehouse", "files", "penalty", "--market", "MX")
    paths = out.split()
    assert code == 0
    assert paths
    assert all("partition_market=MX" in path for path in paths)
    assert all(Path(path).is_file() for path in paths)


def test_a_whole_warehouse_verifies(run):
    """Every file of every snapshot can be read."""
    code, out, _ = run("warehouse", "verify")
    assert code == 0
    assert "Everything is as the snapshots say" in out


def test_snapshots_say_why_they_were_taken(run):
    """Ingest and measure each published one."""
    code, out, _ = run("warehouse", "snapshots")
    assert code == 0
    assert "ingest" in out
    assert "measure" in out


def test_bad_rows_are_kept_apart_listed_exported_and_mended(
    tmp_path, monkeypatch, capsys
):
    """A row's whole way: refused, exported, corrected by hand, taken in."""
    monkeypatch.setenv("ATALAIA_KEY", str(tmp_path / "pseudonym.key"))
    data, cases = tmp_path / "DATA", tmp_path / "case_log" / "cases.csv"
    cases.parent.mkdir()
    cases.write_text(
        "case_id,market,state,opened_at\n"
        "c1,BR,new,2026-07-01T10:00:00Z\n"
        "c2,XX,new,2026-07-01T11:00:00Z\n"
    )

    def command(*arguments):
        capsys.readouterr()
        code = main(["--data", str(data), "--lang", "en", *arguments])
        return code, capsys.readouterr().out

    now = ("--now", "2026-07-06T09:00:00Z")
    code, out = command("ingest", str(cases), *now)
    assert code == 0
    assert "1 row in quarantine: The market is not one of ours." in out
    code, out = command("quarantine", "list")
    assert "cases.csv" in out
    assert "XX" in out
    bad = tmp_path / "bad.csv"
    command("quarantine", "export", "--out", str(bad))
    text = bad.read_text("utf-8-sig")
    bad.write_text(text.replace(",XX,", ",MX,"), "utf-8-sig")
    code, out = command("quarantine", "mend", str(bad), *now)
    assert code == 0
    assert "case_log: 1 row taken in, 0 still wrong." in out
    assert "No row is in quarantine" in command("quarantine", "list")[1]


def test_a_refused_file_is_told_and_changes_the_exit_code(tmp_path, run):
    """A file that nothing explains is named with what to do, the path as typed."""
    path = tmp_path / "my own" / "what.csv"
    path.parent.mkdir()
    path.write_text("a,b\n1,2\n")
    code, out, _ = run("ingest", str(path))
    assert code == 2
    assert f"`atalaia map suggest '{path}'`" in out


def test_a_code_that_is_none_of_ours_is_shown_with_the_likeliest(
    tmp_path, monkeypatch, capsys
):
    """Field, value and nearest code: what the mapping has to say is plain."""
    monkeypatch.setenv("ATALAIA_KEY", str(tmp_path / "pseudonym.key"))
    begin = ["--data", str(tmp_path / "DATA"), "--lang", "en"]
    path = tmp_path / "case_log" / "cases.csv"
    path.parent.mkdir()
    path.write_text("case_id,market,state,opened_at\nc2,BR,nwe,2026-07-01T11:00:00Z\n")
    main([*begin, "ingest", str(path)])
    assert "case_log.state: nwe. Did you mean: new?" in capsys.readouterr().out
    main([*begin, "quarantine", "list"])
    out = capsys.readouterr().out
    assert "cases.csv" in out.splitlines()
    assert "Did you mean: new?" in " ".join(out.split())


def test_a_mapping_is_proposed_for_a_file_with_other_headers(tmp_path, run):
    """The YAML goes to standard output, what is open to standard error."""
    path = tmp_path / "casos.csv"
    path.write_text("caso;país;estado;abierto\nc1;BR;new;2026-07-01 10:00\n")
    code, out, err = run("map", "suggest", str(path))
    assert code == 0
    assert "case_log" in out
    assert "case_log" in err


def test_aggregates_alone_still_make_a_brief(tmp_path, monkeypatch, capsys):
    """What cells can say is said; what they cannot is named."""
    monkeypatch.setenv("ATALAIA_KEY", str(tmp_path / "pseudonym.key"))
    cells = tmp_path / "aggregate" / "cells.csv"
    cells.parent.mkdir()
    lines = [
        "measure,market,policy_id,period_start,period_end,slice,numerator,denominator"
    ]
    lines += [
        f"M03,BR,*,2026-07-{d:02},2026-07-{d:02},{{}},{40 + d},1000"
        for d in range(1, 15)
    ]
    cells.write_text("\n".join(lines) + "\n")
    begin = ["--data", str(tmp_path / "DATA"), "--lang", "en"]
    now = ["--now", "2026-07-15T12:00:00Z"]
    assert main([*begin, "ingest", str(cells.parent), *now]) == 0
    capsys.readouterr()
    assert main([*begin, "brief", "--market", "BR", "--text", *now]) == 0
    out = capsys.readouterr().out
    assert "Penalty ratio (sessions): 5.40%" in out
    assert "There are only aggregates" in out
    assert "No penalty is on record, so that nobody can tell." in out


def test_a_table_is_split_by_words_and_not_by_codes(run):
    """Whoever reads Portuguese meets the trade's words; what has no name stays."""
    _, out, _ = run("metrics", "compute", "M01", "--by", "severity", language="pt")
    _, header, *lines = out.splitlines()
    assert header.startswith("Gravidade")
    assert {line.split()[0] for line in lines if line[0] != "·"} <= {
        "Crítica", "Alta", "Média", "Baixa", "Orientação",
    }  # fmt: skip


def test_other_programs_get_the_codes_in_every_language(run):
    """What a program stored yesterday compares equal whoever ran it today."""
    asked = ("metrics", "compute", "M01", "--by", "severity", "--format", "csv")
    firsts = [
        [line.split(",")[0] for line in run(*asked, language=language)[1].splitlines()]
        for language in ("en", "pt")
    ]
    assert firsts[0] == firsts[1]
    assert firsts[0][0] == "severity"
    assert set(firsts[0][1:]) <= {"critical", "high", "medium", "low", "advisory"}


@pytest.mark.parametrize("metric", ["M01", "M12", "M19"])
def test_json_and_csv_carry_all_that_belongs_to_a_value(run, metric):
    """A number that was copied elsewhere can still be traced and doubted."""
    _, document, _ = run("metrics", "compute", metric, "--format", "json")
    _, lines, _ = run("metrics", "compute", metric, "--format", "csv")
    body = json.loads(document)
    (row,) = body["rows"]
    (line,) = csv.DictReader(io.StringIO(lines))
    stands_beside = {
        "version", "catalogue", "as_of", "method", "worst_case_low", "beside",
        "incomplete_days", "completeness", "reason",
    }  # fmt: skip
    assert stands_beside <= set(row)
    assert set(row) - {"dims"} <= set(line)
    assert line["caveats"] == "; ".join(body["caveats"])
    assert line["as_of"] == row["as_of"]


def test_a_reason_is_a_stable_key_and_a_text_in_the_readers_language(run):
    """Programs match the key; people read the sentence."""
    asked = ("metrics", "compute", "M01", "--format", "json")
    english, spanish = (
        json.loads(run(*asked, language=language)[1])["rows"][0]
        for language in ("en", "es")
    )
    assert english["reason"] == spanish["reason"] == english["reason_text"]
    assert spanish["reason_text"].startswith("Se cuentan todos los casos")
