"""What an ingest did, as lines on a terminal: counts, then each file's remarks."""

from collections import Counter

from rich.table import Table

from atalaia.cli.columns import figures, table, texts
from atalaia.cli.refusals import spoken
from atalaia.cli.terminal import Terminal
from atalaia.cli.waiting_words import likely_codes, values_shown
from atalaia.domain.fact_names import FACT_NAMES
from atalaia.domain.reference import load_reference
from atalaia.language.format import Voice
from atalaia.warehouse.ingest.faults import REASON_MESSAGES, Reason
from atalaia.warehouse.ingest.receipts import FileReport, FileState, IngestReceipt
from atalaia.warehouse.ingest.waiting import list_quarantine
from atalaia.warehouse.place import open_place

__all__ = ["tell_receipt"]


def tell_receipt(receipt: IngestReceipt, *, terminal: Terminal) -> None:
    """Say what was taken in, what was not and why, and what to type next."""
    words = terminal.words
    if receipt.accepted or receipt.quarantined:
        terminal.out.print(_table(receipt, terminal=terminal))
    known = sum(file.state is FileState.KNOWN for file in receipt.files)
    if known:
        terminal.say(
            words.plural(
                "{count} file is known already, unchanged.",
                "{count} files are known already, unchanged.",
                known,
            )
        )
    for file in receipt.files:
        _tell_file(file, terminal=terminal)
    for reason, count in _reasons(receipt).items():
        terminal.say(
            words.plural(
                "{count} row in quarantine: {reason}",
                "{count} rows in quarantine: {reason}",
                count,
                reason=words.text(REASON_MESSAGES[Reason(reason)]),
            )
        )
    if receipt.quarantined:
        _tell_codes(receipt, terminal=terminal)
        look = terminal.command("quarantine list")
        terminal.say(words.text("To see them: {command}", command=look))
        mend = terminal.command("quarantine export --out bad-rows.csv")
        terminal.say(words.text("To mend them: {command}", command=mend))


def _table(receipt: IngestReceipt, *, terminal: Terminal) -> Table:
    words, voice = terminal.words, Voice(language=terminal.language)
    shown = table(
        texts(words.text("Facts")),
        figures(words.text("Taken")),
        figures(words.text("In quarantine")),
    )
    for name in dict.fromkeys((*receipt.accepted, *receipt.quarantined)):
        counts = (receipt.accepted.get(name, 0), receipt.quarantined.get(name, 0))
        shown.add_row(
            FACT_NAMES[name].of(terminal.language),
            *(voice.number(count) for count in counts),
        )
    return shown


def _tell_file(file: FileReport, *, terminal: Terminal) -> None:
    """Name a file once, with what the reader decided or noticed in it below."""
    words = terminal.words
    if file.error is not None:
        why = spoken(file.error, words=words)
        terminal.say(words.text("Refused {file}: {why}", file=file.file, why=why))
    elif file.remarks:
        terminal.say(file.file)
    for remark in file.remarks:
        fields = {name: str(value) for name, value in remark.fields.items()}
        terminal.say(f"· {words.text(remark.text, **fields)}")


def _tell_codes(receipt: IngestReceipt, *, terminal: Terminal) -> None:
    """Show codes that are none of ours, beside the likeliest of ours."""
    files = {file.file for file in receipt.files if file.tables}
    place = open_place(terminal.data)
    markets = load_reference(place.reference).markets
    for group in list_quarantine(place):
        near = likely_codes(group, markets=markets)
        if near and group.file in files:
            terminal.say(
                terminal.words.text(
                    "· {table}.{field}: {values}. Did you mean: {nearest}?",
                    table=group.table,
                    field=group.field,
                    values=values_shown(group),
                    nearest=near,
                )
            )


def _reasons(receipt: IngestReceipt) -> Counter[str]:
    total: Counter[str] = Counter()
    for file in receipt.files:
        for counts in file.tables:
            total.update(counts.reasons)
    return total
