"""Why a whole file is refused; each says what, where and what to do next.

A refused file costs nothing but itself: `ingest` reports it and goes on with its
neighbours.
"""

from atalaia.domain.errors import IngestError

__all__ = [
    "AmbiguousNumbersError",
    "BombError",
    "CutArchiveError",
    "CutRecordError",
    "DamagedFileError",
    "EmptyFileError",
    "EncodingError",
    "EntityError",
    "ForeignColumnError",
    "HalfFileError",
    "HugeCellError",
    "LyingSizeError",
    "MissingColumnError",
    "MissingMappingError",
    "MissingSheetError",
    "NoMappingError",
    "NoRecordError",
    "NotAnExportError",
    "NotItsKindError",
    "OldWorkbookError",
    "OpenQuoteError",
    "PersonOriginError",
    "ShortLastRowError",
    "StaffInFieldError",
    "TooManyRowsError",
    "UnknownKindError",
    "UnknownReasonError",
    "UnreadableFileError",
    "UnreadableValuesError",
    "WebPageError",
]


class UnreadableFileError(IngestError):
    """It is not there, or the operating system does not let us read it."""

    message = "{file} cannot be read ({problem})."
    next_step = "Check the path and its permissions."


class UnknownKindError(IngestError):
    """No reader knows this kind of file."""

    message = "{file} is of no kind that can be read; {known} can."
    next_step = "Export it as one of those, or rename it to what it is."


class NotItsKindError(IngestError):
    """The content is not what the name says."""

    message = "{file} is named {named} but its content is {found}."
    next_step = "Rename it to what it is, or export it again."


class OldWorkbookError(NotItsKindError):
    """A workbook of Excel before 2007, or one that a password protects."""

    message = "{file} is a workbook of the old form (.xls), or a password protects it."
    next_step = "Open it in a spreadsheet program and save it as .xlsx, without one."


class WebPageError(NotItsKindError):
    """A web page under another name, as some programs export tables."""

    message = "{file} holds a web page (HTML or XML), whatever its name says."
    next_step = "Open it in a spreadsheet program and save it as .xlsx or .csv."


class EmptyFileError(IngestError):
    """There is nothing in it."""

    message = "{file} holds no row of data."
    next_step = "Ask the owner for the export again; an empty day is no file at all."


class HalfFileError(IngestError):
    """The file ends too early: a broken copy or an export that died."""

    message = "{file} ends too early."
    next_step = "Copy or export it again; nothing of it was taken in."


class OpenQuoteError(HalfFileError):
    """A text stops inside a quoted cell."""

    message = "{file} ends too early: the quote of line {line} is never closed."


class ShortLastRowError(HalfFileError):
    """A text stops inside its last row."""

    message = "{file} ends too early: its last row, line {line}, is short."


class CutRecordError(HalfFileError):
    """JSON lines that stop inside a record."""

    message = (
        "{file} ends too early: line {line} stops inside its record, at character "
        "{position}: {start}"
    )


class NoRecordError(IngestError):
    """JSON lines of which none can be read."""

    message = (
        "No line of {file} is one JSON object; line {line} breaks at character "
        "{position}: {start}"
    )
    next_step = "Export one object a line, or mend that line."


class CutArchiveError(HalfFileError):
    """A packed file whose end is missing: gzip, workbook or Parquet."""

    message = "{file} ends too early: the end of its {container} content is missing."


class DamagedFileError(IngestError):
    """The container is broken."""

    message = "{file} is damaged ({problem})."
    next_step = "Open it in the program that made it and save it again."


class UnreadableValuesError(IngestError):
    """Values that no check foresaw; the file is refused, its neighbours are not."""

    message = "{file} holds values that cannot be read ({problem})."
    next_step = "Export it as CSV or XLSX; if that fails too, report this message."


class ForeignColumnError(IngestError):
    """A column of a type that no field is read from, such as a struct or bytes."""

    message = "Column '{column}' is of type {type}, which no field is read from."
    next_step = "Export it as text, as numbers or as times."


class EncodingError(IngestError):
    """Bytes that no one encoding explains."""

    message = "{file} is not text in {encoding}: byte {byte} at line {line}."
    next_step = "Save it as UTF-8, or state `read: {{encoding: …}}` in the mapping."


class BombError(IngestError):
    """A small file that unpacks to something huge, or lies about its size."""

    message = "{file} unpacks to {unpacked} bytes from {packed}."
    next_step = "Ask its owner for plain CSV; do not open it elsewhere."


class LyingSizeError(BombError):
    """A member that declares less than it holds."""

    message = "{file} declares {packed} bytes and holds more than {unpacked}."


class EntityError(BombError):
    """XML that defines entities, which can grow without end."""

    message = "{file} holds XML that defines entities, which can grow without end."


class HugeCellError(IngestError):
    """One cell is far larger than any fact."""

    message = "{file} holds a cell longer than {limit} characters at line {line}."
    next_step = "A quote is probably left open there; mend that line."


class TooManyRowsError(IngestError):
    """More rows than one file may have."""

    message = "{file} holds more than {limit} rows."
    next_step = "Split the export by day."


class MissingColumnError(IngestError):
    """A column that a required field comes from is not in the file."""

    message = (
        "{file} has no column '{column}', which {table}.{field} comes from; "
        "did you mean '{nearest}'?"
    )
    next_step = "Its columns are: {columns}. Change the mapping or the export."


class MissingSheetError(IngestError):
    """The mapping names a sheet that the workbook does not have."""

    message = "{file} has no sheet '{sheet}'; its sheets are: {sheets}."
    next_step = "Change `read: sheet` in the mapping."


class NoMappingError(IngestError):
    """A file in its owner's form came without a mapping."""

    message = "{file} is not in a contract's form and no mapping was given."
    next_step = "Run `atalaia map suggest {path}`, check the proposal and pass it."


class AmbiguousNumbersError(IngestError):
    """Every number of a column reads two ways (1.234: thousands or decimals)."""

    message = (
        "{file}: every number of column '{column}' reads two ways, as '{example}'."
    )
    next_step = "State `read: {{decimal: ','}}` or `read: {{decimal: '.'}}`."


class MissingMappingError(IngestError):
    """The mapping of refused rows is gone."""

    message = "The mapping '{mapping}' of the refused rows is no longer kept."
    next_step = "Mend the owner's file instead and ingest it again."


class NotAnExportError(IngestError):
    """A file to mend from is not one that was exported."""

    message = "{file} lacks the column '{column}' that the export gives every row."
    next_step = "Export again, keep the first columns as they are, and mend the rest."


class PersonOriginError(IngestError):
    """A person's identifier that is put together or recoded by the mapping."""

    message = "{mapping}: '{table}.{field}' names a person by a template or codes."
    next_step = "Take the identifier from one column as it is: erasure looks for it."


class StaffInFieldError(IngestError):
    """A column that names staff feeds a field that erasure may not change."""

    message = (
        "{mapping}: '{table}.{field}' reads the column '{column}', which names staff."
    )
    next_step = "Leave the column out of that field: erasing somebody would break it."


class UnknownReasonError(IngestError):
    """A reason for which no row is ever quarantined."""

    message = "'{reason}' is no reason for which rows are quarantined."
    next_step = "Did you mean '{nearest}'? There are: {known}."
