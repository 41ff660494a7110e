"""Every call, with what its description allows and what it does not.

Whatever comes in, the interface answers as its description says, and never fails.
"""

from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from atalaia.desk.api.assembly import api
from atalaia.domain.codes import RoleCode
from desk.a_case import a_triaged_case
from desk.api.calls import a_token
from desk.people import an_actor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

EXAMPLES = 40
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
ROLES = (RoleCode.REGIONAL_LEAD, RoleCode.CENTRAL_TNS)
"""One who works and leads cases, and one who answers them."""


def described() -> dict[str, Any]:
    """Every call of the interface by its name, made in this process."""
    schema = schemathesis.openapi.from_dict(api.get_openapi_schema())
    schema.app = get_wsgi_application()
    found = (each.ok() for each in schema.get_all_operations())
    return {each.definition.raw["operationId"]: each for each in found}


CALLS = described()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", sorted(CALLS))
def test_a_call_is_answered_as_described_whatever_it_is_told(
    name: str, role: RoleCode, settings: Any
):
    settings.API_CALLS_A_MINUTE = 1_000_000
    key = a_triaged_case(an_actor(RoleCode.ANALYST, "MX"))
    token = a_token(role, "MX")

    @hypothesis.settings(max_examples=EXAMPLES, deadline=None)
    @hypothesis.given(
        case=CALLS[name].as_strategy(), is_real=st.integers(0, 3).map(bool)
    )
    def answered(case: Any, *, is_real: bool) -> None:
        if is_real and "key" in case.path_parameters:
            case.path_parameters["key"] = key
        answer = case.call(headers={"Authorization": f"Bearer {token}"})
        case.validate_response(answer, checks=CHECKS)

    answered()
