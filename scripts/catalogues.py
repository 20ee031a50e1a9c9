"""Keep the catalogues in step with the code: extract every sentence, update the .po files, compile the .mo files.

    python scripts/catalogues.py                    update and compile all four domains
    python scripts/catalogues.py report cli         only these
    python scripts/catalogues.py --prune            drop the sentences that no code says any more
    python scripts/catalogues.py --check            change nothing; name what is missing, empty, unused or wrong

A sentence is the first argument of `say(…)` (the second is its plural), in templates of `_(…)` too; whoever calls
`sequence(…)` also says `and` and `or`. An update never loses a translation: what no code says any more stays in the
.po as obsolete (`#~`) until `--prune`, and comes back with the sentence.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "promisekit"
LOCALE = PACKAGE / "words" / "locale"
TEMPLATES = ROOT / "templates"
LANGUAGES = ("en", "sv")
DOMAINS = {
    "commitments": ("commitment", "kinds", "plan", "engine", "verdict"),
    "diagnostics": ("words", "diagnostics", "windows", "events", "selectors", "log", "spec", "pipeline.py"),
    "report": ("report",),
    "cli": ("cli", "proof"),
}
HEADER = {
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "MIME-Version": "1.0",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
Known = dict[str, tuple[str, ...]]
"""Translations by the English sentence, one for each plural form."""
LETTER = re.compile(r"[^\W\d_]")


class Plain(Catalog):
    """A catalogue whose header tells neither a time nor a tool, so that equal sentences give equal bytes."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The header, the same for every domain but for the language."""
        return [*HEADER.items(), ("Language", str(self.locale))]

    @mime_headers.setter
    def mime_headers(self, value: object) -> None:
        """What a file says of itself is not kept."""


@dataclass(frozen=True)
class Sentence:
    """A sentence as the code says it, and where."""

    text: str
    plural: str | None
    file: str


class NotConstant(Exception):
    """A `say` whose sentence cannot be read off the code."""


def sentences(domain: str) -> dict[str, Sentence]:
    """Every sentence of a domain. Where two places say it, the one with a plural counts."""
    found: dict[str, Sentence] = {}
    for sentence in _said(domain):
        known = found.get(sentence.text)
        if known is None or (known.plural is None and sentence.plural is not None):
            found[sentence.text] = sentence
    return found


def _said(domain: str) -> Iterator[Sentence]:
    for layer in DOMAINS[domain]:
        place = PACKAGE / layer
        for path in [place] if place.is_file() else sorted(place.rglob("*.py")):
            yield from _in_python(path)
    if domain == "report" and TEMPLATES.is_dir():
        for path in sorted(TEMPLATES.rglob("*.j2")):
            yield from _in_template(path)


def _in_python(path: Path) -> Iterator[Sentence]:
    file = path.relative_to(ROOT).as_posix()
    if file == "src/promisekit/words/message.py":  # where say and sequence are defined
        return
    for call in ast.walk(ast.parse(path.read_text("utf-8"), file)):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            continue
        if call.func.id == "say":
            words = [_constant(argument, f"{file}:{call.lineno}") for argument in call.args]
            yield Sentence(words[0], words[1] if len(words) > 1 else None, file)
        elif call.func.id == "sequence":
            yield from (Sentence(join, None, file) for join in ("and", "or"))


def _constant(node: ast.expr, where: str) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise NotConstant(f"{where}: the sentence must be written out")


def _in_template(path: Path) -> Iterator[Sentence]:
    from jinja2 import Environment, nodes

    file = path.relative_to(ROOT).as_posix()
    environment = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"])
    tree = environment.parse(path.read_text("utf-8"), file)
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in {"say", "_", "gettext", "ngettext"}:
            words = [word.value for word in call.args if isinstance(word, nodes.Const) and isinstance(word.value, str)]
            if not words:
                raise NotConstant(f"{file}:{call.lineno}: the sentence must be written out")
            yield Sentence(words[0], words[1] if len(words) > 1 else None, file)


def updated(domain: str, language: str, prune: bool = False) -> Catalog:
    """The catalogue that a domain should have: every sentence, with the translation known so far."""
    old = _stored(domain, language)
    known = _translations(domain, language)
    catalogue = Plain(locale=language, header_comment=f"# {domain}: {language}", fuzzy=False)
    wanted = sentences(domain)
    for text in sorted(wanted):
        sentence = wanted[text]
        translation, flags = _translation(sentence, known, language), ["python-brace-format"] if fields(text) else []
        key = text if sentence.plural is None else (text, sentence.plural)
        catalogue.add(key, translation, locations=[(sentence.file, 0)], flags=flags)
    if not prune:
        for message in [*old, *old.obsolete.values()]:
            text = _text(message)
            if text and text not in wanted and any(_strings(message)) and language != "en":
                catalogue.obsolete[text] = Message(message.id, message.string)
    return catalogue


