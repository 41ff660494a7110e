"""The decisions that a case asks to undo, each with what became of it."""

from django.db import models

__all__ = ["RestoreRow"]


class RestoreRow(models.Model):
    """One decision that a case asks central to undo; it holds ids, nobody's name.

    It is reached through its case only, as comments are. `is_in_facts` says whether the
    facts knew the decision when it was added; None where nobody could tell. The ids of
    an erased creator's case are empty: such rows of one case are alike.
    """

    case = models.ForeignKey(
        "casework.Case", on_delete=models.CASCADE, related_name="restores"
    )
    decision_id = models.CharField(max_length=80, db_index=True)
    session_id = models.CharField(max_length=80, blank=True, default="")
    policy_id = models.CharField(max_length=80, blank=True, default="")
    is_in_facts = models.BooleanField(null=True)
    state = models.CharField(max_length=12)
    reason = models.CharField(max_length=24, blank=True, default="")
    added_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("case", "decision_id"),
                condition=~models.Q(decision_id=""),
                name="one_restore_a_decision",
            )
        ]
        indexes = [models.Index(fields=("case", "state"))]

    def __str__(self) -> str:
        return f"restore {self.pk}"
