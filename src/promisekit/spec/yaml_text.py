"""YAML text into plain data with marks: the strict part of YAML 1.2 that a promise is written in.

What comes out is mappings with text keys, lists, texts, whole numbers, decimals, true, false and null; nothing else.
Only `true`, `false`, `null`, `~`, `12` and `1.5` are not texts: `18:00`, `no`, `010`, `2022-3-1` and `1e3` are what
they look like. No anchors, no tags, no merge keys, no second document, no key twice; bounded in size and depth.
"""

from __future__ import annotations

import re
from decimal import Decimal

import yaml
from msgspec import Struct

from promisekit.diagnostics import Diagnostic, Place, Severity
from promisekit.diagnostics.source import Mark, Point, Source
from promisekit.words import Message, say

MAX_BYTES = 16_000_000
MAX_NODES = 1_000_000
MAX_DEPTH = 30

_WHOLE = re.compile(r"-?(0|[1-9]\d{0,17})\Z")
_DECIMAL = re.compile(r"-?(0|[1-9]\d{0,17})\.\d{1,18}\Z")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_LOADER: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Parsed(Struct, frozen=True):
    """What a text holds: its data (None where nothing can be made of it), its marks, and what is wrong with it."""

    data: object
    source: Source
    found: tuple[Diagnostic, ...]


def parse_yaml(text: str, name: str) -> Parsed:
    """The data of a YAML text that is spoken of as `name`, with every fault of its form."""
    text = text.removeprefix("\ufeff")
    too_large = _before_parsing(text)
    if too_large is not None:
        return Parsed(None, Source(name, text), (too_large,))
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except _Stop:
        return Parsed(None, Source(name, text, builder.mark), tuple(builder.found))
    except yaml.YAMLError as error:
        from promisekit.spec import yaml_errors  # imported late: most files are YAML

        found = (*builder.found, yaml_errors.diagnostic(error, text, builder.quoted))
        return Parsed(None, Source(name, text, builder.mark), found)
    return Parsed(builder.data, Source(name, text, builder.mark), tuple(builder.found))


def _before_parsing(text: str) -> Diagnostic | None:
    if len(text) > MAX_BYTES:
        message = say("the file is larger than {n} million characters", n=MAX_BYTES // 1_000_000)
        return _error("yaml.too-large", message, say("divide it into several promises"), Place(1))
    strange = _CONTROL.search(text)
    if strange:
        before = text[: strange.start()]
        line, column = before.count("\n") + 1, strange.start() - before.rfind("\n")
        message = say("a character that no text has: U+{code}", code=f"{ord(strange.group()):04X}")
        hint = say("remove it; is this a text file, and not a document or a spreadsheet?")
        return _error("yaml.control-character", message, hint, Place(line, column, line, column + 1))
    return None


def _error(code: str, message: Message, hint: Message, place: Place) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, hint, place=place)


class _Stop(Exception):
    """Nothing after this can be trusted."""


class _Open(Struct):
    """A mapping or list that has begun and not ended."""

    data: dict[str, object] | list[object]
    mark: Mark
    key: str | None = None
    key_span: tuple[Point, Point] | None = None
    waits_for_key: bool = True
    ignored: bool = False
    """Whether the value that comes next belongs to a key that cannot be used."""


