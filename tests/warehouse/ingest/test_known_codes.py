"""An owner's word becomes our code surely, probably, or not at all."""

import pytest

from atalaia.domain.reference import Reference
from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.ingest.known_codes import Certainty, CodeBooks
from atalaia.warehouse.ingest.recognising import header_likeness
from atalaia.warehouse.ingest.vocabulary import code_words, header_words


@pytest.fixture(scope="module")
def books(reference: Reference) -> CodeBooks:
    return CodeBooks.of(reference)


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("case_log.state", "Aberto", "new"),
        ("case_log.state", "Fechado", "closed"),
        ("case_log.state", "Cerrada", "closed"),
        ("case_log.state", "Escalamiento", "submitted_central"),
        ("case_log.type", "Apelação", "penalty_dispute"),
        ("moderation_decision.outcome", "Escalação", "escalate"),
        ("penalty.status", "ativo", "active"),
        ("penalty.code", "Suspensão de 7 dias", "live_suspend_7d"),
        ("appeal.result", "RECHAZADA", "upheld"),
        ("penalty.market", "Peru", "PE"),
        ("penalty.policy_id", "Odio", "tns.hate"),
    ],
)
def test_everyday_words_are_sure(
    field: str, text: str, code: str, books: CodeBooks
) -> None:
    """Case, accents and gender do not count."""
    table, name = field.split(".")
    book = books.of_field(CONTRACTS[table].field(name))
    assert book is not None
    found = book.read(text)
    assert (found.code, found.certainty) == (code, Certainty.SURE)


def test_a_slip_is_only_doubtful(books: CodeBooks) -> None:
    """A misspelt market is proposed with doubt."""
    assert books.markets.read("Mexco").certainty is Certainty.DOUBTFUL


def test_a_part_of_one_name_is_likely(books: CodeBooks) -> None:
    """A word that only one policy group's name holds stands for it, with a remark."""
    found = books.policies.read("Acoso")
    assert (found.code, found.certainty) == ("tns.harassment", Certainty.LIKELY)


@pytest.mark.parametrize("text", ["Suspensión", "Suspensión 3 días", "S", ""])
def test_what_could_be_several_is_nothing(text: str, books: CodeBooks) -> None:
    """A word of several codes, or another number of days, is never guessed."""
    book = books.of_field(CONTRACTS["penalty"].field("code"))
    assert book is not None
    assert book.read(text).certainty is Certainty.NONE


def test_every_word_has_its_field_and_code(reference: Reference) -> None:
    """The vocabulary names only fields and codes that exist."""
    fields = {f.name for c in CONTRACTS.values() for f in c.fields}
    fields |= {f"{c.name}.{f.name}" for c in CONTRACTS.values() for f in c.fields}
    assert set(header_words()) - fields == {"KEY", "EVENT", "YEAR", "CLOCK"}
    for kind, codes in code_words().items():
        assert set(codes) <= set(reference.names.lists[kind])


def test_a_word_means_one_code_of_a_list(books: CodeBooks) -> None:
    """No everyday word of the vocabulary is lost for standing under two codes."""
    lost = [
        (kind, word)
        for kind, codes in code_words().items()
        for spoken in codes.values()
        for word in spoken
        if books.lists[kind].read(word).certainty is not Certainty.SURE
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("header", "certainty"),
    [
        ("PAÍS", Certainty.SURE),
        ("País (ISO)", Certainty.LIKELY),
        ("Pais del creador", Certainty.NONE),
        ("p", Certainty.NONE),
        ("pas", Certainty.NONE),
        ("Mercadao", Certainty.DOUBTFUL),
    ],
)
def test_headers_are_sure_only_when_exact(header: str, certainty: Certainty) -> None:
    """Short headers are known or unknown, never guessed."""
    contract = CONTRACTS["penalty"]
    found = header_likeness(header, contract.field("market"), contract=contract)
    assert found.certainty is certainty
