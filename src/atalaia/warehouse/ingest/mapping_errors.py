"""What can be wrong with a mapping; each is shown with its line."""

from atalaia.domain.errors import IngestError

__all__ = [
    "ForeignPeriodError",
    "ForeignSettlementError",
    "MappingError",
    "MissingFieldsError",
    "NeedlessMappingError",
    "OpenBraceError",
    "OriginCountError",
    "SettledFieldsError",
    "SplitJudgmentsError",
    "UnknownNameError",
    "UnlikeAnyTableError",
    "UnmatchedLimitsError",
    "UnsettledError",
]


class MappingError(IngestError):
    """A mapping breaks a rule."""

    message = "{place}\nThis mapping breaks a rule."
    next_step = "Mend the line."


class UnknownNameError(MappingError):
    """A table, field, code, unit, zone or melted name that does not exist."""

    message = "{place}\n'{name}' is not known here."
    next_step = "Did you mean '{nearest}'?"


class MissingFieldsError(MappingError):
    """A table lacks fields that it cannot do without."""

    message = "{place}\nThe table '{table}' needs the fields: {fields}."
    next_step = "Add each with a column, a template or a constant."


class OriginCountError(MappingError):
    """A field that comes from nowhere, or from two places."""

    message = "{place}\nThe field '{field}' names {count} origins."
    next_step = "Give exactly one of: {known}."


class OpenBraceError(MappingError):
    """A template whose braces do not close."""

    message = "{place}\nThe braces of '{text}' do not close."
    next_step = "Write the name of a column or of a melted value between braces."


class UnmatchedLimitsError(MappingError):
    """Limits by value that are not those of one melted name."""

    message = "{place}\nThe limits are not those of one melted name."
    next_step = "Give one number, or one for each of its values."


class SettledFieldsError(MappingError):
    """A settled table with fields of its own."""

    message = "{place}\nA settled table takes its fields from decisions and reviews."
    next_step = "Leave `fields` out."


class ForeignSettlementError(MappingError):
    """Something other than verdicts is settled."""

    message = "{place}\nOnly verdicts are settled."
    next_step = "Move `settle` to the table 'verdict'."


class ForeignPeriodError(MappingError):
    """A period given to a table whose rows are moments."""

    message = "{place}\nOnly counted cells have a period."
    next_step = "Move `period` to the table 'aggregate'."


class UnsettledError(MappingError):
    """Verdicts without what they are settled from."""

    message = "{place}\nVerdicts are settled from decisions and their reviews."
    next_step = "Map the tables 'moderation_decision' and 'review' as well."


class SplitJudgmentsError(MappingError):
    """Judgments of one decision that stand in several rows."""

    message = "{place}\nThe judgments of one decision must stand in one row."
    next_step = "Melt the review over its judgment columns."


class NeedlessMappingError(IngestError):
    """A mapping is asked for an export that is known as it is."""

    message = "{file} is a statement-of-reasons export and needs no mapping."
    next_step = (
        "Run `atalaia ingest {file}`; where the export names no country, add "
        "`--market` with its code."
    )


class UnlikeAnyTableError(IngestError):
    """A proposal is asked for a file of which no column is known."""

    message = "No column of {file} is called as a field of ours: {columns}."
    next_step = "Say with `--table` what its rows are, one of: {known}."