def fields(text: str) -> set[str]:
    """The names of the `{fields}` in a sentence. Raises ValueError where its braces do not fit."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _only_fields(text: str) -> bool:
    """Whether nothing but fields and signs are in it, so that it is the same in every language."""
    return not LETTER.search("".join(literal for literal, _, _, _ in Formatter().parse(text)))


def _translations(domain: str, language: str) -> Known:
    """What is already translated, in this domain first, else in another: sentences move between layers."""
    known: Known = {}
    for other in [domain, *(name for name in DOMAINS if name != domain)]:
        stored = _stored(other, language)
        for message in [*stored, *stored.obsolete.values()]:
            if _text(message) and any(_strings(message)):
                known.setdefault(_text(message), _strings(message))
    return known


def _translation(sentence: Sentence, known: Known, language: str) -> str | tuple[str, ...]:
    if language == "en" or (sentence.plural is None and _only_fields(sentence.text)):
        return sentence.text if sentence.plural is None else (sentence.text, sentence.plural)
    stored = known.get(sentence.text, ("",))
    return stored[0] if sentence.plural is None else (stored[0], stored[1] if len(stored) > 1 else "")


def _stored(domain: str, language: str) -> Catalog:
    path = po_path(domain, language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _text(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def po_path(domain: str, language: str) -> Path:
    """Where the sentences and their translations are kept."""
    return LOCALE / language / "LC_MESSAGES" / f"{domain}.po"


def written(catalogue: Catalog) -> bytes:
    """The .po file."""
    out = io.BytesIO()
    write_po(out, catalogue, width=0, sort_output=True, include_lineno=False)
    return out.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """The .mo file: the sentences that are wholly translated; the others fall back to English."""
    whole = Plain(locale=str(catalogue.locale))
    for message in catalogue:
        if message.id and _complete(message):
            whole.add(message.id, message.string)
    out = io.BytesIO()
    write_mo(out, whole)
    return out.getvalue()


def update(domain: str, language: str, prune: bool) -> str:
    """Write both files of a domain and language where they differ; what was done, in a line."""
    catalogue = updated(domain, language, prune)
    path = po_path(domain, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    _replace(path, written(catalogue))
    _replace(path.with_suffix(".mo"), compiled(catalogue))
    empty = sum(not _complete(message) for message in catalogue if message.id)
    return f"{language} {domain}: {len(catalogue)} sentences, {empty} untranslated, {len(catalogue.obsolete)} obsolete"


def _replace(path: Path, content: bytes) -> None:
    if path.exists() and path.read_bytes() == content:
        return
    aside = path.with_name(path.name + ".tmp")
    aside.write_bytes(content)
    aside.replace(path)


def _complete(message: Message) -> bool:
    """Whether every form of it is translated."""
    strings = _strings(message)
    return all(strings) and len(strings) == (1 if isinstance(message.id, str) else 2)


def problems(domain: str, language: str) -> list[str]:
    """Everything that is not as it should be with a catalogue, one line each; empty where all is well."""
    path = po_path(domain, language)
    if not path.exists():
        return [f"{path.name}: there is no such catalogue in {language}"]
    stored, wanted = _stored(domain, language), sentences(domain)
    texts = {_text(message): message for message in stored if message.id}
    where = f"{language}/{path.name}"
    found = [f"{where}: missing: {text!r}" for text in sorted(wanted.keys() - texts.keys())]
    found += [f"{where}: unused: {text!r}" for text in sorted(texts.keys() - wanted.keys())]
    found += [f"{where}: obsolete: {text!r}" for text in sorted(map(str, stored.obsolete))]
    found += [f"{where}: {why}: {text!r}" for text, message in sorted(texts.items()) for why in _faults(message)]
    mo = path.with_suffix(".mo")
    if not mo.exists() or mo.read_bytes() != compiled(stored):
        found.append(f"{where}: the .mo file is not the compiled .po file")
    return found


def _faults(message: Message) -> Iterator[str]:
    if not _complete(message):
        yield "not translated"
        return
    ids = (message.id,) if isinstance(message.id, str) else message.id
    try:
        if set().union(*map(fields, ids)) != set().union(*map(fields, _strings(message))):
            yield "fields differ"
    except ValueError:
        yield "braces do not fit"


def main() -> int:
    """The command line: 0 where all is well or was updated, 1 where `--check` found something."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("domains", nargs="*", metavar="DOMAIN", help="all where none is named: " + ", ".join(DOMAINS))
    parser.add_argument("--check", action="store_true", help="change nothing, name what is wrong")
    parser.add_argument("--prune", action="store_true", help="drop obsolete sentences")
    asked = parser.parse_args()
    unknown = set(asked.domains) - set(DOMAINS)
    if unknown:
        parser.error(f"no such domain: {', '.join(sorted(unknown))}")
    pairs = [(domain, language) for domain in asked.domains or DOMAINS for language in LANGUAGES]
    if asked.check:
        found = [line for pair in pairs for line in problems(*pair)]
        print("\n".join(found) or "the catalogues are complete")
        return int(bool(found))
    try:
        for domain, language in pairs:
            print(update(domain, language, asked.prune))
    except NotConstant as problem:
        print(problem)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
