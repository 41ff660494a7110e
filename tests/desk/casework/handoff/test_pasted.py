"""A pasted reply is understood when it says one clear thing, and refused otherwise."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaia.desk.casework.handoff.errors import (
    AmbiguousReplyError,
    NegatedVerdictError,
    NoReferenceError,
    NoVerdictError,
    QuestionedVerdictError,
    SeveralReferencesError,
)
from atalaia.desk.casework.handoff.pasted import own_words, understood
from atalaia.desk.casework.handoff.verdicts import Verdict
from atalaia.desk.shell.errors import UnacceptableError
from atalaia.domain.case_codes import ReturnReason

KEY = "MX-2026-000123"


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("Accepted.", Verdict.ACCEPT),
        ("Hi team, this has been approved, thanks", Verdict.ACCEPT),
        ("Aceptado, gracias", Verdict.ACCEPT),
        ("Aprobada la solicitud.", Verdict.ACCEPT),
        ("Aceito. Obrigado!", Verdict.ACCEPT),
        ("Pedido deferido", Verdict.ACCEPT),
        ("REJECTED: the knife is real.", Verdict.REJECT),
        ("We decline this one.", Verdict.REJECT),
        ("Rechazamos el pedido.", Verdict.REJECT),
        ("Rejeitado", Verdict.REJECT),
        ("Indeferido.", Verdict.REJECT),
        ("Returned, evidence_missing", Verdict.RETURN),
        ("Devuelto por incompleto", Verdict.RETURN),
        ("Devolvido", Verdict.RETURN),
    ],
)
def test_a_verdict_is_read_in_three_languages(words, verdict):
    """Central writes as it writes; the desk reads along."""
    found = understood(f"{KEY}\n{words}")

    assert (found.case, found.answer.verdict) == (KEY, verdict)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (f"{KEY} accepted, the other part is rejected", AmbiguousReplyError),
        (f"{KEY}: not accepted", NegatedVerdictError),
        (f"{KEY}: we cannot at this point accept it", NegatedVerdictError),
        (f"{KEY}: no aceptado", NegatedVerdictError),
        (f"{KEY}: não foi aceito", NegatedVerdictError),
        (f"{KEY}: should this be accepted?", QuestionedVerdictError),
        (f"{KEY}: we look into it", NoVerdictError),
        (f"{KEY}", NoVerdictError),
        ("Accepted.", NoReferenceError),
        (f"{KEY} and MX-2026-000124: accepted", SeveralReferencesError),
        (f"{KEY}: unacceptable", NoVerdictError),
    ],
)
def test_what_is_ambiguous_is_refused_with_its_reason(text, error):
    """A guess would close the wrong case; a question costs a minute."""
    with pytest.raises(error):
        understood(text)


@pytest.mark.parametrize(
    "quoted",
    [
        "> Accept, return or reject here",
        "On Mon, Nov 23, 2026 at 3:00 PM Region <r@x.org> wrote:\nREJECTED (say why)",
        "El lun, 23 nov 2026, Región escribió:\nRECHAZADO",
        "Em seg., 23 de nov. de 2026, Região escreveu:\nREJEITADO",
        "-----Original Message-----\nRejected",
        "From: Region\nSubject: rejected",
        "De: Região\nAssunto: rejeitado",
    ],
)
def test_what_central_quotes_is_not_its_answer(quoted):
    """Our own message names all three verdicts."""
    found = understood(f"Accepted, thanks\n\n{quoted}\n> [{KEY}]")

    assert (found.answer.verdict, found.case) == (Verdict.ACCEPT, KEY)
    assert found.answer.text == "Accepted, thanks"


def test_the_same_reference_twice_is_one_reference():
    """A mail names it in its subject and in its text, in any case of letters."""
    assert understood(f"{KEY.lower()} accepted [{KEY}]").case == KEY


def test_central_s_own_reference_names_the_case():
    """A ticket system answers with its own number."""
    found = understood("TCK-99: accepted", external_refs={"TCK-99", "TCK-9"})

    assert (found.case, found.external_ref) == ("", "TCK-99")


def test_a_return_carries_its_reason_where_one_is_named():
    """A code or a name of the closed list; two of them are none."""
    names = {ReturnReason.SAMPLE_TOO_SMALL: ("Muestra insuficiente",)}
    one = understood(f"{KEY} devuelto: muestra insuficiente", reasons=names)
    two = understood(f"{KEY} returned: wrong_team, evidence_missing")

    assert one.answer.reason is ReturnReason.SAMPLE_TOO_SMALL
    assert two.answer.reason is None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Accepted. The fix will be live by 2026-12-01.", date(2026, 12, 1)),
        ("Aceptado. Corrección el 2026-12-01", date(2026, 12, 1)),
        ("Accepted on 2026-12-01.", None),
        ("Accepted. Fix by 2026-13-45.", None),
        ("Accepted. Fix by 01/12/2026.", None),
    ],
)
def test_a_day_is_taken_only_where_a_fix_is_spoken_of(words, day):
    """Days that could be read two ways are left to the reader."""
    answer = understood(f"{KEY} {words}").answer

    assert (answer.fix_due_on, answer.is_fix_promised) == (day, day is not None)


@given(st.text(max_size=400))
def test_any_text_is_understood_or_refused(text):
    """Whatever is pasted gets an answer, never a fault."""
    with contextlib.suppress(UnacceptableError):
        understood(text, external_refs={"T-1"})


PIECES = st.sampled_from(
    [
        KEY,
        "accepted",
        "rejected",
        "returned",
        "not",
        "não",
        "no",
        "?",
        ".",
        "\n",
        "> rejected",
        "aceito",
        "fix by 2026-12-01",
        "please",
    ]
)


@given(st.lists(PIECES, max_size=14).map(" ".join))
def test_a_reply_that_is_understood_says_one_thing_plainly(text):
    """Of two verdicts in central's own words neither is taken."""
    with contextlib.suppress(UnacceptableError):
        understood(text)
        own = own_words(text).casefold()
        said = [word for word in ("rejected", "returned") if word in own]
        is_accepted = "accepted" in own or "aceito" in own
        assert len(said) + is_accepted == 1
