"""Whether every quote stands in the decided text, word for word, markup and white space aside."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from promisekit.diagnostics import Diagnostic
from promisekit.diagnostics.refused import Refused, did_you_mean
from promisekit.spec.reading import Draft
from promisekit.words import Message, say

MAX_BYTES = 16_000_000
NEAREST = 8
"""So many passages that share most words with a quote are compared letter by letter."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_MARKUP = (
    (re.compile(r"<!--.*?-->", re.DOTALL), " "),
    (re.compile(r"</?[a-zA-Z][^<>]*>"), ""),
    (re.compile(r"!?\[([^\]\[]*)\]\([^()]*\)"), r"\1"),
    (re.compile(r"^[ \t]*(?:#{1,6}|>|[-*+]|\d{1,9}[.)])[ \t]+", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*(?:[-*_=][ \t]*){3,}$", re.MULTILINE), " "),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])"), "\\1"),
    (re.compile(r"[*`]+|~~"), ""),
    (re.compile(r"(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)"), ""),
)


def check_quotes(draft: Draft, folder: Path) -> Iterator[Diagnostic]:
    """Every quote that the document, which lies in `folder`, does not hold; or why the document cannot be read."""
    name = draft.document.document
    if name is None:
        return
    try:
        words = plain_text(_read(folder / name)).split(" ")
    except Refused as refused:
        yield refused.at(("document",))
        return
    text = " ".join(words)
    for one in draft.commitments():  # as they are written: other keys may be wrong, or one of the passages
        quote = one.written.get("quote")
        for number, passage in enumerate(quote if isinstance(quote, list) else [quote]):
            wanted = plain_text(passage) if isinstance(passage, str) else ""
            if wanted not in text:
                yield _not_found(wanted, words, name).at((*one.route, "quote", number))


def plain_text(text: str) -> str:
    """A text without Markdown's markup and with every run of white space made one space."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    for pattern, instead in _MARKUP:
        text = pattern.sub(instead, text)
    return " ".join(text.split())


def digest(path: Path) -> str:
    """The SHA-256 of a document that has been found and read."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _read(path: Path) -> str:
    hint = say("put the decided text, as Markdown or plain text, beside the promise")
    try:
        content = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    except FileNotFoundError:
        message = say("there is no file `{name}` beside the promise", name=path.name)
        raise Refused("document.missing", message, near_files(path, hint)) from None
    except (OSError, ValueError):
        content = None
    if content is None or b"\x00" in content or content.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        message = say("`{name}` cannot be read as a text", name=path.name)
        raise Refused("document.unreadable", message, hint)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def near_files(path: Path, otherwise: Message) -> Message:
    """A file beside it that is spelt nearly so; `otherwise` where there is none."""
    try:
        names = [inner.name for inner in path.parent.iterdir()]
    except OSError:
        return otherwise
    return did_you_mean(path.name, names, otherwise)


def _not_found(quote: str, words: list[str], name: str) -> Refused:
    message = say("the quote does not stand in `{name}`", name=name)
    nearest = nearest_passage(quote, words)
    if nearest is None:
        return Refused("quote.not-found", message, say("copy the words from the document, its spelling included"))
    return Refused("quote.not-found", message, say("the nearest passage there is: “{passage}”", passage=nearest))


def nearest_passage(quote: str, words: list[str]) -> str | None:
    """The run of `words` that is most like the quote; None where nothing is."""
    from difflib import SequenceMatcher  # imported late: only a quote that is wrong needs it

    length = len(quote.split(" "))
    best, passage = 0.5, None
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(quote)
    for start in _candidates(quote.split(" "), words):
        for size in (length, length - 1, length + 1):
            run = " ".join(words[start : start + max(1, size)])
            matcher.set_seq1(run)
            ratio = matcher.ratio()
            if ratio > best:
                best, passage = ratio, run
    return passage


def _candidates(quote: list[str], words: list[str]) -> list[int]:
    """Where runs begin that share most words with the quote: a count that slides along."""
    wanted = Counter(word.casefold() for word in quote)
    seen: Counter[str] = Counter()
    shared, scored = 0, []
    folded = [word.casefold() for word in words]
    for end, word in enumerate(folded):
        seen[word] += 1
        shared += seen[word] <= wanted[word]
        start = end - len(quote) + 1
        if start > 0:
            gone = folded[start - 1]
            shared -= seen[gone] <= wanted[gone]
            seen[gone] -= 1
        scored.append((-shared, max(0, start)))
    scored.sort()
    starts = [start for _, start in scored[: NEAREST * 4]]
    return list(dict.fromkeys(starts))[:NEAREST]
