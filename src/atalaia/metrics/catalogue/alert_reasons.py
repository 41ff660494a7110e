"""What to bear in mind with figures of alerts.

Every text is an English key of the message catalogue.
"""

__all__ = ["ALERTS_STILL_OPEN", "NOT_YET_ACKNOWLEDGED", "WITHOUT_A_FINDING"]

WITHOUT_A_FINDING = "Alerts closed without a finding count as not worth raising."
NOT_YET_ACKNOWLEDGED = (
    "Alerts that nobody has taken yet are left out, however long they have waited."
)
ALERTS_STILL_OPEN = "Alerts that are still open."
