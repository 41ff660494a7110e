"""Progress on a terminal: one line a step, with how long it took."""

from collections.abc import Callable, Mapping
from datetime import datetime

from rich.status import Status

from atalaia.cli.refusals import spoken
from atalaia.cli.terminal import Terminal
from atalaia.language.format import Voice
from atalaia.pipeline.steps import Step
from atalaia.warehouse.ingest.receipts import FileReport

__all__ = ["StepLines"]

RESULT_MESSAGES = {
    "rows": "rows taken in: {value}",
    "quarantined": "in quarantine: {value}",
    "refused": "files refused: {value}",
    "tables": "tables: {value}",
    "real": "real changes: {value}",
    "day": "day: {value}",
}
"""What a step may tell of its result; the rest is for other programs."""


class StepLines:
    """Guards the line of the step at work; each step ends as a line of its own."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._voice = Voice(language=terminal.language)
        self._clock: Callable[[], datetime] = terminal.clock
        self._began: datetime | None = None
        self._status: Status | None = None

    def began(self, step: Step) -> None:
        """Show that a step is at work; a spinner only where somebody can see it."""
        self._began = self._clock()
        title = self._terminal.words.text(step.message)
        self._status = self._terminal.err.status(f"{title} …")
        self._status.start()

    def ended(self, step: Step, *, result: Mapping[str, str]) -> None:
        """Turn the line into what was done."""
        if self._status is not None:
            self._status.stop()
        words = self._terminal.words
        title = words.text(step.message)
        if self._began is None:
            self._tell(words.text("{step}: done before", step=title))
            return
        took = (self._clock() - self._began).total_seconds()
        self._began = None
        told = ", ".join(
            words.text(RESULT_MESSAGES[name], value=self._shown(value))
            for name, value in result.items()
            if name in RESULT_MESSAGES and value != "0"
        )
        self._tell(
            words.text(
                "{step}: {seconds} s {result}",
                step=title,
                seconds=self._voice.number(took, digits=1),
                result=f"({told})" if told else "",
            )
        )

    def refused(self, report: FileReport) -> None:
        """Name the file with what is wrong and what to do, above the line at work."""
        if report.error is not None:
            words = self._terminal.words
            why = spoken(report.error, words=words)
            self._tell(words.text("Refused {file}: {why}", file=report.file, why=why))

    def stopped(self) -> None:
        """Take the spinner away where a step ended in an error."""
        if self._status is not None:
            self._status.stop()

    def _shown(self, value: str) -> str:
        return self._voice.number(int(value)) if value.isdigit() else value

    def _tell(self, line: str) -> None:
        self._terminal.err.print(line.rstrip(), markup=False)
