"""Amounts: what a row adds where more is added up than rows, as whole numbers that sum exactly.

Every distinct cell has its amounts worked out once, in Python; rows only point at them. All amounts of a column have
one denominator, and an amount too large for one integer has several digits of a large base.

    amount(coded, code, vague, …)   what a cell adds to the part, to the rest and to both together: `lo` for certain,
                                    `hi` at most (none where `op`), `pt` if nothing more happens. Sums, which have
                                    no parts, add to the part
    priced(chk, wa, wb, …, number)  the rows of the checks that add up, put together where they add the same alike
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import lcm

from msgspec import Struct

from promisekit.engine.measures import Range, addend, amount, exact, parts_of
from promisekit.engine.observations import Bounds
from promisekit.engine.relational.asked import NOWHERE, By
from promisekit.engine.relational.counting import at_windows
from promisekit.engine.relational.layout import Layout
from promisekit.engine.relational.load import Loaded, code_of
from promisekit.engine.relational.pairing import CERTAIN, NEVER
from promisekit.engine.relational.session import WIDE, Session
from promisekit.plan.nodes import Number

DIGIT = 60
BASE = 2**DIGIT
"""So much, times as many rows or seconds as there are, fits in a wide integer."""
ROLES = ("met", "rest", "whole")
FIELDS = ("lo", "hi", "pt")
NOTHING = Bounds(0, 0, 0)

Ranges = tuple[Range, Range, Range]


class Added(Struct, frozen=True):
    """What the rows of a window add: to the part, to the rest, to both together; and whether some row is vague."""

    met: Bounds
    rest: Bounds
    whole: Bounds
    vague: bool


NONE_ADDED = Added(NOTHING, NOTHING, NOTHING, vague=False)


class Amounts:
    """The table `amount`, and how its sums are read."""

    def __init__(self, layout: Layout, loaded: Loaded, session: Session) -> None:
        self._session = session
        self._code = code_of(layout, loaded)
        ranges: dict[int, list[Ranges]] = {}
        for coded, (by, columns) in enumerate(layout.coded.things):
            if by in (By.AMOUNTS, By.DURATION):
                ranges[coded] = [_ranges(cells) for cells in loaded.cells(columns)]
        self._denominators = {coded: _denominator(found) for coded, found in ranges.items()}
        fields = {
            (coded, role): _fields(role, self._denominators[coded])
            for coded, found in ranges.items()
            for role in {role for roles in found for role in roles}
        }
        largest = max((abs(number) for numbers in fields.values() for number in numbers), default=0)
        self.digits = 1 + largest.bit_length() // DIGIT
        digits = {
            at: [digit for number in numbers for digit in self._in_digits(number)] for at, numbers in fields.items()
        }
        names = [f"{role}_{field}{digit}" for role in ROLES for field in FIELDS for digit in range(self.digits)]
        session.load(
            "amount",
            ("coded", "code", "vague", "met_op", "rest_op", "whole_op", *names),
            (
                (
                    *(coded, code, int(roles[0].low != roles[0].high)),
                    *(int(role.high is None) for role in roles),
                    *(digit for role in roles for digit in digits[coded, role]),
                )
                for coded, found in ranges.items()
                for code, roles in enumerate(found)
            ),
        )

    def read(self) -> Mapping[tuple[int, int], Added]:
        """(check, window) → what its rows add. Windows that no row can belong to are not there."""
        if not self._denominators:
            return {}
        alike = "p.chk, p.ratio, p.wa, p.wb, p.enclosed, p.begins, p.sure, p.held, p.partnered, p.running, p.uncovered"
        self._session.make(
            "priced",
            f"""
            SELECT {alike}, a.coded, {self._code} AS code, COUNT(*) AS number
            FROM placed p
            JOIN asked a ON a.chk = p.chk
            JOIN event e ON e.n = p.n
            WHERE p.tallied = {By.AMOUNTS} AND p.wa <> {NOWHERE} AND (p.ratio = 1 OR p.partnered <> {NEVER})
            GROUP BY {alike}, a.coded, {self._code}""",
        )
        inside = "g.inside = 1 AND g.sure = 1"
        begun = "g.begun = 1 AND g.held = 1"
        met, missed = f"g.partnered = {CERTAIN}", f"g.partnered = {NEVER}"
        parts = [
            self._part("met", f"{met} AND {inside}", f"g.partnered <> {NEVER}", f"{met} AND {begun}"),
            self._part("rest", f"(g.ratio = 0 OR {missed}) AND {inside}", f"(g.ratio = 0 OR NOT {met})", "1 = 0"),
            self._part("whole", inside, "1 = 1", begun),
        ]
        rows = self._session.read(f"""
            SELECT g.chk, g.w, MAX(g.coded),
                   MAX(CASE WHEN g.running = 0 AND g.uncovered = 0 AND t.vague = 1 THEN 1 ELSE 0 END),
                   {", ".join(parts)}
            FROM ({at_windows("priced")}) g
            JOIN amount t ON t.coded = g.coded AND t.code = g.code
            GROUP BY g.chk, g.w""")
        return {(row[0], row[1]): self._added(row[2], row[3], row[4:]) for row in rows}

    def number(self, coded: int, digits: Sequence[int]) -> Number:
        """A sum that was read, as the number that it is."""
        total = sum(int(digit) * BASE**place for place, digit in enumerate(digits))
        return exact(Fraction(total, self._denominators[coded]))

    def digits_of(self, what: str) -> str:
        """SQL for the digits of a sum; `what` adds up, with `{}` for the number of the digit."""
        return ", ".join(f"SUM({what.format(digit)})" for digit in range(self.digits))

    def _part(self, role: str, surely: str, maybe: str, by_now: str) -> str:
        def adds(condition: str, field: str) -> str:
            return f"WHEN {condition} THEN CAST(t.{role}_{field}{{0}} AS {WIDE}) * g.number"

        low = self.digits_of(f"CASE {adds(surely, 'lo')} ELSE 0 END")
        high = self.digits_of(f"CASE {adds(maybe, 'hi')} ELSE 0 END")
        now = self.digits_of(f"CASE {adds(by_now, 'pt')} ELSE 0 END")
        return f"MAX(CASE WHEN ({maybe}) AND t.{role}_op = 1 THEN 1 ELSE 0 END), {low}, {high}, {now}"

    def _added(self, coded: int, vague: int, numbers: Sequence[int]) -> Added:
        found = []
        for _ in ROLES:
            is_open, numbers = numbers[0], numbers[1:]
            low, high, now = (
                self.number(coded, numbers[self.digits * place : self.digits * (place + 1)]) for place in range(3)
            )
            numbers = numbers[self.digits * 3 :]
            found.append(Bounds(low, None if is_open else high, now))
        met, rest, whole = found
        return Added(met, rest, whole, vague=bool(vague))

    def _in_digits(self, number: int) -> Iterator[int]:
        for _ in range(self.digits - 1):
            number, digit = divmod(number, BASE)
            yield digit
        yield number


def _ranges(cells: Sequence[object]) -> Ranges:
    """What a row with these cells adds to the part, to the rest and to both together."""
    if len(cells) > 1:
        return parts_of(amount(cells[0]), amount(cells[1]))
    number = addend(cells[0])
    return (Range(0, None) if number is None else Range(number, number),) * 3


def _denominator(found: Sequence[Ranges]) -> int:
    ends = (end for ranges in found for role in ranges for end in (role.low, role.high) if end is not None)
    return lcm(*{end.denominator for end in ends})


def _fields(role: Range, denominator: int) -> list[int]:
    """In the order of FIELDS."""
    low, high = (end.numerator * (denominator // end.denominator) for end in (role.low, role.high or 0))
    return [low, high, low if role.low == role.high else 0]
