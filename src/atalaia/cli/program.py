"""The program: which command stands where, and how a run begins and ends."""

import ast
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Annotated

from cyclopts import App, Group, Parameter
from cyclopts.exceptions import CycloptsError
from rich.console import Console

from atalaia.cli.help import EVERYWHERE_TITLE, SpokenHelp, telling
from atalaia.cli.refusals import file_refusal, refusal, spoken
from atalaia.cli.terminal import DATA_VARIABLE, DEFAULT_DATA, Terminal, clock
from atalaia.domain.errors import AtalaiaError
from atalaia.domain.trilingual import LANGUAGES, Language
from atalaia.language.catalogue import SOURCE, Translator, translator

__all__ = ["COMMANDS", "GROUP_MESSAGES", "build", "main"]

INTERRUPTED, PIPE_CLOSED = 130, 141
EVERYWHERE = Group(EVERYWHERE_TITLE, sort_key=99)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command: its words on the command line, what runs, one example.

    `run` names module and function: a command's libraries load when it runs. `takes`
    is told where its words without a name may be left out.
    """

    path: tuple[str, ...]
    run: str
    example: str
    takes: str = ""


COMMANDS = (
    Command(
        path=("demo",),
        run="demo:demo",
        example="atalaia --lang pt demo",
    ),
    Command(
        path=("simulate",),
        run="simulate:simulate",
        example="atalaia simulate --sessions 5000",
    ),
    Command(
        path=("ingest",),
        run="ingest:ingest",
        example="atalaia ingest penalties.csv --mapping penalties.yaml",
        takes="[PATH]",
    ),
    Command(
        path=("map", "suggest"),
        run="map_suggest:suggest",
        example="atalaia map suggest penalties.xlsx > penalties.yaml",
    ),
    Command(
        path=("daily",),
        run="daily:daily",
        example="atalaia daily --date 2026-07-05",
    ),
    Command(
        path=("brief",),
        run="brief:brief",
        example="atalaia brief --market BR --lang pt",
    ),
    Command(
        path=("metrics", "list"),
        run="metrics_list:list_metrics",
        example="atalaia metrics list",
    ),
    Command(
        path=("metrics", "explain"),
        run="metrics_explain:explain",
        example="atalaia metrics explain M10",
    ),
    Command(
        path=("metrics", "compute"),
        run="metrics_compute:compute",
        example="atalaia metrics compute M03 --by market --grain week "
        "--where domain=tns",
    ),
    Command(
        path=("metrics", "why"),
        run="metrics_why:explain_change",
        example="atalaia metrics why M02 --market BR --by tier",
    ),
    Command(
        path=("metrics", "diff"),
        run="metrics_diff:diff",
        example="atalaia metrics diff severe-cases-v2.yaml --by market --grain week",
        takes="CHANGED [PRESENT]",
    ),
    Command(
        path=("metrics", "import"),
        run="metrics_import:import_metrics",
        example="atalaia metrics import metricflow semantic_models.yml",
    ),
    Command(
        path=("quarantine", "list"),
        run="quarantine_list:list_quarantine",
        example="atalaia quarantine list",
    ),
    Command(
        path=("quarantine", "export"),
        run="quarantine_export:export",
        example="atalaia quarantine export --out bad-rows.csv",
    ),
    Command(
        path=("quarantine", "mend"),
        run="quarantine_mend:mend",
        example="atalaia quarantine mend bad-rows.csv",
    ),
    Command(
        path=("warehouse", "files"),
        run="warehouse_files:files",
        example="atalaia warehouse files penalty --market BR",
    ),
    Command(
        path=("warehouse", "snapshots"),
        run="warehouse_snapshots:snapshots",
        example="atalaia warehouse snapshots",
    ),
    Command(
        path=("warehouse", "compact"),
        run="warehouse_compact:compact",
        example="atalaia warehouse compact",
    ),
    Command(
        path=("warehouse", "erase"),
        run="warehouse_erase:erase",
        example="atalaia warehouse erase 7421339",
        takes="[PEOPLE...]",
    ),
    Command(
        path=("warehouse", "retain"),
        run="warehouse_retain:retain",
        example="atalaia warehouse retain",
    ),
    Command(
        path=("warehouse", "verify"),
        run="warehouse_verify:verify",
        example="atalaia warehouse verify",
    ),
    Command(
        path=("vault", "create"),
        run="vault_create:create",
        example="atalaia vault create",
    ),
    Command(
        path=("vault", "reveal"),
        run="vault_reveal:reveal",
        example='atalaia vault reveal c_7f… --by lead-1 --why "court order 7"',
    ),
    Command(
        path=("vault", "reveals"),
        run="vault_reveals:reveals",
        example="atalaia vault reveals",
    ),
    Command(
        path=("desk", "init"),
        run="desk_init:init",
        example="atalaia desk init --admin ana@example.org",
    ),
    Command(
        path=("desk", "publish"),
        run="desk_publish:publish",
        example="atalaia desk publish",
    ),
    Command(
        path=("serve",),
        run="serve:serve",
        example="atalaia serve --port 8080",
    ),
    Command(
        path=("worker",),
        run="worker:worker",
        example="atalaia worker",
    ),
    Command(
        path=("schedule",),
        run="schedule:schedule",
        example="atalaia schedule",
    ),
    Command(
        path=("backup",),
        run="backup:backup",
        example="atalaia backup /safe/monday.atalaia",
    ),
    Command(
        path=("restore",),
        run="restore:restore",
        example="atalaia restore /safe/monday.atalaia",
    ),
    Command(
        path=("audit", "verify"),
        run="audit_verify:verify",
        example="atalaia audit verify",
    ),
    Command(
        path=("audit", "export-head"),
        run="audit_export_head:export_head",
        example="atalaia audit export-head",
    ),
    Command(
        path=("upgrade",),
        run="upgrade:upgrade",
        example="atalaia upgrade",
    ),
    Command(
        path=("doctor",),
        run="doctor:doctor",
        example="atalaia doctor",
    ),
)

GROUP_MESSAGES: Mapping[str, str] = {
    "audit": "Prove that the desk's audit trail is whole.",
    "desk": "Set the desk up, and hand on what was done there.",
    "map": "Describe the columns of a file of your own.",
    "metrics": "List, explain and compute the metrics of the catalogue.",
    "quarantine": "See, export and mend the rows that ingest refused.",
    "vault": "Say who a pseudonym is, on record, where a vault is kept.",
    "warehouse": "Look after the tables: files, snapshots, erasure, retention.",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 to 3 refused with words."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    language = _language(given, os.environ)
    words = translator(language)
    err = Console(stderr=True, soft_wrap=True, highlight=False)
    try:
        return _run(given, language=language, words=words, err=err)
    except CycloptsError as error:
        return _tell(refusal(error), words=words, err=err)
    except AtalaiaError as error:
        return _tell(error, words=words, err=err)
    except BrokenPipeError:
        # The reader (head, less) has had enough: that is no fault of the run.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except OSError as error:
        return _tell(file_refusal(error), words=words, err=err)
    except KeyboardInterrupt:
        err.print(words.text("Stopped. Run the same command again to go on."))
        return INTERRUPTED


def _run(
    given: Sequence[str], *, language: Language, words: Translator, err: Console
) -> int:
    app = build(words)

    def launch(
        *tokens: Annotated[str, Parameter(show=False, allow_leading_hyphen=True)],
        data: Annotated[
            Path,
            Parameter(env_var=DATA_VARIABLE, group=EVERYWHERE, help="The data folder."),
        ] = DEFAULT_DATA,
        lang: Annotated[
            Language,
            Parameter(group=EVERYWHERE, help="The language of what you read."),
        ] = language,
    ) -> int:
        terminal = Terminal(
            data=data,
            language=lang,
            words=translator(lang),
            out=Console(highlight=False),
            err=err,
            # A copy: the desk's settings are read from what a command adds to it.
            environment=dict(os.environ),
            clock=clock,
        )
        command, bound, ignored = app.parse_args(
            tokens, print_error=False, exit_on_error=False
        )
        extra = {"terminal": terminal} if "terminal" in ignored else {}
        return command(*bound.args, **bound.kwargs, **extra) or 0

    app.meta.default(launch)
    result = app.meta(
        given,
        print_error=False,
        exit_on_error=False,
        result_action="return_value",
    )
    return result if isinstance(result, int) else 0


def build(words: Translator) -> App:
    """Return the command tree with its help in one language."""
    app = App(
        name="atalaia",
        version=version("atalaia"),
        help="Turn LIVE safety facts into a day's brief for Brazil and "
        "Spanish-speaking Latin America.",
        help_format="plaintext",
        help_formatter=SpokenHelp(words),
        help_epilogue=_example("atalaia demo", words=words),
        default_parameter=Parameter(negative=(), show_default=telling),
    )
    groups: dict[str, App] = {}
    for rank, command in enumerate(COMMANDS):
        *parent, name = command.path
        host = app
        if parent:
            host = _group(parent[0], app=app, groups=groups, first=command, words=words)
        usage = f"atalaia {' '.join(command.path)} [OPTIONS] {command.takes}"
        host.command(
            f"atalaia.cli.commands.{command.run}",
            name=name,
            help=_docstring(command),
            help_epilogue=_example(command.example, words=words),
            sort_key=rank,
            **({"usage": usage} if command.takes else {}),
        )
    return app


def _group(
    name: str,
    *,
    app: App,
    groups: dict[str, App],
    first: Command,
    words: Translator,
) -> App:
    """Return a group of commands; it stands where its first command does."""
    if name not in groups:
        groups[name] = App(
            name=name,
            help=GROUP_MESSAGES[name],
            help_epilogue=_example(first.example, words=words),
            sort_key=COMMANDS.index(first),
        )
        app.command(groups[name])
    return groups[name]


def _docstring(command: Command) -> str:
    """Read a command's help from its source: listing commands must not load them."""
    module, _, name = command.run.partition(":")
    source = files("atalaia.cli.commands").joinpath(f"{module}.py")
    functions = ast.walk(ast.parse(source.read_text(encoding="utf-8")))
    return next(
        ast.get_docstring(node) or ""
        for node in functions
        if isinstance(node, ast.FunctionDef) and node.name == name
    )


def _example(command: str, *, words: Translator) -> str:
    return words.text("Example: {command}", command=command)


def _tell(error: AtalaiaError, *, words: Translator, err: Console) -> int:
    err.print(spoken(error, words=words), markup=False)
    return error.exit_code


def _language(given: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Return the language asked for, else that of the machine, else English."""
    asked = [
        *(after for word, after in pairwise(given) if word == "--lang"),
        *(word.removeprefix("--lang=") for word in given if word.startswith("--lang=")),
        environment.get("LANG", "")[:2],
    ]
    known = {str(code): code for code in LANGUAGES}
    return next((known[code] for code in asked if code in known), SOURCE)
