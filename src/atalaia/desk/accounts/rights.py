"""What each role may do: one table, read by every action and every page."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from atalaia.domain.codes import RoleCode

__all__ = ["RIGHTS", "Right"]


class Right(StrEnum):
    """One thing that a person may do, always within the markets of their role."""

    SEE_TODAY = "see_today"
    SEE_CASES = "see_cases"
    WORK_CASES = "work_cases"
    LEAD_CASES = "lead_cases"
    ANSWER_CASES = "answer_cases"
    SEE_FIGURES = "see_figures"
    SEE_PATROL = "see_patrol"
    TALK_TO_CREATORS = "talk_to_creators"
    SEE_PROCEDURES = "see_procedures"
    EDIT_PROCEDURES = "edit_procedures"
    MANAGE_PEOPLE = "manage_people"
    READ_AUDIT = "read_audit"


_REGION = frozenset(
    {
        Right.SEE_TODAY,
        Right.SEE_CASES,
        Right.SEE_FIGURES,
        Right.SEE_PATROL,
        Right.SEE_PROCEDURES,
    }
)
_CENTRAL = frozenset(
    {Right.SEE_TODAY, Right.SEE_CASES, Right.ANSWER_CASES, Right.SEE_PROCEDURES}
)

RIGHTS: Mapping[RoleCode, frozenset[Right]] = MappingProxyType(
    {
        RoleCode.ANALYST: _REGION | {Right.WORK_CASES, Right.TALK_TO_CREATORS},
        RoleCode.REGIONAL_LEAD: _REGION
        | {
            Right.WORK_CASES,
            Right.LEAD_CASES,
            Right.TALK_TO_CREATORS,
            Right.EDIT_PROCEDURES,
        },
        RoleCode.CENTRAL_TNS: _CENTRAL,
        RoleCode.CENTRAL_ECOSYSTEM: _CENTRAL,
        RoleCode.QUALITY_REVIEWER: _REGION,
        RoleCode.EDUCATOR: _REGION | {Right.TALK_TO_CREATORS},
        RoleCode.AGENCY_VIEWER: frozenset({Right.SEE_TODAY, Right.SEE_FIGURES}),
        RoleCode.ADMIN: frozenset(
            {
                Right.SEE_PROCEDURES,
                Right.EDIT_PROCEDURES,
                Right.MANAGE_PEOPLE,
                Right.READ_AUDIT,
            }
        ),
    }
)
"""Nobody has a right that is not written here; rights add up over a person's roles."""