class _Builder(Struct):
    """Events into data and marks, without recursion."""

    data: object = None
    mark: Mark | None = None
    found: list[Diagnostic] = []
    stack: list[_Open] = []
    quoted: tuple[Point, Point] | None = None
    """Where the text in quotation marks stands that was read last."""
    documents: int = 0
    nodes: int = 0

    def take(self, event: yaml.Event) -> None:
        """The next event. Raises _Stop where it is not worth going on."""
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_decoration(event)
            self.quoted = (_start(event), _end(event)) if event.style in ("'", '"') else None
            self._scalar(event)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._refuse_decoration(event)
            self._begin(event)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self.stack.pop().mark.end = _end(event)
            self._value_done()
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._document(event)

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            message = say("a second document begins here")
            self._fault("yaml.several-documents", event, message, say("put it into a file of its own, or remove `---`"))
            raise _Stop
        if event.version or event.tags:
            self._fault("yaml.directive", event, say("a `%` directive"), say("remove the line that begins with `%`"))

    def _refuse_decoration(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            message = say("the file has more than {n} values", n=MAX_NODES)
            self._fault("yaml.too-large", event, message, say("divide it into several promises"))
            raise _Stop
        if event.anchor is not None:
            message = say("`&{name}` names a part to repeat it", name=str(event.anchor))
            self._fault("yaml.anchor", event, message, _WRITE_OUT)
        if event.tag is not None:
            message = say(
                "`{tag}` gives a value a type of its own", tag=str(event.tag).replace("tag:yaml.org,2002:", "!!")
            )
            self._fault("yaml.tag", event, message, say("remove the word that begins with `!`"))

    def _alias(self, event: yaml.AliasEvent) -> None:
        message = say("`*{name}` repeats another part", name=str(event.anchor))
        self._fault("yaml.anchor", event, message, _WRITE_OUT)
        if self._at_key():
            raise _Stop
        self._place(None, Mark(_start(event), _end(event)))
        self._value_done()

    def _begin(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        if len(self.stack) >= MAX_DEPTH:
            message = say("more than {n} levels inside each other", n=MAX_DEPTH)
            self._fault("yaml.too-deep", event, message, say("a promise needs about ten; is a bracket unclosed?"))
            raise _Stop
        mark = Mark(_start(event), _end(event))
        data: dict[str, object] | list[object] = {} if isinstance(event, yaml.MappingStartEvent) else []
        if self._at_key():
            message = say("a list or mapping stands where a key should")
            self._fault("yaml.key-not-text", event, message, say("a key is a word followed by a colon"))
            raise _Stop
        self._place(data, mark)
        self.stack.append(_Open(data, mark))

    def _at_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].data, dict) and self.stack[-1].waits_for_key

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if self._at_key():
            self._key(event)
            return
        self._place(_value(event), Mark(_start(event), _end(event)))
        self._value_done()

    def _key(self, event: yaml.ScalarEvent) -> None:
        top = self.stack[-1]
        name = str(event.value)
        first = top.mark.inner.get(name)
        top.key, top.key_span = name, (_start(event), _end(event))
        top.waits_for_key, top.ignored = False, first is not None
        if first is not None and first.key is not None:
            message = say("the key `{name}` is already there, on line {n}", name=name, n=first.key[0][0] + 1)
            self._fault("yaml.duplicate-key", event, message, say("keep one of the two"))
        if name == "<<" and event.implicit[0]:
            top.ignored = True
            self._fault("yaml.merge-key", event, say("`<<` takes over the keys of another part"), _WRITE_OUT)

    def _place(self, value: object, mark: Mark) -> None:
        """Put a value where it belongs: in the innermost open mapping or list, or at the root."""
        if not self.stack:
            self.data, self.mark = value, mark
            return
        top = self.stack[-1]
        if isinstance(top.data, list):
            top.mark.inner[len(top.data)] = mark
            top.data.append(value)
        elif top.key is not None and not top.ignored:
            mark.key = top.key_span
            top.mark.inner[top.key] = mark
            top.data[top.key] = value

    def _value_done(self) -> None:
        if self.stack:
            self.stack[-1].waits_for_key = True

    def _fault(self, code: str, event: yaml.Event, message: Message, hint: Message) -> None:
        (line, column), (end_line, end_column) = _start(event), _end(event)
        place = Place(line + 1, column + 1, end_line + 1, end_column + 1)
        self.found.append(_error(code, message, hint, place))


_WRITE_OUT = say("write it out in every place")


def _value(event: yaml.ScalarEvent) -> object:
    text = str(event.value)
    if not event.implicit[0] or event.style:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.match(text):
        return int(text)
    return Decimal(text) if _DECIMAL.match(text) else text


def _start(event: yaml.Event) -> Point:
    mark = event.start_mark
    return (mark.line, mark.column) if mark is not None else (0, 0)


def _end(event: yaml.Event) -> Point:
    mark = event.end_mark
    return (mark.line, mark.column) if mark is not None else (0, 0)
