"""Every contract keeps its own word, so that ingest and metrics can rely on it."""

from collections import Counter

import pyarrow as pa
import pytest

from atalaia.warehouse.contracts import CONTRACTS, SYSTEM_FIELDS, Kind

ALL = pytest.mark.parametrize("contract", CONTRACTS.values(), ids=CONTRACTS)


@ALL
def test_the_key_is_made_of_fields_that_every_row_has(contract):
    """A row without its key could be neither stored nor superseded."""
    assert contract.key
    assert all(contract.field(name).is_required for name in contract.key)


@ALL
def test_a_dated_table_names_its_moment_and_an_undated_one_none(contract):
    """The business date comes from the event's time, or from a parent's."""
    assert (contract.event_time is None) == (contract.partitioning == "undated")
    if contract.event_time is not None:
        field = contract.field(contract.event_time)
        assert field.is_required
        assert field.kind in {Kind.INSTANT, Kind.DATE}


@ALL
def test_every_table_has_its_market(contract):
    """Tables are partitioned by market, so no row may lack it."""
    assert contract.field("market").is_required


@ALL
def test_a_parent_is_found_by_its_own_key(contract):
    """The field that names the parent is the parent table's whole key."""
    if contract.parent is None:
        return
    field, table = contract.parent
    assert contract.field(field).kind is Kind.TEXT
    assert CONTRACTS[table].key == (field,)


@ALL
def test_field_names_are_unique_and_not_the_systems(contract):
    """Two columns of one name, or one of ours, would overwrite each other."""
    names = [field.name for field in contract.fields]
    assert len(set(names)) == len(names)
    assert not set(names) & {field.name for field in SYSTEM_FIELDS}


@ALL
def test_an_alias_leads_to_one_field(contract):
    """`map suggest` may not have to choose between two fields."""
    words = Counter(
        word
        for field in contract.fields
        for word in {field.name.casefold(), *map(str.casefold, field.aliases)}
    )
    assert [word for word, count in words.items() if count > 1] == []


@ALL
def test_people_are_texts_of_no_closed_list(contract):
    """A keyed digest is a text; hashing a code would hide the code."""
    people = [field for field in contract.fields if field.is_person]
    assert all(field.kind is Kind.TEXT and not field.allowed for field in people)


@ALL
def test_numbers_have_bounds_that_can_hold_and_a_unit(contract):
    """A quantity says what it is counted in."""
    numbers = {Kind.INTEGER, Kind.NUMBER}
    for field in contract.fields:
        if field.minimum is not None or field.maximum is not None or field.unit:
            assert field.kind in numbers, field.name
        if field.minimum is not None and field.maximum is not None:
            assert field.minimum < field.maximum, field.name


@ALL
def test_the_stored_schema_is_the_owners_columns_then_the_systems(contract):
    """In this order, so that a column added later never moves another."""
    stored = contract.stored_schema
    assert stored.names == [*contract.schema.names, *(f.name for f in SYSTEM_FIELDS)]
    assert stored.field("business_date").type == pa.date32()


@ALL
def test_what_it_means_is_a_sentence(contract):
    """Table and fields are explained in the reference pages as they stand here."""
    texts = [contract.meaning, *(field.meaning for field in contract.fields)]
    assert [text for text in texts if not text.endswith(".")] == []


def test_tables_hold_what_the_trade_asked_for():
    """Expiring evidence, the second a violation began, and whether one may appeal."""
    wanted = {
        "review": {"violation_started_at", "evidence_expires_at", "judgment"},
        "penalty": {"appealable", "strike_reversible", "subject", "agency_id"},
        "verdict": {"is_policy_difference", "weight", "policy_version_used"},
        "traffic_snapshot": {"impressions", "traffic_source"},
    }
    for table, fields in wanted.items():
        assert fields <= set(CONTRACTS[table].schema.names), table


def test_a_field_that_a_contract_lacks_is_a_key_error():
    """An unknown name stops; it is not an empty field."""
    with pytest.raises(KeyError):
        CONTRACTS["penalty"].field("penalti_id")
