"""What was sent to central and came back holds of people."""

from typing import Any

from atalaia.desk.casework.handoff.models import Dispatch
from atalaia.desk.shell.held import Blank, Held

__all__ = ["HELD"]

TOLD_OF_NOBODY = frozenset(
    {
        "Reference",
        "For",
        "Type",
        "Priority",
        "Market",
        "Procedure",
        "Opened",
        "Answer due",
        "Clause",
        "Version in force",
    }
)
"""Lines of a hand-off that stay: what the case is by its codes and dates."""


def without_words(_: Dispatch, content: Any, blank: Blank) -> dict[str, Any]:
    """Return a hand-off with something in the place of what it tells of people."""
    sections = [
        {
            **section,
            "lines": [
                [label, text if label in TOLD_OF_NOBODY else blank(text), is_quote]
                for label, text, is_quote in section["lines"]
            ],
        }
        for section in content["sections"]
    ]
    return {**content, "sections": sections}


HELD = (
    Held(
        model="casework.Dispatch",
        belongs="case",
        documents={"content": without_words},
        kept=("key", "market", "sent_by"),
    ),
    Held(
        model="casework.AnswerLink",
        kept=("key", "market", "token_digest", "form_key", "made_by", "revoked_by"),
    ),
    Held(
        model="casework.Reply",
        belongs="case",
        texts=("text",),
        kept=(
            "key",
            "market",
            "way",
            "verdict",
            "reason",
            "from_name",
            "from_email",
            "written_by",
        ),
    ),
    Held(model="casework.LinkOpening"),
    Held(model="casework.CaseChase", kept=("market", "chased_by")),
)
