"""Every member of a register: each school, each district, each street has its number.

Keys: `of` (the members: a list, or `file` and `column` of a CSV file beside the promise, with `target` for a column
that holds the number of each), `by` (the text column of the log that names the member), `what`, and what `frequency`
has: a target, `every`, `partial`, `need`, `average`, `unit`, `sum`. `targets` gives some members a number of their
own, as in `{Ringskolan: 4}`; of one with the number 0 nothing is asked, and that is printed. `members` says how many
of them must be kept: `all` (the default), a number, or a share.

    - id: skolor
      kind: each
      of: {file: skolor.csv, column: Skola}
      by: place
      what: skolbesok
      every: half_year
      at_least: 1

Every school visited in every half-year keeps it; one school with a half-year behind it and no visit breaks it. Names
are compared without regard to upper and lower case and to white space around them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from promisekit.commitment import (
    KEYS,
    Averaged,
    Context,
    Flaw,
    Model,
    Name,
    Needed,
    Number,
    Summed,
    Text,
    need_flaws,
)
from promisekit.commitment.members import about, text_column_flaws
from promisekit.commitment.naming import distinct_names
from promisekit.diagnostics.refused import Refused, did_you_mean, listed
from promisekit.events import fold
from promisekit.plan.amounts import exact
from promisekit.plan.nodes import All, AtLeast, KOfN, Node, Part
from promisekit.words import Message, say, sequence

SHOWN = 8
"""So many members are named in a sentence."""


class Register(Model):
    """A CSV file beside the promise, with a row for each member."""

    file: Text = Field(description="The file's name, beside the promise. | Filens namn, bredvid löftet.")
    column: Text = Field(description="The column with the members' names. | Kolumnen med medlemmarnas namn.")
    target: Text | None = Field(
        None, description="The column with the number of each, at least. | Kolumnen med vars och ens antal, minst."
    )


def _form(value: object) -> str:
    return "[register]" if isinstance(value, (dict, Register)) else "[list]"


Members = Annotated[
    Annotated[list[Text], Field(min_length=1), Tag("[list]")] | Annotated[Register, Tag("[register]")],
    Discriminator(_form),
]


class Commitment(Averaged, Summed):
    """A target for every member."""

    kind: Literal["each"]
    of: Members = Field(
        description="The members: a list, or a register file beside the promise. "
        "| Medlemmarna: en lista, eller en registerfil bredvid löftet."
    )
    by: Name = Field(description="The text column that names the member. | Textkolumnen som anger medlemmen.")
    targets: dict[Text, Number] | None = Field(
        None,
        description="Members with a number of their own, at least; 0 owes nothing. "
        "| Medlemmar med ett eget antal, minst; 0 är ingenting.",
    )
    members: Needed | None = Field(
        None,
        description="How many of the members must be kept: `all`, a number, or a share. "
        "| Hur många av medlemmarna som måste klaras: `all`, ett antal eller en andel.",
    )

    def target_needed(self) -> bool:
        """Members may have numbers of their own."""
        return self.targets is None and self._target_column() is None

    def _target_column(self) -> str | None:
        return self.of.target if isinstance(self.of, Register) else None

    def flaws(self, context: Context) -> Iterator[Flaw]:
        """A register that cannot be used, members that are none, a column that is none, targets that do not fit."""
        yield from super().flaws(context)
        yield from text_column_flaws(context, ("by",), self.by)
        yield from self._number_flaws()
        if self.unit == self.by:
            message = say("a member's rows have one `{column}`: its own", column=self.by)
            yield Flaw("each.unit", ("unit",), message, say("count events, days or another column"))
        try:
            members = self._members(context)
        except Refused as refused:
            route = ("of", *refused.route)
            yield Flaw(refused.code, route, refused.message, refused.hint, refused.at_key)
            return
        yield from need_flaws(self.members, len(_owing(members)), "members")
        yield from self._targets_flaws(members)
        if not _owing(members):
            key = "of" if self.targets is None else "targets"
            message = say("every member has the number 0: nothing is asked of anybody")
            yield Flaw("each.nobody", (key,), message, say("give some of them a number, or remove the commitment"))

    def _number_flaws(self) -> Iterator[Flaw]:
        column = self._target_column()
        if self.targets is not None and column is not None:
            message = say("`targets` beside a column of targets: every member has one number")
            yield Flaw("each.targets", ("targets",), message, say("keep one of the two"), at_key=True)
        for key in self.target_keys():
            if column is not None or (self.targets is not None and key != "at_least"):
                message = say("`{key}` beside numbers of the members' own, which are at least so many", key=key)
                hint = say("remove it; beside `targets:`, `at_least` is the number of all other members")
                yield Flaw("each.targets", (key,), message, hint, at_key=True)

    def _targets_flaws(self, members: tuple[tuple[str, int | None], ...]) -> Iterator[Flaw]:
        if self.targets is None:
            return
        known = {fold(name): name for name, _ in members}
        seen: set[str] = set()
        for name in self.targets:
            if fold(name) not in known:
                message = say("`{name}` is not one of the members", name=name)
                hint = did_you_mean(name, known.values(), say("the members are {names}", names=listed(known.values())))
                yield Flaw("each.unknown-member", ("targets", name), message, hint, at_key=True)
            elif fold(name) in seen:
                message = say("`{name}` has a number already", name=name)
                yield Flaw("each.duplicate-member", ("targets", name), message, say("keep one of them"), at_key=True)
            seen.add(fold(name))
        without = next((name for name, number in members if number is None), None)
        if without is not None and not self.target_keys():
            message = say("`{name}` has no number", name=without)
            hint = say("give it one, or add `at_least:` for all members that have none of their own")
            yield Flaw("each.targets", ("targets",), message, hint, at_key=True)

    def _members(self, context: Context) -> tuple[tuple[str, int | None], ...]:
        """Every member as it is written, with a number of its own where it has one. Raises Refused."""
        own = {fold(name): number for name, number in (self.targets or {}).items()}
        found = _in_register(self.of, context) if isinstance(self.of, Register) else _in_list(self.of)
        return tuple((name, own.get(fold(name), number)) for name, number in found)

    def statement(self) -> Message:
        """The rule in plain words."""
        if isinstance(self.of, Register):
            who = say("every member of `{file}` (column `{column}`)", file=self.of.file, column=self.of.column)
        elif len(self.of) <= SHOWN:
            who = say("each of {names}", names=sequence(tuple(self.of)))
        else:
            who = say("each of {n} members", "each of {n} members", n=len(self.of))
        match self.members:
            case AtLeast(number):
                who = say("{members}, {n} of them at least", "{members}, {n} of them at least", members=who, n=number)
            case None | All():
                pass
            case share:
                who = say("{members}, {share} of them at least", members=who, share=exact(share.share))
        return self.sentence(
            say("for {members}, as named in `{by}`: {rule}", members=who, by=self.by, rule=self._rule())
        )

    def _rule(self) -> Message:
        if not self.target_keys():
            return say(
                "`{what}` takes place as often as its own number says {often}", what=self.what, often=self.often()
            )
        rule = self.rule(self.often())
        return say("{rule}; some have a number of their own", rule=rule) if self.targets else rule

    def readings(self, context: Context) -> Iterator[Message]:
        """Whom a row without a name may be about, and that others count for nobody."""
        yield from super().readings(context)
        yield say("a row counts for the member that `{by}` names; one with another name counts for nobody", by=self.by)
        free = [name for name, number in self._members(context) if number == 0]
        if free:
            more = (say("{n} more", n=len(free) - SHOWN),) if len(free) > SHOWN else ()
            yield say("nothing is asked of those with the number 0: {names}", names=sequence((*free[:SHOWN], *more)))

    def lower(self, context: Context) -> Node:
        """One check for each member, of its own events."""
        members = _owing(self._members(context))
        ids = distinct_names(name for name, _ in members)
        parts = tuple(self._part(id_, name, number, context) for id_, (name, number) in zip(ids, members, strict=True))
        return self.guarded(KOfN(self.members or All(), parts), context)

    def _part(self, id_: str, name: str, number: int | None, context: Context) -> Part:
        one = self if number is None else self._with(number)
        check = one.check(context, one.measure(about(self.events(context), self.by, name)), one.attribution())
        rule = one.rule(one.often())
        statement = say("{member}: {rule}", member=name, rule=rule)
        return Part(id_, self.kind, None, None, statement, None, check, member=name)

    def _with(self, number: int) -> Commitment:
        """The same for a member with a number of its own."""
        return self.model_copy(update={**dict.fromkeys(KEYS), "at_least": number})


def _owing(members: Iterable[tuple[str, int | None]]) -> tuple[tuple[str, int | None], ...]:
    """Those of whom anything is asked."""
    return tuple((name, number) for name, number in members if number != 0)


def _in_list(names: list[str]) -> Iterator[tuple[str, int | None]]:
    seen: set[str] = set()
    for position, name in enumerate(names):
        if fold(name) in seen:
            message = say("`{name}` is there already", name=name)
            raise Refused("each.duplicate-member", message, say("name every member once"), (position,))
        seen.add(fold(name))
        yield name, None


def _in_register(register: Register, context: Context) -> Iterator[tuple[str, int | None]]:
    try:
        table = context.table(register.file)
    except Refused as refused:
        raise Refused(refused.code, refused.message, refused.hint, ("file",)) from None
    name_at = _column(table.header, register, "column", register.column)
    number_at = None if register.target is None else _column(table.header, register, "target", register.target)
    seen: dict[str, int] = {}
    for line, cells in table.rows:
        name = cells[name_at]
        if not name:
            message = say("line {line} of `{file}` names no member", line=line, file=register.file)
            raise Refused("register.empty-name", message, say("name it, or remove the line"), ("file",))
        first = seen.setdefault(fold(name), line)
        if first != line:
            message = say(
                "`{name}` stands on line {first} and on line {line} of `{file}`",
                name=name,
                first=first,
                line=line,
                file=register.file,
            )
            raise Refused("each.duplicate-member", message, say("name every member once"), ("file",))
        yield name, None if number_at is None else _number(cells[number_at], line, register)
    if not seen:
        message = say("`{file}` has no rows", file=register.file)
        raise Refused("register.empty", message, say("it has a header, and a row for each member"), ("file",))


def _column(header: tuple[str, ...], register: Register, key: str, name: str) -> int:
    found = [at for at, title in enumerate(header) if fold(title) == fold(name)]
    if len(found) == 1:
        return found[0]
    if found:
        message = say("`{file}` has several columns `{name}`", file=register.file, name=name)
        raise Refused("register.column", message, say("rename one of them"), (key,))
    message = say("`{file}` has no column `{name}`", file=register.file, name=name)
    hint = did_you_mean(name, header, say("its columns are {names}", names=listed(header)))
    raise Refused("register.column", message, hint, (key,))


def _number(cell: str, line: int, register: Register) -> int:
    if cell.isascii() and cell.isdigit() and 1 <= len(cell) <= 6:
        return int(cell)
    message = say(
        "line {line} of `{file}`: `{cell}` is not a number of times", line=line, file=register.file, cell=cell
    )
    raise Refused("register.number", message, say("write a whole number; 0 asks for nothing"), ("target",))
