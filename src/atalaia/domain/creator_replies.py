"""Replies to creators as data: what is said in which situation, in three languages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources.abc import Traversable

from atalaia.domain.case_codes import RequestedOutcome
from atalaia.domain.invariants import replies_are_complete, reply_fields_are_known
from atalaia.domain.marked_entry import Entry, root_of
from atalaia.domain.marked_yaml import read_marked
from atalaia.domain.trilingual import Trilingual
from atalaia.domain.work_codes import CaseType

__all__ = [
    "CreatorReplies",
    "CreatorReply",
    "ReplyWhen",
    "Situation",
    "load_creator_replies",
]


class Situation(StrEnum):
    """What a creator is told; each has one reply."""

    TECHNICAL_MENDED = "technical_mended"
    PENALTY_LIFTED = "penalty_lifted"
    PENALTY_UPHELD = "penalty_upheld"
    WAITING_FOR_CENTRAL = "waiting_for_central"
    APPEAL_OPEN = "appeal_open"
    APPEAL_EXHAUSTED = "appeal_exhausted"
    POLICY_ANSWERED = "policy_answered"
    EVIDENCE_NEEDED = "evidence_needed"


class ReplyWhen(StrEnum):
    """At what point of a case a reply is true."""

    FIX_VERIFIED = "fix_verified"
    RULING_ACCEPTED = "ruling_accepted"
    RULING_REJECTED = "ruling_rejected"
    DECIDED = "decided"
    WITH_CENTRAL = "with_central"
    APPEAL_OPEN = "appeal_open"
    APPEAL_CLOSED = "appeal_closed"
    IN_OUR_HANDS = "in_our_hands"


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatorReply:
    """One reply; its texts hold fields that a case fills.

    Attributes:
        outcomes: what the case asked for; empty for whatever it was.
        tells_appeal: whether it says what is left of the appeals in the app.
        fields: the fields that its texts hold.
    """

    situation: Situation
    label: Trilingual
    case_types: frozenset[CaseType]
    outcomes: frozenset[RequestedOutcome]
    when: ReplyWhen
    tells_appeal: bool
    what: Trilingual
    why: Trilingual
    next: Trilingual
    fields: frozenset[str]

    def is_for(self, case_type: CaseType, outcome: RequestedOutcome) -> bool:
        """Whether it is meant for a case of that kind that asks for that."""
        is_asked = not self.outcomes or outcome in self.outcomes
        return case_type in self.case_types and is_asked


@dataclass(frozen=True, slots=True)
class CreatorReplies:
    """All replies, those to suggest first before the others."""

    by_situation: Mapping[Situation, CreatorReply]

    def of(self, situation: Situation) -> CreatorReply:
        """Return the reply of a situation."""
        return self.by_situation[situation]

    def __iter__(self) -> Iterator[CreatorReply]:
        return iter(self.by_situation.values())


def load_creator_replies(
    source: Traversable | str = "creator_replies.yaml",
) -> CreatorReplies:
    """Read the replies; raises ReferenceDataError with the line."""
    root = root_of(read_marked(source))
    replies_are_complete.check(root, known=Situation)
    found = [_reply(entry) for entry in root.fields()]
    return CreatorReplies({reply.situation: reply for reply in found})


def _reply(entry: Entry) -> CreatorReply:
    optional = ("outcomes",) if entry.has("outcomes") else ()
    texts = reply_fields_are_known.PARTS
    entry.only("label", "case_types", "when", "tells_appeal", *texts, *optional)
    return CreatorReply(
        situation=Situation(entry.key),
        label=entry.trilingual("label"),
        case_types=frozenset(
            item.choice(None, CaseType) for item in entry.items("case_types")
        ),
        outcomes=frozenset(
            item.choice(None, RequestedOutcome)
            for name in optional
            for item in entry.items(name)
        ),
        when=entry.choice("when", ReplyWhen),
        tells_appeal=entry.yes("tells_appeal"),
        what=entry.trilingual("what"),
        why=entry.trilingual("why"),
        next=entry.trilingual("next"),
        fields=reply_fields_are_known.check(entry),
    )
