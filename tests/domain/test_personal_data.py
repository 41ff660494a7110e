"""What names or reaches a person is found in free text; other numbers pass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaia.domain.case_codes import PersonalDataKind as Kind
from atalaia.domain.personal_data import personal_data_in, redacted


def kinds(text: str) -> list[str]:
    return [str(found.kind) for found in personal_data_in(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("CPF 529.982.247-25 do criador", Kind.CPF),
        ("o cpf dele é 52998224725", Kind.CPF),
        ("empresa 11.222.333/0001-81", Kind.CNPJ),
        ("CNPJ 11222333000181 da agência", Kind.CNPJ),
        ("CNPJ novo 12.ABC.345/01DE-35", Kind.CNPJ),
        ("su CURP es HEGG560427MVZRRL04", Kind.CURP),
        ("curp hegg560427mvzrrl04", Kind.CURP),
        ("RUT 12.345.678-5", Kind.RUT),
        ("el rut 12345678-5 figura", Kind.RUT),
        ("11.111.111-1 en el cartel", Kind.RUT),
        ("DNI 30.123.456", Kind.DNI),
        ("DNI: 45678912", Kind.DNI),
        ("documento de identidad 1.023.456.789", Kind.DNI),
        ("cédula 1023456789", Kind.DNI),
        ("+55 11 98765-4321", Kind.PHONE),
        ("+52 1 55 1234 5678", Kind.PHONE),
        ("+54 9 11 2345-6789", Kind.PHONE),
        ("+57 301 234 5678", Kind.PHONE),
        ("+51987654321", Kind.PHONE),
        ("+1 (809) 555-1234", Kind.PHONE),
        ("(11) 98765-4321", Kind.PHONE),
        ("55 1234 5678", Kind.PHONE),
        ("98765-4321", Kind.PHONE),
        ("whatsapp 3012345678", Kind.PHONE),
        ("me liga no cel 11987654321", Kind.PHONE),
        ("pix 11987654321", Kind.PHONE),
        ("Yape al 987654321", Kind.PHONE),
        ("https://wa.me/5511987654321", Kind.PHONE),
        ("ana.lima+live@example.com.br", Kind.EMAIL),
        ("escribir a <JUAN@EXAMPLE.MX>", Kind.EMAIL),
    ],
)
def test_what_names_a_person_is_found(text: str, kind: Kind):
    """Each kind, as people of the region write it."""
    assert kinds(text) == [str(kind)]


@pytest.mark.parametrize(
    "text",
    [
        "room 7301234567890123456",
        "session s-901, decision d-77, BR-2026-000123",
        "sala 73012345678 con 12.345.678 vistas",
        "2026-11-23T21:14:09-03:00",
        "el 23/11/2026 a las 21:14:09",
        "del 2025-2026 al 2027",
        "1.234.567 reproducciones, 98.765 espectadores",
        "12 345 678 views in 30 days",
        "R$ 1.500.000,00 em presentes",
        "0.123456789 de probabilidad",
        "n = 1204; IC 95 %: 0,031 a 0,047",
        "model 2026.11.3-45, build 20261123",
        "https://example.org/live/52998224725?x=11987654321",
        "id=52998224725",
        "CPF 529.982.247-26",
        "111.111.111-11",
        "12.345.678-9",
        "RUT pendiente, sin número",
        "ICU 12345678 en la escala",
        "clause 4.2.1, version 2026-07",
        "@usuario_123456789",
        "minuto 01:23:45, segundo 987654",
        "HEGG560427MVZRRL05",
        "llámame cuando puedas",
    ],
)
def test_what_names_nobody_passes(text: str):
    """Room ids, dates, counts, versions, addresses of pages, wrong check digits."""
    assert kinds(text) == []


def test_everything_found_is_blacked_out_and_the_rest_stays():
    """The reader still sees what was there, by kind."""
    text = "Dice: escríbeme a ana@example.org o al +57 301 234 5678, soy DNI 45678912."

    assert redacted(text) == "Dice: escríbeme a [email] o al [phone], soy DNI [dni]."


@given(st.text())
def test_nothing_is_left_after_blacking_out(text: str):
    """Whatever the text, what was found once is not found again."""
    assert personal_data_in(redacted(text)) == ()


@given(st.integers(0, 999_999_999))
def test_every_true_cpf_is_found_and_no_neighbour_of_it(number: int):
    """The check digits decide: the next number with the same body passes."""
    body = [int(sign) for sign in f"{number:09d}"]
    if len(set(body)) == 1:
        return
    for weights in (range(10, 1, -1), range(11, 1, -1)):
        rest = sum(a * b for a, b in zip(body, weights, strict=True)) % 11
        body.append(0 if rest < 2 else 11 - rest)
    true = "".join(map(str, body))
    false = true[:-1] + str((body[-1] + 1) % 10)

    assert (kinds(f"é {true} mesmo"), kinds(f"é {false} mesmo")) == (["cpf"], [])
