"""A table is cut into its cells, whatever it holds."""

from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from atalaia.metrics.kinds.tables import parts_by


@pytest.mark.parametrize("names", [(), ("market",), ("day", "market")])
def test_every_row_is_in_the_part_of_its_key(names):
    """Against plain filtering: the same keys in order, the same rows in order."""
    rng = np.random.default_rng(3)
    days = [date(2026, 7, 6), date(2026, 7, 13), date(2026, 6, 29)]
    rows = pa.table(
        {
            "day": pa.array([days[n] for n in rng.integers(0, 3, 200)]),
            "market": rng.choice(["MX", "BR", "CL"], 200),
            "place": np.arange(200),
        }
    )
    told = rows.to_pylist()
    keys = sorted({tuple(row[name] for name in names) for row in told})
    found = [(key, part.to_pylist()) for key, part in parts_by(rows, names)]
    assert found == [
        (key, [row for row in told if tuple(row[name] for name in names) == key])
        for key in keys
    ]


def test_no_rows_have_no_parts():
    """Not even the whole."""
    rows = pa.table({"market": pa.array([], pa.string())})
    assert list(parts_by(rows, ("market",))) == []
    assert list(parts_by(rows, ())) == []
