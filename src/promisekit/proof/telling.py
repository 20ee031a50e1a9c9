"""Witnesses told to people, and as JSON to programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from promisekit.proof.exports import Table
from promisekit.proof.witness import Shown, Sought, Witness
from promisekit.verdict.verdicts import Verdict
from promisekit.words import Message, say, text

FORMAT = "promisekit/witnesses/1"
SHOWN = 8
"""So many rows of a table are printed; the files have all of them."""
BEGINS = {
    Verdict.KEPT: (say("kept by"), say("cannot be kept")),
    Verdict.BROKEN: (say("broken by"), say("cannot be broken")),
}


def witness_text(shown: Sequence[Shown], lang: str) -> str:
    """Each commitment with what keeps and what breaks it."""
    return "\n\n".join("\n".join(_commitment(one, lang)) for one in shown)


def _commitment(shown: Shown, lang: str) -> Iterator[str]:
    yield f"{shown.commitment.id}: {text(shown.commitment.statement, lang)}"
    for sought in (shown.kept, shown.broken):
        yield from (f"  {line}" for line in _sought(sought, lang))


def _sought(sought: Sought, lang: str) -> Iterator[str]:
    begins, barred = BEGINS[sought.verdict]
    if sought.bar is not None:
        yield f"{text(barred, lang)}: {text(sought.bar.message, lang)}"
        yield f"  {text(say('hint: {hint}', hint=sought.bar.hint), lang)}"
    elif sought.witness is None:
        yield f"{text(begins, lang)}: {text(NOT_FOUND, lang)}"
    else:
        yield f"{text(begins, lang)}: {text(_amount(sought.witness), lang)}"
        for source, table in sought.witness.tables:
            told = _told_columns(table)
            several = len(sought.witness.tables) > 1 and len(table) > 1
            yield from ([f"  {source}"] if several else [])
            yield from (f"    {line}" for line in _lines(told, lang))
        for one in sought.witness.said:
            yield f"    {text(say('{role}: {verdict}', role=one.role, verdict=VERDICTS[one.verdict or 'kept']), lang)}"


NOT_FOUND = say("no log was found; that proves nothing")
VERDICTS = {"kept": say("judges that it is kept"), "broken": say("judges that it is broken")}


def _amount(witness: Witness) -> Message:
    if witness.said and not witness.rows:
        return say("{n} judgement", "{n} judgements", n=len(witness.said))
    if not witness.rows:
        return say("a log without rows")
    rows = say("{n} row", "{n} rows", n=witness.rows)
    if not witness.smallest:
        return say("{rows} (perhaps fewer would do)", rows=rows)
    if witness.rows == 1:
        return rows
    return say("{rows}, none of which can be left out", rows=rows)


def _told_columns(table: Table) -> Table:
    """The columns in which something stands."""
    used = [at for at in range(len(table[0])) if any(row[at] for row in table[1:])]
    return tuple(tuple(row[at] for at in used) for row in table) if len(table) > 1 else ()


def _lines(table: Table, lang: str) -> Iterator[str]:
    if not table:
        return
    widths = [max(len(row[at]) for row in table) for at in range(len(table[0]))]
    for row in table[: SHOWN + 1]:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
    left = len(table) - 1 - SHOWN
    if left > 0:
        yield text(say("and {n} more", "and {n} more", n=left), lang)


def witness_json(shown: Sequence[Shown], about: Mapping[str, str], lang: str) -> str:
    """The same as a document, with every row."""
    commitments = [
        {
            "id": one.commitment.id,
            "kind": one.commitment.kind,
            "statement": text(one.commitment.statement, lang),
            "kept": _document(one.kept, lang),
            "broken": _document(one.broken, lang),
        }
        for one in shown
    ]
    document = {"format": FORMAT, **about, "commitments": commitments}
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _document(sought: Sought, lang: str) -> dict[str, object]:
    if sought.bar is not None:
        return {"never": True, "reason": text(sought.bar.message, lang), "hint": text(sought.bar.hint, lang)}
    if sought.witness is None:
        return {"never": False, "found": False}
    witness = sought.witness
    return {
        "never": False,
        "found": True,
        "smallest": witness.smallest,
        "sources": {source: _rows(table) for source, table in witness.tables},
        "assessments": [{"role": one.role, "part": one.part, "verdict": one.verdict} for one in witness.said],
    }


def _rows(table: Table) -> list[dict[str, str]]:
    header, *rows = table
    return [{name: cell for name, cell in zip(header, row, strict=True) if cell} for row in rows]
