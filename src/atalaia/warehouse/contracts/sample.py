"""A probability sample drawn for review."""

from atalaia.domain.codes import SampleDesign, SampleFrame, SampleUnit
from atalaia.warehouse.contracts.contract import Contract, Field, Kind
from atalaia.warehouse.contracts.ties import MARKET

__all__ = ["CONTRACT"]

CONTRACT = Contract(
    name="sample",
    meaning="A probability sample drawn for review.",
    key=("sample_id",),
    event_time="drawn_at",
    fields=(
        Field(
            name="sample_id", kind=Kind.TEXT, meaning="The sample.", is_required=True
        ),
        MARKET,
        Field(
            name="frame",
            kind=Kind.TEXT,
            meaning="What was sampled from.",
            is_required=True,
            allowed=tuple(SampleFrame),
        ),
        Field(
            name="design",
            kind=Kind.TEXT,
            meaning="How it was drawn.",
            is_required=True,
            allowed=tuple(SampleDesign),
        ),
        Field(
            name="unit",
            kind=Kind.TEXT,
            meaning="Unit of the frame.",
            allowed=tuple(SampleUnit),
        ),
        Field(
            name="strata",
            kind=Kind.TEXT,
            meaning="Per stratum: population and drawn size, a JSON object.",
        ),
        Field(
            name="population_n",
            kind=Kind.INTEGER,
            meaning="Units in the frame.",
            unit="units",
            minimum=0,
        ),
        Field(
            name="drawn_n",
            kind=Kind.INTEGER,
            meaning="Units drawn.",
            unit="units",
            minimum=0,
        ),
        Field(name="seed", kind=Kind.INTEGER, meaning="Seed of the draw."),
        Field(
            name="drawn_at",
            kind=Kind.INSTANT,
            meaning="When it was drawn.",
            is_required=True,
        ),
        Field(
            name="window_start_at",
            kind=Kind.INSTANT,
            meaning="Start of the frame's window.",
        ),
        Field(
            name="window_end_at",
            kind=Kind.INSTANT,
            meaning="End of the frame's window, exclusive.",
        ),
    ),
)
