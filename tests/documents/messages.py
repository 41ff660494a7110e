"""Find every message that people read, and bring the catalogues up to it.

Run by `make messages`. It adds what the source has and the catalogues lack (empty, to
be translated) and takes out what no source uses any more. A message is, in `src`:

- `message` and `next_step` of a class whose name ends in Error;
- the first argument of `words.text("…")`, and both of `words.plural("…", "…", n)`,
  where the translator is called `words`, `t`, `translate` or `translator`;
- a text given as `message=`, `next_step=`, `summary=`, `why=` or `help=` in a
  call;
- each paragraph of the docstring of a command (a public function in cli/commands);
- in a template of the desk, the text of `{% say "…" %}` and both of
  `{% say_count "…" "…" n %}`;
- the `label=` of an Entry, a Search or a KeptPage, which an app of the desk offers;
- an entry of a table (tuple, list or mapping) whose name ends in MESSAGES, for
  sentences that are chosen from it;
- in `estimation` and `metrics`, a constant that is a whole sentence, or a tuple of
  them: why a number is missing, and what its interval assumes.
"""

import ast
import functools
import re
import string
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "atalaia"
LOCALE = SOURCE / "language" / "locale"
SENTENCE_FIELDS = {"help", "message", "next_step", "summary", "why"}
OFFERS = {"Entry", "KeptPage", "Search"}
TRANSLATORS = {"t", "translate", "translator", "words"}
REASONING = {"estimation", "metrics"}
TAG = re.compile(r"\{%-?\s*(say|say_count)\s+(.*?)%\}", re.DOTALL)
QUOTED = re.compile(r"""\s*(["'])(.*?)\1""")
SENSE = re.compile(r"""sense=(["'])(.*?)\1""")
LANGUAGES = {"es": "es_419", "pt": "pt_BR"}


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """One sentence: its English key, its plural, the context that tells it apart."""

    key: str
    plural: str = ""
    context: str = ""


