"""Every policy falls in a category of the DSA statement of reasons."""

from atalaia.domain.marked_entry import Entry

__all__ = ["DSA_CATEGORIES", "PREFIX", "check"]

# The categories of the official statement-of-reasons schema, without their prefix.
DSA_CATEGORIES = (
    "ANIMAL_WELFARE",
    "CONSUMER_INFORMATION",
    "CYBER_VIOLENCE",
    "CYBER_VIOLENCE_AGAINST_WOMEN",
    "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
    "ILLEGAL_OR_HARMFUL_SPEECH",
    "INTELLECTUAL_PROPERTY_INFRINGEMENTS",
    "NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS",
    "OTHER_VIOLATION_TC",
    "PROTECTION_OF_MINORS",
    "RISK_FOR_PUBLIC_SECURITY",
    "SCAMS_AND_FRAUD",
    "SELF_HARM",
    "UNSAFE_AND_PROHIBITED_PRODUCTS",
    "VIOLENCE",
)
PREFIX = "STATEMENT_CATEGORY_"


def check(leaf: Entry) -> None:
    """Raise where the category is not one of the official ones."""
    known = [f"{PREFIX}{category}" for category in DSA_CATEGORIES]
    leaf.child("dsa_category").one_of(known, kind="dsa_category")
