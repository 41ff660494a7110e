"""A creator as the platform described them at the observation."""

from atalaia.domain.codes import AccountStatus, Genre, Tier
from atalaia.warehouse.contracts.contract import Contract, Field, Kind
from atalaia.warehouse.contracts.ties import CREATOR, DIALECT, MARKET

__all__ = ["CONTRACT"]

CONTRACT = Contract(
    name="creator",
    meaning="A creator as the platform described them at the observation.",
    key=("creator_id",),
    partitioning="undated",
    fields=(
        CREATOR,
        MARKET,
        Field(
            name="home_tz",
            kind=Kind.TEXT,
            meaning="IANA zone the creator lives in; gives the business date.",
            aliases=("timezone", "time_zone", "tz"),
        ),
        Field(
            name="languages",
            kind=Kind.TEXTS,
            meaning="Languages spoken on LIVE, ISO 639-1, most used first.",
            aliases=("language", "idiomas"),
        ),
        DIALECT,
        Field(
            name="agency_id",
            kind=Kind.TEXT,
            meaning="Agency the creator belongs to now; empty for organic creators.",
            aliases=("agency", "guild_id", "agencia", "agência"),
        ),
        Field(
            name="agency_joined_at",
            kind=Kind.INSTANT,
            meaning="Start of the present membership.",
        ),
        Field(
            name="agency_left_at",
            kind=Kind.INSTANT,
            meaning="End of the membership, if it ended.",
        ),
        Field(
            name="tier", kind=Kind.TEXT, meaning="Creator level.", allowed=tuple(Tier)
        ),
        Field(
            name="genre",
            kind=Kind.TEXT,
            meaning="Main genre of the creator's LIVE.",
            allowed=tuple(Genre),
            aliases=("category", "vertical"),
        ),
        Field(
            name="joined_live_at", kind=Kind.INSTANT, meaning="First access to LIVE."
        ),
        Field(
            name="followers_band",
            kind=Kind.TEXT,
            meaning="Followers, as a band such as 10k-50k.",
        ),
        Field(
            name="status",
            kind=Kind.TEXT,
            meaning="Account status.",
            allowed=tuple(AccountStatus),
        ),
        Field(
            name="health_score",
            kind=Kind.NUMBER,
            meaning="Creator health.",
            minimum=0,
            maximum=100,
            unit="points",
        ),
        Field(
            name="strikes_open",
            kind=Kind.TEXT,
            meaning="Open strikes per first-level policy, a JSON object.",
        ),
        Field(
            name="age_verified", kind=Kind.FLAG, meaning="Whether the age is proven."
        ),
        Field(name="risk_flags", kind=Kind.TEXTS, meaning="Flags set by risk teams."),
        Field(
            name="consent_education",
            kind=Kind.FLAG,
            meaning="Agreed to be contacted for education.",
        ),
    ),
)