def catalogue_file(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "atalaia.po"


@functools.cache
def all_messages() -> dict[Message, str]:
    """Return every message of the source with the module that first uses it."""
    found: dict[Message, str] = {}
    for message, origin in written_messages():
        found.setdefault(message, origin)
    return found


def written_messages() -> Iterator[tuple[Message, str]]:
    """Yield every message in the source, with the file that holds it."""
    yield from _of_templates()
    for path in sorted(SOURCE.rglob("*.py")):
        origin = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for message in [*_of_errors(node), *_called(node), *_tabled(node)]:
                yield message, origin
            if "/cli/commands/" in origin:
                for message in _helped(node):
                    yield message, origin
            if REASONING & set(Path(origin).parts):
                for message in _reasoned(node):
                    yield message, origin


def _of_templates() -> Iterator[tuple[Message, str]]:
    for path in sorted(SOURCE.rglob("templates/**/*.*")):
        origin = path.relative_to(ROOT).as_posix()
        for tag, arguments in TAG.findall(path.read_text(encoding="utf-8")):
            first = QUOTED.match(arguments)
            if first is None:
                continue
            rest = arguments[first.end() :]
            if tag == "say_count":
                second = QUOTED.match(rest)
                yield Message(first[2], plural=second[2] if second else ""), origin
            else:
                sense = SENSE.search(rest)
                yield Message(first[2], context=sense[2] if sense else ""), origin


def _of_errors(node: ast.AST) -> Iterator[Message]:
    if not isinstance(node, ast.ClassDef) or not node.name.endswith("Error"):
        return
    for statement in node.body:
        names, value = _assigned(statement)
        if value is not None and names & {"message", "next_step"} and _constant(value):
            yield Message(_constant(value))


def _helped(node: ast.AST) -> Iterator[Message]:
    if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
        for paragraph in (ast.get_docstring(node) or "").split("\n\n"):
            if paragraph.strip():
                yield Message(" ".join(paragraph.split()))


def _called(node: ast.AST) -> Iterator[Message]:
    if not isinstance(node, ast.Call):
        return
    words = {word.arg: _constant(word.value) for word in node.keywords if word.arg}
    for name in SENTENCE_FIELDS & words.keys():
        if words[name]:
            yield Message(words[name])
    if getattr(node.func, "id", "") in OFFERS and words.get("label"):
        yield Message(words["label"])
    if isinstance(node.func, ast.Attribute) and _is_translator(node.func.value):
        texts = [_constant(argument) for argument in node.args[:2]]
        if node.func.attr == "text" and any(texts[:1]):
            yield Message(texts[0], context=words.get("sense", ""))
        elif node.func.attr == "plural" and len(texts) == 2 and all(texts):
            yield Message(texts[0], plural=texts[1])


def _is_translator(node: ast.expr) -> bool:
    """Whether a method is called on a translator, by the names that we give them."""
    if isinstance(node, ast.Call):
        return getattr(node.func, "id", "") == "translator"
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return name in TRANSLATORS


def _tabled(node: ast.AST) -> Iterator[Message]:
    names, value = _assigned(node)
    if not any(name.endswith("MESSAGES") for name in names):
        return
    entries = (
        value.values if isinstance(value, ast.Dict) else getattr(value, "elts", [])
    )
    for entry in entries:
        if _constant(entry):
            yield Message(_constant(entry))


def _reasoned(node: ast.AST) -> Iterator[Message]:
    names, value = _assigned(node)
    if value is None or not any(name.isupper() for name in names):
        return
    for entry in value.elts if isinstance(value, ast.Tuple) else [value]:
        if _constant(entry).endswith(".") and " " in _constant(entry):
            yield Message(_constant(entry))


def _reasoned(node: ast.AST) -> Iterator[Message]:
    names, value = _assigned(node)
    if value is None or not any(name.isupper() for name in names):
        return
    for entry in value.elts if isinstance(value, ast.Tuple) else [value]:
        if _constant(entry).endswith(".") and " " in _constant(entry):
            yield Message(_constant(entry))


def _assigned(node: ast.AST) -> tuple[set[str], ast.expr | None]:
    if isinstance(node, ast.AnnAssign):
        return {getattr(node.target, "id", "")}, node.value
    if isinstance(node, ast.Assign):
        return {getattr(target, "id", "") for target in node.targets}, node.value
    return set(), None


def _constant(node: ast.expr) -> str:
    value = node.value if isinstance(node, ast.Constant) else ""
    return value if isinstance(value, str) else ""


def placeholders(text: str) -> set[str]:
    """Return the names of the fields in a sentence."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def update(language: str) -> tuple[int, int]:
    """Bring one catalogue up to the source; return how many came and went."""
    path = catalogue_file(language)
    catalogue = polib.pofile(str(path)) if path.exists() else _new(language)
    wanted = all_messages()
    known = {
        Message(entry.msgid, entry.msgid_plural, entry.msgctxt or ""): entry
        for entry in catalogue
    }
    kept = polib.POFile(wrapwidth=88)
    kept.metadata = catalogue.metadata
    for message, origin in sorted(wanted.items(), key=lambda item: (item[1], item[0])):
        entry = known.get(message) or polib.POEntry(
            msgid=message.key,
            msgid_plural=message.plural,
            msgctxt=message.context or None,
            msgstr_plural={0: "", 1: ""} if message.plural else {},
        )
        entry.occurrences = [(origin, "")]
        kept.append(entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    kept.save(str(path))
    return len(wanted.keys() - known.keys()), len(known.keys() - wanted.keys())


def _new(language: str) -> polib.POFile:
    catalogue = polib.POFile()
    catalogue.metadata = {
        "Language": LANGUAGES[language],
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": {
            "es": "nplurals=2; plural=(n != 1);",
            "pt": "nplurals=2; plural=(n > 1);",
        }[language],
    }
    return catalogue


def main() -> int:
    for language in LANGUAGES:
        came, went = update(language)
        catalogue = polib.pofile(str(catalogue_file(language)))
        empty = len(catalogue.untranslated_entries())
        print(f"{language}: {came} new, {went} gone, {empty} to translate")
    return 0


if __name__ == "__main__":
    sys.exit(main())
