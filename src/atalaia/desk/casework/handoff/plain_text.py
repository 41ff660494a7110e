"""A hand-off as text, to be pasted into a chat, a mail or a ticket."""

from atalaia.desk.casework.handoff.document import HandOff, Line

__all__ = ["INDENT", "plain_text"]

INDENT = "    "


def plain_text(hand_off: HandOff, *, address: str = "") -> str:
    """Return a hand-off as text; what breaks over lines stays indented below its label.

    Args:
        address: where it is answered, for a message, which stays short; "" for a file,
            which holds every decision of a bulk restore.
    """
    head = f"{hand_off.reference} · {hand_off.ask}"
    parts = [f"{head}\nFor: {hand_off.team}"]
    if address:
        parts.append(f"Accept, return or reject here, without an account:\n{address}")
    for section in hand_off.sections:
        lines = "\n".join(_line(line) for line in section.lines)
        parts.append(f"{section.title.upper()}\n{lines}")
    if hand_off.decisions and not address:
        listed = "\n".join(each.decision for each in hand_off.decisions)
        parts.append(f"ALL DECISIONS\n{listed}")
    parts.append(
        "To answer in text instead, reply with the reference and one of: "
        f"ACCEPTED, RETURNED (say why), REJECTED (say why). [{hand_off.reference}]"
    )
    return "\n\n".join(parts) + "\n"


def _line(line: Line) -> str:
    text = f"\n{INDENT}".join(line.text.splitlines()) if line.text else ""
    return f"- {line.label}: {text}"
