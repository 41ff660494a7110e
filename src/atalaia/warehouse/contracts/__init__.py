"""The fact tables, one contract a file; a row is an observation of one thing."""

from collections.abc import Mapping
from types import MappingProxyType

from atalaia.warehouse.contracts import (
    action,
    agency,
    aggregate,
    alert,
    appeal,
    case,
    case_event,
    case_log,
    change_request,
    creator,
    diff_case,
    enrolment,
    guest,
    live_session,
    moderation_decision,
    penalty,
    review,
    sample,
    session_segment,
    signal,
    traffic_snapshot,
    verdict,
)
from atalaia.warehouse.contracts.contract import SYSTEM_FIELDS, Contract, Field, Kind

__all__ = ["CONTRACTS", "SYSTEM_FIELDS", "Contract", "Field", "Kind"]

CONTRACTS: Mapping[str, Contract] = MappingProxyType(
    {
        module.CONTRACT.name: module.CONTRACT
        for module in (
            creator,
            agency,
            live_session,
            session_segment,
            guest,
            signal,
            moderation_decision,
            penalty,
            appeal,
            traffic_snapshot,
            sample,
            review,
            verdict,
            aggregate,
            case_log,
            case,
            case_event,
            diff_case,
            change_request,
            action,
            enrolment,
            alert,
        )
    }
)
