"""Changes told to people: a sentence each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from promisekit.engine.telling import when
from promisekit.events import Event, State, Value
from promisekit.plan.checks import checks_of, selects_of
from promisekit.proof.changes.model import (
    Change,
    Dated,
    Delivered,
    Ended,
    Filled,
    Happened,
    Held,
    Judged,
    NotHeld,
    Passed,
    Turn,
    Turned,
    Withdrawn,
    corrects,
)
from promisekit.proof.exports import Spelling, spelling_of
from promisekit.proof.rows import Row
from promisekit.spec import Loaded
from promisekit.verdict.verdicts import Verdict
from promisekit.windows import Day, Moment, length_words, show_clock, show_day
from promisekit.words import Date, Figure, Message, say, text

SHOWN = 8
"""So many changes are listed one by one; JSON has them all."""
STANDS = {
    Verdict.KEPT: say("kept"),
    Verdict.BROKEN: say("broken"),
    Verdict.OPEN: say("open"),
    Verdict.NOT_APPLICABLE: say("not applicable"),
}
BECOMES = {Verdict.KEPT: say("becomes kept if:"), Verdict.BROKEN: say("becomes broken if:")}
WOULD_BE = {Verdict.KEPT: say("would be kept if:"), Verdict.BROKEN: say("would be broken if:")}
NEVER = {Verdict.KEPT: say("kept: no change was found"), Verdict.BROKEN: say("broken: no change was found")}


class Teller(Struct, frozen=True):
    """Tells changes in the promise's own words for columns and values."""

    headers: Mapping[str, str]
    spelling: Spelling
    files: int
    """How many files the logs are: where there is one, it need not be named."""

    def commitment(self, one: Turned, lang: str) -> str:
        """A commitment, its verdict, and what would turn it."""
        lines = [f"{one.commitment.id}: {text(one.commitment.statement, lang)}"]
        stands = text(STANDS[one.verdict], lang)
        if one.verdict is Verdict.OPEN:
            lines.append(f"  {stands}")
        else:
            lines.append(f"  {text(say('{verdict}, and final: only a correction changes that', verdict=stands), lang)}")
        for turn in one.turns:
            lines += [f"  {line}" for line in self._turn(one, turn, lang)]
        return "\n".join(lines)

    def _turn(self, one: Turned, turn: Turn, lang: str) -> Iterator[str]:
        if not turn.changes:
            yield text(NEVER[turn.verdict], lang)
            return
        begins = BECOMES if one.verdict is Verdict.OPEN else WOULD_BE
        yield text(begins[turn.verdict], lang)
        yield from (f"  – {text(self.sentence(change), lang)}" for change in turn.changes[:SHOWN])
        more = len(turn.changes) - SHOWN
        if more > 0:
            yield f"  – {text(say('and {n} change more', 'and {n} changes more', n=more), lang)}"
        if len(turn.changes) > 1:
            yield f"  {text(_together(turn), lang)}"

    def sentence(self, change: Change) -> Message:
        """One change."""
        match change:
            case Held(row) | NotHeld(row):
                return self._taken_place(change, row)
            case Dated(row, day, clock):
                date = Date(_iso(day, clock))
                if corrects(change, covered=True):
                    return say("{row} had taken place {when}", row=self._row(row), when=date)
                return say("{row} took place {when}", row=self._row(row), when=date)
            case Ended(row, seconds):
                length = length_words(seconds)
                if row.end is None:
                    return say("{row}, whose end is missing, went on for {length}", row=self._row(row), length=length)
                return say("{row} had gone on for {length}", row=self._row(row), length=length)
            case Filled(row, column, value):
                return self._cell(row, column, value)
            case Happened(row):
                return say("one event more takes place: {event}", event=self._event(row))
            case Delivered(source, days):
                first, last = Date(show_day(days.start)), Date(show_day(days.last))
                return say(
                    "the export from `{source}` is delivered for {first} – {last} too, and has no more rows",
                    source=source,
                    first=first,
                    last=last,
                )
            case Passed(until):
                return say("nothing more happens up to {day}, and the exports say so", day=Date(show_day(until)))
            case Judged(said):
                if said.verdict == "kept":
                    return say("{role} judges that `{about}` is kept", role=said.role, about=said.about)
                return say("{role} judges that `{about}` is broken", role=said.role, about=said.about)
            case Withdrawn(said):
                return say("{by} takes back what was set aside: {note}", by=said.by, note=said.note or "")

    def _taken_place(self, change: Held | NotHeld, row: Event) -> Message:
        told = self._row(row)
        if isinstance(change, NotHeld):
            if row.state is State.HELD:
                return say("{row} had not counted: it was cancelled, or somebody sets it aside", row=told)
            return say("{row} turns out not to have taken place", row=told)
        if row.state is State.CANCELLED:
            return say("{row} had taken place, and had not been cancelled", row=told)
        return say("{row} turns out to have taken place", row=told)

    def _cell(self, row: Event, column: str, value: Value) -> Message:
        before, name = row.texts.get(column, ""), self.headers.get(column, column)
        told = self._value(value)
        if not before:
            return say("{row} says {value} under {column}, which is empty", row=self._row(row), value=told, column=name)
        return say(
            "{row} said {value} under {column}, and not {before}",
            row=self._row(row),
            value=told,
            column=name,
            before=before,
        )

    def _row(self, row: Event) -> Message:
        label = ", ".join(row.texts[name] for name in ("activity", "place") if row.texts.get(name))
        where = say("row {row}", row=str(row.row))
        if self.files > 1:
            where = say("row {row} in {file}", row=str(row.row), file=row.file)
        if not label:
            return say("{where} ({when})", where=where, when=when(row.start))
        return say("{where} ({label}, {when})", where=where, label=label, when=when(row.start))

    def _event(self, row: Row) -> Message:
        told = say("{date}", date=Date(_iso(row.day, row.clock)))
        if row.length:
            told = say("{date}, {length}", date=told, length=length_words(row.length))
        for name, value in row.cells.items():
            column = self.headers.get(name, name)
            told = say("{so_far}; {column}: {value}", so_far=told, column=column, value=self._value(value))
        return told

    def _value(self, value: Value) -> Message:
        match value:
            case bool():
                return say("yes") if value else say("no")
            case Fraction():
                return say("{number}", number=Figure(value))
            case tuple():
                return say("{text}", text=", ".join(self.spelling.get(one, one) for one in value))
            case Moment():
                return say("{date}", date=Date(value.show()))
            case _:
                return say("{text}", text=self.spelling.get(str(value), str(value)))


def _iso(day: Day, clock: int | None) -> str:
    return show_day(day) if clock is None else f"{show_day(day)}T{show_clock(clock)}"


def _together(turn: Turn) -> Message:
    if turn.smallest:
        return say("all of that together; no part of it is enough, and no single change that was tried")
    return say(
        "all of that together ({n} changes); none of it can be left out, and no single change that was tried is enough",
        n=len(turn.changes),
    )


def teller_for(loaded: Loaded, files: int) -> Teller:
    """What tells the changes of a promise's commitments."""
    mappings = [loaded.sources.shared] if loaded.sources.shared is not None else list(loaded.sources.named.values())
    headers = {column.name: column.header for mapping in reversed(mappings) for column in mapping.columns}
    selects = [select for check in checks_of(loaded.plan).values() for select in selects_of(check)]
    return Teller(headers, spelling_of(selects), files)


def changes_text(found: Sequence[Turned], teller: Teller, lang: str) -> str:
    """Each commitment with what would turn its verdict."""
    return "\n\n".join(teller.commitment(one, lang) for one in found)
