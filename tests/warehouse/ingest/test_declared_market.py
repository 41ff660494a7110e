"""A market that no file says comes from whoever hands the file over."""

from pathlib import Path

import pytest

from atalaia.domain.reference import Reference
from atalaia.warehouse.ingest.mapped_policies import check_policies
from atalaia.warehouse.ingest.mapping_errors import UnknownNameError
from atalaia.warehouse.ingest.mapping_file import load_mapping, parse_mapping

MAPPING = """name: m
version: 1
tables:
  live_session:
    fields: {session_id: sala, creator_id: criador, started_at: início}
"""
PENALTIES = """name: p
version: 1
constants: {market: BR}
tables:
  penalty:
    fields:
      penalty_id: id
      decision_id: id
      subject: {constant: creator}
      code: {constant: warn}
      status: {constant: active}
      started_at: fecha
      policy_id: POLICY
"""


@pytest.fixture
def statements(tmp_path: Path, reference: Reference) -> Path:
    """One statement of reasons in the light form."""
    columns = [column.name for column in reference.dsa.of_form("light")]
    cells = dict.fromkeys(columns, "") | {
        "uuid": "u-1",
        "decision_visibility": '["DECISION_VISIBILITY_CONTENT_REMOVED"]',
        "category": "STATEMENT_CATEGORY_VIOLENCE",
        "application_date": "2026-11-01",
        "created_at": "2026-11-02 10:00:00",
        "automated_detection": "Yes",
        "automated_decision": "AUTOMATED_DECISION_FULLY",
        "source_type": "SOURCE_VOLUNTARY",
    }
    quoted = (f'"{cell}"' for cell in (c.replace('"', '""') for c in cells.values()))
    path = tmp_path / "sor.csv"
    path.write_text(f"{','.join(columns)}\n{','.join(quoted)}\n", "utf-8")
    return path


def test_light_statements_take_the_declared_market(
    statements: Path, take_in, stored
) -> None:
    """The light form has no country; the option says it for every row."""
    assert take_in(statements).accepted.get("moderation_decision", 0) == 0
    take_in(statements, market="PE")
    (decision,) = stored("moderation_decision")
    assert (decision["market"], decision["outcome"]) == ("PE", "interrupt")


def test_mapping_without_a_market_takes_the_declared_one(
    tmp_path: Path, take_in, stored
) -> None:
    """It is kept with the mapping, so that its refused rows can be read again."""
    (tmp_path / "m.yaml").write_text(MAPPING, "utf-8")
    (tmp_path / "f.csv").write_text("sala;criador;início\ns;ana;20/11/2026\n", "utf-8")
    mapping = load_mapping(tmp_path / "m.yaml", market="CL")
    take_in(tmp_path / "f.csv", mapping=mapping)
    assert [row["market"] for row in stored("live_session")] == ["CL"]
    again = parse_mapping(mapping.text.encode(), file="m.yaml")
    assert again.identity == mapping.identity


def test_a_mapped_market_stands(tmp_path: Path) -> None:
    """What the mapping says of the market is not overruled."""
    said = MAPPING.replace("{session_id", "{market: país, session_id")
    (tmp_path / "m.yaml").write_text(said, "utf-8")
    (table,) = load_mapping(tmp_path / "m.yaml", market="CL").tables
    assert table.fields["market"].column == "país"


@pytest.mark.parametrize(
    "policy",
    ["{constant: tns.hate.sluur}", "{column: motivo, codes: {Odio: tns.hate.sluur}}"],
)
def test_unknown_policy_refuses_a_mapping_wherever_it_lies(
    policy: str, tmp_path: Path, reference: Reference, take_in
) -> None:
    """Handed over or beside the file, as a code's meaning or as a constant."""
    text = PENALTIES.replace("POLICY", policy)
    with pytest.raises(UnknownNameError, match=r"tns\.hate\.slur'"):
        check_policies(parse_mapping(text.encode(), file="m"), reference=reference)
    (tmp_path / "f.csv").write_text("id;fecha;motivo\n1;20/11/2026;Odio\n", "utf-8")
    (tmp_path / "f.csv.mapping.yaml").write_text(text, "utf-8")
    (file,) = take_in(tmp_path / "f.csv").refused
    assert isinstance(file.error, UnknownNameError)
