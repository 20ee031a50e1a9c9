"""Invented logs as exports: in a promise's own mapping, with its headers, its words for what was held, its dates."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from promisekit.events import Value, fold
from promisekit.log.mapping import Column
from promisekit.log.mapping import Mapping as LogMapping
from promisekit.plan.assessment import Assessment
from promisekit.plan.nodes import Select
from promisekit.proof.rows import Row, in_order
from promisekit.selectors.model import Condition, Either, Every, Except, Selector
from promisekit.windows import Moment, Zone, show_clock, show_day
from promisekit.words import Message

INVENTED = "exempel"
DELIMITER = ";"
Spelling = Mapping[str, str]
"""Texts as they are compared, and as the author wrote them."""
Table = tuple[tuple[str, ...], ...]
"""A header and its rows, as they stand in a file."""


def spelling_of(selects: Iterable[Select]) -> Spelling:
    """How the author spells the texts that activities ask for."""
    return {fold(word): word for select in selects for word in _words_of(select.selector)}


def _words_of(selector: Selector) -> Iterable[str]:
    match selector:
        case Condition(wanted=wanted):
            yield from _texts(wanted)
        case Except(inner):
            yield from _words_of(inner)
        case Every(parts) | Either(parts):
            for part in parts:
                yield from _words_of(part)


def _texts(message: Message) -> Iterable[str]:
    for value in (*(value for _, value in message.fields), *message.parts):
        if isinstance(value, str):
            yield value
        elif isinstance(value, Message):
            yield from _texts(value)


def table_of(rows: Sequence[Row], source: str, mapping: LogMapping, spelling: Spelling, zone: Zone) -> Table:
    """The rows of a source as its export would have them; a header alone where there are none."""
    header = tuple(column.header for column in mapping.columns)
    own = in_order(rows, source)
    cells = (
        tuple(_cell(row, number, column, (mapping, spelling, zone)) for column in mapping.columns)
        for number, row in enumerate(own, start=1)
    )
    return (header, *cells)


def _cell(row: Row, number: int, column: Column, how: tuple[LogMapping, Spelling, Zone]) -> str:
    mapping, spelling, zone = how
    match column.name:
        case "id":
            return f"{INVENTED}-{number}"
        case "start":
            return show_day(row.day) if row.clock is None else f"{show_day(row.day)} {show_clock(row.clock)}"
        case "end":
            end = row.event(number, zone).end
            return "" if end is None else _date(end)
        case "status":
            return next(iter(sorted(mapping.held)), "")
        case "recorded_at":
            return ""
        case name:
            return _value(row.cells.get(name), column, spelling)


def _value(value: Value, column: Column, spelling: Spelling) -> str:
    match value:
        case bool():
            return "ja" if value else "nej"
        case str():
            if column.type == "number":  # a number of which nothing is asked but that it is told
                return "1"
            return "ja" if column.type == "flag" else spelling.get(value, value)
        case tuple():
            return column.split.join(spelling.get(item, item) for item in value)
        case Fraction():
            return format(Decimal(value.numerator) / Decimal(value.denominator), "f")
        case Moment():
            return _date(value)
        case _:
            return ""


def _date(moment: Moment) -> str:
    return show_day(moment.first) if moment.clock is None else f"{show_day(moment.first)} {show_clock(moment.clock)}"


def csv_of(table: Table) -> str:
    """A table as Excel on a Swedish desktop writes it, but for the encoding."""
    text = io.StringIO()
    csv.writer(text, delimiter=DELIMITER, lineterminator="\n").writerows(table)
    return text.getvalue()


def yaml_of(said: Sequence[Assessment]) -> str:
    """What people would have to say, as an assessments file."""
    lines = ["format: 1", "assessments:"]
    for one in said:
        about, _, part = one.about.partition("/")
        lines.append(f"  - commitment: {about}")
        lines += [f"    part: {part}"] if part else []
        lines += [f"    by: {one.by}", f"    role: {one.role}", f"    date: {show_day(one.date)}"]
        lines += [f"    verdict: {one.verdict}", f"    note: {one.note}", f"    evidence: {', '.join(one.evidence)}"]
    return "\n".join(lines) + "\n"
