"""A call as the interface sees it: with the token that came with it."""

from atalaia.desk.accounts.person_request import PersonRequest
from atalaia.desk.api.bearers import Bearer

__all__ = ["ApiRequest"]


class ApiRequest(PersonRequest):
    """What a call carries beyond a page's request.

    Attributes:
        is_repeated: whether the answer was given before and nothing was done now.
    """

    bearer: Bearer
    is_repeated: bool = False
