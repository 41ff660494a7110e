"""An agency (creator network) as described at the observation."""

from atalaia.domain.codes import AgencyStatus
from atalaia.warehouse.contracts.contract import Contract, Field, Kind

__all__ = ["CONTRACT"]

CONTRACT = Contract(
    name="agency",
    meaning="An agency (creator network) as described at the observation.",
    key=("agency_id",),
    partitioning="undated",
    fields=(
        Field(
            name="agency_id",
            kind=Kind.TEXT,
            meaning="The agency.",
            is_required=True,
            aliases=("agency", "guild_id", "agencia", "agência"),
        ),
        Field(
            name="market",
            kind=Kind.TEXT,
            meaning="Principal market.",
            is_required=True,
            aliases=("country", "mkt"),
        ),
        Field(
            name="markets", kind=Kind.TEXTS, meaning="All markets the agency works in."
        ),
        Field(name="name", kind=Kind.TEXT, meaning="Trading name."),
        Field(name="tier", kind=Kind.TEXT, meaning="Agency tier."),
        Field(
            name="manager",
            kind=Kind.TEXT,
            meaning="The agency's manager on the platform side.",
            is_person=True,
        ),
        Field(
            name="creators_n",
            kind=Kind.INTEGER,
            meaning="Creators managed.",
            unit="creators",
            minimum=0,
        ),
        Field(
            name="score",
            kind=Kind.NUMBER,
            meaning="Agency score.",
            unit="points",
            minimum=0,
        ),
        Field(
            name="status",
            kind=Kind.TEXT,
            meaning="Agency status.",
            allowed=tuple(AgencyStatus),
        ),
        Field(
            name="training_coverage",
            kind=Kind.NUMBER,
            meaning="Share of creators trained.",
            unit="share",
            minimum=0,
            maximum=1,
        ),
        Field(
            name="contact", kind=Kind.TEXT, meaning="Contact person.", is_person=True
        ),
    ),
)
