"""A mapping is checked when loaded; each mistake is shown with its line."""

import pytest

from atalaia.domain.errors import InputError
from atalaia.domain.reference import Reference
from atalaia.warehouse.ingest.mapped_policies import check_policies
from atalaia.warehouse.ingest.mapping_file import parse_mapping

GOOD = """name: m
version: 1
constants: {market: BR}
tables:
  live_session:
    fields:
      session_id: sala
      creator_id: criador
      started_at: {column: inicio, zone: America/Sao_Paulo}
      end_reason: {column: motivo, codes: {caiu: network}}
"""


def refused(old: str, new: str) -> str:
    """Return the message for the good mapping with one change."""
    assert old in GOOD
    with pytest.raises(InputError) as caught:
        parse_mapping(GOOD.replace(old, new).encode(), file="m.yaml")
    return str(caught.value)


def test_good_mapping_loads() -> None:
    """The example that the other tests break is right."""
    assert parse_mapping(GOOD.encode(), file="m.yaml").tables[0].table == "live_session"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("live_session:", "live_sesion:", ["m.yaml:5", "live_session"]),
        ("session_id:", "sesion_id:", ["m.yaml:7", "'session_id'"]),
        ("caiu: network", "caiu: red", ["m.yaml:10", "'red' is not known"]),
        ("America/Sao_Paulo", "America/Sao_Paolo", ["m.yaml:9", "America/Sao_Paulo"]),
        ("codes:", "code:", ["m.yaml:10", "codes"]),
        ("      session_id: sala\n", "", ["needs the fields: session_id"]),
        ("session_id: sala", "session_id: '{room}'", ["m.yaml:7", "room"]),
        ("session_id: sala", "session_id: {constant: a, column: b}", ["2 origins"]),
        ("session_id: sala", "session_id: '{room'", ["do not close"]),
        ("constants:", "constant:", ["m.yaml:3", "constants"]),
    ],
)
def test_mistake_is_shown_with_line_and_hint(
    old: str, new: str, told: list[str]
) -> None:
    """File, line and the nearest right name stand in the message."""
    message = refused(old, new)
    assert [part for part in told if part not in message] == []


def test_policy_that_does_not_exist_is_shown_with_line(reference: Reference) -> None:
    """An unknown policy is refused before any row is read."""
    text = (
        GOOD
        + """  moderation_decision:
    fields:
      decision_id: caso
      outcome: {constant: violation}
      decided_at: quando
      policy_id: {column: motivo, codes: {golpe: tns.fraud.scan}}
"""
    )
    mapping = parse_mapping(text.encode(), file="m.yaml")
    with pytest.raises(InputError) as caught:
        check_policies(mapping, reference=reference)
    told = str(caught.value)
    wanted = ("m.yaml:16", "'tns.fraud.scan' is not known", "'tns.fraud.scam'")
    assert [part for part in wanted if part not in told] == []


def test_edited_mapping_is_another_mapping() -> None:
    """A file read by a changed mapping is not taken for known, version or not."""
    first = parse_mapping(GOOD.encode(), file="m.yaml")
    second = parse_mapping(GOOD.replace("sala", "room").encode(), file="m.yaml")
    assert first.identity != second.identity


def test_unit_must_fit_the_field() -> None:
    """A share cannot be declared in minutes."""
    message = refused(
        "session_id: sala",
        "session_id: sala\n      duration_s: {column: d, unit: percent}",
    )
    assert "unit" in message


def test_verdicts_need_decisions_and_reviews() -> None:
    """Settling without judgments is refused when loaded."""
    message = refused("tables:\n", "tables:\n  verdict: {settle: majority}\n")
    assert "moderation_decision" in message


def test_threshold_must_name_every_melted_value() -> None:
    """A limit that is missing for one category would silently pass it."""
    text = GOOD.replace("tables:", "melt: {kind: [a, b]}\ntables:") + (
        "      is_test: {column: s, threshold: {a: 0.5}, at_least: x, below: y}\n"
    )
    with pytest.raises(InputError, match="not those of one melted name"):
        parse_mapping(text.encode(), file="m.yaml")
