"""What an error shows of its fields, in the reader's language."""

import pytest

from atalaia.domain.error_fields import said_field
from atalaia.domain.fact_names import FACT_NAMES
from atalaia.warehouse.contracts import CONTRACTS


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Penalties, Appeals"),
        ("es", "Sanciones, Apelaciones"),
        ("pt", "Penalidades, Recursos"),
    ],
)
def test_names_in_a_list_are_told_in_the_readers_language(language, said):
    """Two tables are told with a comma between them."""
    tables = (FACT_NAMES["penalty"], FACT_NAMES["appeal"])
    assert said_field(tables, language=language) == said


def test_every_fact_table_has_a_name():
    """No reader ever sees a table's code."""
    assert set(FACT_NAMES) == set(CONTRACTS)
