"""What is told of a file: why a row is bad, and what the reader had to decide.

Every text is an English gettext key with named fields; the edge translates it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

__all__ = [
    "REASON_MESSAGES",
    "REMARK_MESSAGES",
    "Reason",
    "Remark",
    "RemarkCode",
    "RowFault",
]


class Reason(StrEnum):
    """Why a row is quarantined."""

    RAGGED = "ragged"
    NOT_A_RECORD = "not_a_record"
    MISSING = "missing"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_WHOLE_NUMBER = "not_a_whole_number"
    NOT_A_TIME = "not_a_time"
    NOT_A_PERIOD = "not_a_period"
    NOT_A_FLAG = "not_a_flag"
    NOT_A_LIST = "not_a_list"
    UNKNOWN_CODE = "unknown_code"
    UNKNOWN_MARKET = "unknown_market"
    UNKNOWN_POLICY = "unknown_policy"
    UNKNOWN_ZONE = "unknown_zone"
    ROUNDED_ID = "rounded_id"
    OUT_OF_BOUNDS = "out_of_bounds"
    IN_THE_FUTURE = "in_the_future"
    TOO_OLD = "too_old"
    ENDS_BEFORE_START = "ends_before_start"
    CONTRADICTION = "contradiction"


REASON_MESSAGES: Mapping[Reason, str] = {
    Reason.RAGGED: "The row has another number of cells than the header.",
    Reason.NOT_A_RECORD: "The line is not one JSON object.",
    Reason.MISSING: "A required value is empty.",
    Reason.NOT_A_NUMBER: "The value is not a number.",
    Reason.NOT_A_WHOLE_NUMBER: "The value is not a whole number.",
    Reason.NOT_A_TIME: "The value is not a date or time.",
    Reason.NOT_A_PERIOD: (
        "The value is not a day, week or month; one without a year needs it in the "
        "mapping."
    ),
    Reason.NOT_A_FLAG: "The value is neither yes nor no.",
    Reason.NOT_A_LIST: "The value is not a list.",
    Reason.UNKNOWN_CODE: "The code is not in the contract's closed list.",
    Reason.UNKNOWN_MARKET: "The market is not one of ours.",
    Reason.UNKNOWN_POLICY: "The policy is not in the policy tree.",
    Reason.UNKNOWN_ZONE: "The time zone is not in the time zone database.",
    Reason.ROUNDED_ID: ("A spreadsheet has rounded the identifier; export it as text."),
    Reason.OUT_OF_BOUNDS: "The number is outside the contract's bounds.",
    Reason.IN_THE_FUTURE: "The time is in the future; the clock's zone is wrong.",
    Reason.TOO_OLD: "The time is before 2016; the clock or the format is wrong.",
    Reason.ENDS_BEFORE_START: "It ends before it starts.",
    Reason.CONTRADICTION: ("Another row has the same key and time with other content."),
}


class RemarkCode(StrEnum):
    """What the reader decided or noticed; never fatal."""

    OTHER_KIND = "other_kind"
    BROKEN_RECORD = "broken_record"
    ENCODING = "encoding"
    DIALECT = "dialect"
    TITLE_ROWS = "title_rows"
    MERGED_HEADER = "merged_header"
    MERGED_CELLS = "merged_cells"
    TOTALS_DROPPED = "totals_dropped"
    SHEET_HIDDEN = "sheet_hidden"
    SHEET_NOT_ASKED_FOR = "sheet_not_asked_for"
    SHEET_WITHOUT_CELLS = "sheet_without_cells"
    SHEET_WITHOUT_TABLE = "sheet_without_table"
    SHEET_UNFITTING = "sheet_unfitting"
    DUPLICATE_COLUMNS = "duplicate_columns"
    DECIMAL_COMMA = "decimal_comma"
    DAY_FIRST_ASSUMED = "day_first_assumed"
    MONTH_FIRST = "month_first"
    NEW_COLUMNS = "new_columns"
    MISSING_COLUMNS = "missing_columns"
    ZONE_ASSUMED = "zone_assumed"
    WRONG_ZONE = "wrong_zone"
    LATE_FACTS = "late_facts"
    EXACT_TWINS = "exact_twins"
    DSA_RECOGNISED = "dsa_recognised"
    ERASED_LEFT_OUT = "erased_left_out"
    STAFF_LEFT_BLANK = "staff_left_blank"
    NAME_LEFT_OUT = "name_left_out"


REMARK_MESSAGES: Mapping[RemarkCode, str] = {
    RemarkCode.OTHER_KIND: "Named {named}, but its content is {kind}; read as that.",
    RemarkCode.BROKEN_RECORD: (
        "Line {line} is not one JSON object; it breaks at character {position}: {start}"
    ),
    RemarkCode.ENCODING: "Read as {encoding}.",
    RemarkCode.DIALECT: "Cells are separated by {delimiter}.",
    RemarkCode.TITLE_ROWS: "{n} title rows above the header of {sheet} were left.",
    RemarkCode.MERGED_HEADER: "The header of {sheet} is merged over {n} rows.",
    RemarkCode.MERGED_CELLS: (
        "{n} merged cells of {sheet} stand for every row that they cover."
    ),
    RemarkCode.TOTALS_DROPPED: "{n} totals rows of {sheet} were left out: {rows}.",
    RemarkCode.SHEET_HIDDEN: "Sheet {sheet} was skipped: it is hidden.",
    RemarkCode.SHEET_NOT_ASKED_FOR: (
        "Sheet {sheet} was skipped: the mapping names another."
    ),
    RemarkCode.SHEET_WITHOUT_CELLS: "Sheet {sheet} was skipped: it is a chart.",
    RemarkCode.SHEET_WITHOUT_TABLE: "Sheet {sheet} was skipped: it holds no table.",
    RemarkCode.SHEET_UNFITTING: (
        "Sheet {sheet} was skipped: it lacks columns of the mapping."
    ),
    RemarkCode.DUPLICATE_COLUMNS: "Columns with one name were numbered: {columns}.",
    RemarkCode.DECIMAL_COMMA: "Column {column} has decimal commas.",
    RemarkCode.DAY_FIRST_ASSUMED: (
        "Dates of {column} fit both orders and were read day first."
    ),
    RemarkCode.MONTH_FIRST: "Dates of {column} were read month first.",
    RemarkCode.NEW_COLUMNS: "Columns that nothing maps: {columns}.",
    RemarkCode.MISSING_COLUMNS: "Optional columns not in the file: {columns}.",
    RemarkCode.ZONE_ASSUMED: (
        "Times of {column} name no zone; read in each market's own zone."
    ),
    RemarkCode.WRONG_ZONE: (
        "{n} times of {column} are in the future by up to {hours} hours: "
        "their zone is probably not the declared one."
    ),
    RemarkCode.LATE_FACTS: (
        "{n} rows were observed more than {days} days after their day."
    ),
    RemarkCode.EXACT_TWINS: "{n} rows repeat another row exactly; one was kept.",
    RemarkCode.DSA_RECOGNISED: (
        "Recognised as a statement-of-reasons export, {form} form."
    ),
    RemarkCode.ERASED_LEFT_OUT: (
        "{n} rows name people who were erased; they were left out."
    ),
    RemarkCode.STAFF_LEFT_BLANK: (
        "{n} rows name staff who were erased; the names were left out."
    ),
    RemarkCode.NAME_LEFT_OUT: (
        "Left out: its name begins with _, as of what is still being written. "
        "Rename it to take it in."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One thing the report says of a file; `text` is a gettext key over `fields`."""

    code: RemarkCode
    fields: Mapping[str, object] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The English sentence, to be translated with `fields`."""
        return REMARK_MESSAGES[self.code]

    def __str__(self) -> str:
        return self.text.format(**self.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFault:
    """A row that could not even be read; `line` counts the file's lines from 1."""

    line: int
    reason: Reason
    detail: str
