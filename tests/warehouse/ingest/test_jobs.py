"""Files are taken parents first, so that few rows have to move afterwards."""

import shutil
from pathlib import Path

from atalaia.warehouse.ingest.jobs import jobs_of

MAPPINGS = Path(__file__).parents[3] / "docs" / "how-to" / "mappings"


def test_files_with_mappings_stand_in_the_order_of_their_tables(tmp_path):
    """Sessions come before penalties, whatever the files are called."""
    for name, mapping in (("a.csv", "penalties"), ("b.csv", "pasted-sessions")):
        (tmp_path / name).write_text("id\n1\n")
        shutil.copy(MAPPINGS / f"{mapping}.yaml", tmp_path / f"{name}.mapping.yaml")
    assert [job.name for job in jobs_of(tmp_path, mapping=None)] == ["b.csv", "a.csv"]


def test_a_file_whose_mapping_is_broken_stands_last(tmp_path):
    """It is refused when its turn comes; the others do not wait for it."""
    (tmp_path / "a.csv").write_text("id\n1\n")
    (tmp_path / "a.csv.mapping.yaml").write_text("no: mapping\n")
    (tmp_path / "penalty").mkdir()
    (tmp_path / "penalty" / "z.csv").write_text("penalty_id\n1\n")
    names = [job.name for job in jobs_of(tmp_path, mapping=None)]
    assert names == ["penalty/z.csv", "a.csv"]
