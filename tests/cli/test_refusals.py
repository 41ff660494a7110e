"""What the command line refuses, it refuses in words, without a traceback."""

import pytest

from atalaia.cli import main


def refused(arguments, capsys):
    code = main(arguments)
    streams = capsys.readouterr()
    assert streams.out == ""
    assert "Traceback" not in streams.err
    return code, " ".join(streams.err.split())


def test_a_misspelt_command_names_the_nearest(capsys):
    """A typing slip is one hint away from the right word."""
    code, said = refused(["--lang", "en", "docto"], capsys)
    assert code == 2
    assert "'docto'" in said
    assert "'doctor'" in said


def test_a_misspelt_option_is_named(capsys):
    """An unknown option is never ignored."""
    code, said = refused(["--lang", "en", "warehouse", "files", "x", "--mrket"], capsys)
    assert code == 2
    assert "--market" in said


def test_a_missing_value_is_named(capsys):
    """A command that lacks its metric names it as the usage line does."""
    code, said = refused(["--lang", "en", "metrics", "explain"], capsys)
    assert code == 2
    assert "'METRIC' is missing." in said


def test_an_option_before_the_command_is_compared_with_options(capsys):
    """A slip in '--data' is not answered with the name of a command."""
    code, said = refused(["--lang", "en", "--dta", "x", "doctor"], capsys)
    assert code == 2
    assert "Did you mean '--data'?" in said


def test_a_hint_names_the_help_that_lists_the_right_names(capsys):
    """Whoever mistypes within a group is sent to the group's own page."""
    _, said = refused(["--lang", "en", "metrics", "compte"], capsys)
    assert "Did you mean 'compute'? 'atalaia metrics --help'" in said


def test_a_word_too_many_is_named(capsys):
    """The parser's own English never reaches the reader."""
    arguments = ["--lang", "pt", "metrics", "compute", "M01", "M02"]
    code, said = refused(arguments, capsys)
    assert code == 2
    assert "O comando não aceita 'M02'." in said


def test_a_bad_number_says_how_numbers_are_written(capsys):
    """'5k' is no number of sessions."""
    code, said = refused(["--lang", "en", "simulate", "--sessions", "5k"], capsys)
    assert code == 2
    assert "whole number in digits" in said


def test_a_bad_instant_says_how_instants_are_written(capsys):
    """What '--now' takes stands in the refusal, not behind another command."""
    code, said = refused(["--lang", "en", "brief", "--now", "yesterday"], capsys)
    assert code == 2
    assert "such as 2026-07-06T09:00-03:00" in said


def test_a_file_and_a_paste_are_not_read_in_one_run(tmp_path, capsys):
    """One of the two would be left out without a word; nothing is made."""
    data = tmp_path / "DATA"
    arguments = ["--lang", "en", "--data", str(data), "ingest", "a.csv", "--paste"]
    code, said = refused(arguments, capsys)
    assert code == 2
    assert "two sources" in said
    assert not data.exists()


def test_what_the_system_says_of_a_file_is_translated(tmp_path, capsys):
    """A missing mapping is told in Spanish to the end."""
    missing = str(tmp_path / "no.yaml")
    arguments = ["--lang", "es", "ingest", "a.csv", "--mapping", missing]
    code, said = refused(arguments, capsys)
    assert code == 2
    assert "no existe ese archivo o carpeta" in said


def test_an_unknown_language_is_no_reason_to_guess(capsys):
    """A language that we do not speak is refused, not replaced."""
    code, said = refused(["--lang", "fr", "doctor"], capsys)
    assert code == 2
    assert "'fr'" in said
    assert "Give one of: en, es, pt." in said


def test_a_bad_date_says_how_dates_are_written(capsys):
    """Whoever writes days first learns the order."""
    code, said = refused(["--lang", "en", "brief", "--date", "05/07/2026"], capsys)
    assert code == 2
    assert "YYYY-MM-DD" in said


def test_a_value_off_the_list_is_answered_with_the_list(capsys):
    """A format that does not exist names those that do."""
    arguments = ["--lang", "en", "metrics", "compute", "M01", "--format", "pdf"]
    code, said = refused(arguments, capsys)
    assert code == 2
    assert "Give one of: table, json, csv." in said


def test_no_data_is_told_with_the_next_step(tmp_path, capsys):
    """A folder without a warehouse says how to begin one."""
    code, said = refused(
        ["--lang", "en", "--data", str(tmp_path), "warehouse", "snapshots"], capsys
    )
    assert code == 1
    assert "atalaia ingest" in said


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_a_refusal_speaks_the_readers_language(language, tmp_path, capsys, snapshot):
    """The same fault, told three times."""
    data = tmp_path / "nothing"
    _, said = refused(
        ["--lang", language, "--data", str(data), "warehouse", "snapshots"], capsys
    )
    assert said.replace(str(data), "DATA") == snapshot


@pytest.mark.slow
@pytest.mark.parametrize("day", ["2031-01-01", "1999-01-01"])
def test_a_brief_of_a_day_without_facts_is_refused(run, day):
    """An empty page would look like a quiet day."""
    code, out, err = run("brief", "--date", day)
    assert (code, out) == (2, "")
    assert f"There are no facts on {day}. Ask for days from 2026-" in err


@pytest.mark.parametrize("count", ["-5", "0"])
def test_a_world_needs_a_session(count, tmp_path, capsys):
    """A number below one is told as what it is, and leaves no folder behind."""
    data = tmp_path / "DATA"
    begin = ["--data", str(data), "--lang", "en", "simulate"]
    code, said = refused([*begin, f"--sessions={count}"], capsys)
    assert code == 2
    assert f"'{count}' cannot be read as a value of '--sessions'." in said
    assert "from 1 on" in said
    assert not data.exists()
