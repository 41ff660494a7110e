"""The fields by which facts hang together, written once."""

from dataclasses import replace

from atalaia.warehouse.contracts.contract import Field, Kind

__all__ = [
    "AGENCY_IF_KNOWN",
    "APP_VERSION",
    "CREATOR",
    "CREATOR_IF_KNOWN",
    "DIALECT",
    "MARKET",
    "REVIEWED_UNIT",
    "SESSION",
    "SESSION_IF_KNOWN",
    "SESSION_OR_UNIT",
]

MARKET = Field(
    name="market",
    kind=Kind.TEXT,
    meaning="Market code of the creator at the time, e.g. BR.",
    is_required=True,
    aliases=("country", "mkt", "region", "pais", "país"),
)
CREATOR = Field(
    name="creator_id",
    kind=Kind.TEXT,
    meaning="Creator, as a pseudonym.",
    is_required=True,
    is_person=True,
    aliases=(
        "user_id",
        "uid",
        "host_id",
        "anchor_id",
        "creator",
        "creador",
        "criador",
    ),
)
SESSION = Field(
    name="session_id",
    kind=Kind.TEXT,
    meaning="The LIVE session (room).",
    is_required=True,
    aliases=("room_id", "live_id", "room", "sala"),
)
SESSION_OR_UNIT = Field(
    name="session_id",
    kind=Kind.TEXT,
    meaning="The LIVE session (room), or the unit judged.",
    aliases=("room_id", "live_id", "room", "sala", "item_id"),
)
CREATOR_IF_KNOWN = replace(CREATOR, is_required=False)
SESSION_IF_KNOWN = replace(SESSION, meaning="Session at issue.", is_required=False)
AGENCY_IF_KNOWN = Field(
    name="agency_id", kind=Kind.TEXT, meaning="Agency of the creator at the time."
)
DIALECT = Field(name="dialect", kind=Kind.TEXT, meaning="Dialect label, or unknown.")
APP_VERSION = Field(
    name="app_version",
    kind=Kind.TEXT,
    meaning="Application version of the host.",
)
REVIEWED_UNIT = (
    Field(name="sample_id", kind=Kind.TEXT, meaning="Sample that drew the unit."),
    Field(
        name="decision_id",
        kind=Kind.TEXT,
        meaning="Decision reviewed, enforced or passed.",
    ),
    Field(
        name="session_id",
        kind=Kind.TEXT,
        meaning="Session of the unit.",
        aliases=("item_id", "room_id"),
    ),
    Field(
        name="segment_seq",
        kind=Kind.INTEGER,
        meaning="Minute reviewed, when the unit is a segment.",
        unit="minutes",
        minimum=0,
    ),
    CREATOR_IF_KNOWN,
    MARKET,
    Field(name="stratum", kind=Kind.TEXT, meaning="Stratum of the unit in its sample."),
    Field(
        name="weight",
        kind=Kind.NUMBER,
        meaning="1 / inclusion probability.",
        minimum=0,
        unit="units",
    ),
    Field(
        name="policy_version_used",
        kind=Kind.TEXT,
        meaning="Policy version the unit was judged against.",
    ),
)
"""What was drawn and looked at, with its place and weight in the sample."""
