"""A penalty can be put on the one who is judged: no viewer is demonetised."""

from atalaia.domain.codes import PenaltyCode, Subject
from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.marked_entry import Entry
from atalaia.domain.policies.invariants.consequences import consequences

__all__ = ["SUITED", "UnsuitedPenaltyError", "check"]

AGENCY_CODES = frozenset(code for code in PenaltyCode if code.startswith("agency_"))
# What can be put on somebody who watches and hosts no room.
VIEWER_CODES = frozenset(
    {
        PenaltyCode.WARN,
        PenaltyCode.FEATURE_RESTRICT,
        PenaltyCode.AGE_VERIFICATION_HOLD,
        PenaltyCode.ACCOUNT_BAN,
        PenaltyCode.LAW_ENFORCEMENT_REFERRAL,
        PenaltyCode.WELFARE_ESCALATION,
    }
)
HOST_CODES = frozenset(PenaltyCode) - AGENCY_CODES
SUITED = {
    Subject.SESSION: HOST_CODES,
    Subject.CREATOR: HOST_CODES,
    Subject.ACCOUNT: HOST_CODES,
    Subject.GUEST: HOST_CODES,
    Subject.PERSON: HOST_CODES,
    Subject.VIEWER: VIEWER_CODES,
    Subject.AGENCY: AGENCY_CODES,
}


class UnsuitedPenaltyError(ReferenceDataError):
    """A penalty that cannot be put on the policy's subject."""

    message = "{place}\nThe penalty '{code}' cannot be put on the subject '{subject}'."
    next_step = "Choose among: {suited}."


def check(leaf: Entry) -> None:
    """Raise at the first penalty that does not suit the subject."""
    subject = Subject.CREATOR
    if leaf.has("subject"):
        subject = leaf.choice("subject", Subject)
    suited = SUITED[subject]
    for block in consequences(leaf):
        for field in ("first", "repeat"):
            for entry in block.items(field) if block.has(field) else ():
                if entry.value not in suited:
                    raise UnsuitedPenaltyError(
                        place=entry.mark,
                        code=entry.value,
                        subject=subject,
                        suited=sorted(suited),
                    )
