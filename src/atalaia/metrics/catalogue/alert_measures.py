"""The quantities of alerts, each once, as data over a view."""

from atalaia.metrics.measure import Check, Condition, How, Measure
from atalaia.metrics.views.alerts_closed import ALERT_WORDS

__all__ = ["ALERTS_ACKNOWLEDGED", "ALERTS_CLOSED", "ALERTS_WORTH_IT", "ALERT_WAITS"]

ALERT = ("market", *ALERT_WORDS)
TAKEN = Condition(column="wait_s", test=Check.IS_KNOWN)

ALERTS_CLOSED = Measure(
    name="alerts_closed", view="alerts_closed", dimensions=ALERT, cluster="alert_id"
)
ALERTS_WORTH_IT = Measure(
    name="alerts_worth_it",
    view="alerts_closed",
    where=(Condition(column="is_worth_it", test=Check.IS_TRUE),),
    dimensions=ALERT,
    cluster="alert_id",
)
ALERTS_ACKNOWLEDGED = Measure(
    name="alerts_acknowledged",
    view="alerts_raised",
    where=(TAKEN,),
    dimensions=ALERT,
    cluster="alert_id",
)
ALERT_WAITS = Measure(
    name="alert_wait_seconds",
    view="alerts_raised",
    how=How.SUM,
    column="wait_s",
    where=(TAKEN,),
    dimensions=ALERT,
    cluster="alert_id",
)
