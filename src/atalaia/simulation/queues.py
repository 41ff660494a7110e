"""The moderation queues of the simulated platform."""

from enum import StrEnum

__all__ = ["QUEUES", "Queue"]


class Queue(StrEnum):
    AUTOMATIC = "automatic"
    MINORS = "minors"
    REPORTS = "reports"
    TNS_PT = "tns-pt"
    TNS_ES = "tns-es"
    ECOSYSTEM_PT = "ecosystem-pt"
    ECOSYSTEM_ES = "ecosystem-es"
    AGENCY = "agency-conduct"


QUEUES: tuple[Queue, ...] = tuple(Queue)
