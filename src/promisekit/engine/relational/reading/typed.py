"""From the texts of one file to integers.

typed_i(line, …, state, status, known, id_hash, v0, v1 …, alike, sound)
    the rows of a file: when they start and end, by the columns MOMENT, and the numbers of their values in the order
    of the columns. `alike` is the same for all rows that say the same but for their id, `id_hash` for those of the
    same id (NO_ID where there is none). `sound` rows can be read as they should
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from msgspec import Struct

from promisekit.engine.relational.dictionary import Column
from promisekit.engine.relational.load import STATES
from promisekit.engine.relational.reading.tables import Rows
from promisekit.engine.relational.reading.texts import (
    BAD,
    MOMENT,
    TOLD,
    Dates,
    code_of,
    moment_row,
    number_texts,
)
from promisekit.engine.relational.session import Session
from promisekit.log.cells import BadCell, Memo, shown
from promisekit.log.columns import HELD, NO_STATUS, Bound, Columns, Status
from promisekit.log.dialect import LOST
from promisekit.log.moments import Moments
from promisekit.log.records import Unknown
from promisekit.windows import Moment

V = TypeVar("V")

NO_ID = 0
SIMPLE_ID = "[!-~¡-¬®-ÿ]([ -~¡-¬®-ÿ]*[!-~¡-¬®-ÿ])?"
"""Ids that are what they are written as: trimmed, and in composed form. Only the others are read in Python."""


class Values(Struct):
    """The values of the mapped columns of all files, numbered."""

    columns: dict[str, Column] = {}

    def of(self, name: str) -> Column:
        """The numbers of a column's values."""
        return self.columns.setdefault(name, Column((name,)))


class Typing:
    """Types the rows of one file."""

    def __init__(
        self, name: str, rows: Rows, columns: Columns, moments: Moments, values: Values, session: Session
    ) -> None:
        self.name, self.rows, self.columns = name, rows, columns
        self._moments, self._values, self._session = moments, values, session
        self._statuses: list[Status] = [NO_STATUS]
        self._joins: list[str] = []

    def make(self) -> None:
        """Makes the table."""
        start = self._moment("start", self.columns.start)
        end = self._moment("end", self.columns.end)
        recorded = self._moment("recorded", self.columns.recorded)
        status, name, values = self._status(), self._id(), self._value_columns()
        said = [f"{of}_{column}" for of in ("start", "end", "recorded") for column in MOMENT]
        codes = [f"v{number}" for number in range(len(self.columns.values))]
        said += ["status", *codes]
        bad = [f"{code} = {BAD}" for code in ["end_told", "recorded_told", "id_hash", "status", *codes]]
        unsound = " OR ".join([f"start_told <> {TOLD}", *bad, f"(end_told = {TOLD} AND end_s1 < start_s0)"])
        fields = ", ".join(["r.line", *start, *end, *recorded, *status, name, *values])
        self._session.keep(
            self.name,
            f"""
            SELECT * EXCLUDE ({", ".join(f"recorded_{column}" for column in MOMENT)}),
                   CAST(HASH({", ".join(said)}) >> 1 AS BIGINT) AS alike,
                   CASE WHEN {unsound} THEN 0 ELSE 1 END AS sound
            FROM (SELECT {fields} FROM {self.rows.table} r {" ".join(self._joins)}) cells""",
        )

    def unknown(self) -> Iterator[tuple[str | None, Unknown]]:
        """The statuses that the mapping does not know, of sound rows."""
        status = self.columns.status
        if status is None:
            return
        rows = self._session.texts(f"""
            SELECT y.status, y.number, y.line, r.t{status.at}
            FROM (SELECT status, COUNT(*) AS number, MIN(line) AS line FROM {self.name}
                  WHERE known = 0 AND sound = 1 GROUP BY status) y
            JOIN {self.rows.table} r ON r.line = y.line""")
        for number, times, line, cell in rows:
            yield self._statuses[int(number)].text, Unknown(shown(cell), int(line), int(times))

    def _moment(self, name: str, bound: Bound[Moment] | None) -> list[str]:
        if bound is None:
            return [f"{value} AS {name}_{column}" for column, value in zip(MOMENT, moment_row(None), strict=True)]
        dates = Dates(f"{self.name}_{name}", self.rows.table, f"t{bound.at}", bound.cells, self._moments, self._session)
        self._joins.append(dates.joins)
        return list(dates.fields(name))

    def _status(self) -> list[str]:
        bound = self.columns.status
        if bound is None:
            return [f"{STATES[HELD.state]} AS state", "0 AS status", "1 AS known"]
        numbers: dict[str | None, int] = {None: 0}

        def read(text: str) -> tuple[int, ...]:
            try:
                status = bound.cells[text] or NO_STATUS
            except BadCell:
                return 0, BAD, 1
            if status.text not in numbers:
                numbers[status.text] = len(self._statuses)
                self._statuses.append(status)
            return STATES[status.state], numbers[status.text], int(status.known)

        joined = self._join("status", bound)
        number_texts(joined, self._texts(bound), ("state", "status", "known"), read, self._session)
        return [f"{joined}.state", f"{joined}.status", f"{joined}.known"]

    def _id(self) -> str:
        bound = self.columns.id
        if bound is None:
            return f"{NO_ID} AS id_hash"
        simple = f"REGEXP_FULL_MATCH(r.t{bound.at}, '{SIMPLE_ID}') AND NOT CONTAINS(r.t{bound.at}, '{LOST}')"
        joined = self._join("id", bound)
        odd = f"SELECT r.t{bound.at} AS text FROM {self.rows.table} r WHERE NOT ({simple})"
        number_texts(joined, odd, ("id_hash",), lambda text: (self._hash(bound.cells, text),), self._session)
        return f"COALESCE({joined}.id_hash, CAST(HASH(r.t{bound.at}) >> 1 AS BIGINT)) AS id_hash"

    def _hash(self, read: Memo[str], text: str) -> int:
        try:
            name = read[text]
        except BadCell:
            return BAD
        return NO_ID if name is None else self._session.hash_of(name)

    def _value_columns(self) -> list[str]:
        fields = []
        for number, (name, bound) in enumerate(self.columns.values):
            joined = self._join(f"v{number}", bound)
            read = code_of(bound.cells, self._values.of(name).number_of)
            number_texts(joined, self._texts(bound), ("code",), read, self._session)
            bound.cells.clear()  # the numbers are enough; the few cells that are told are read again
            fields.append(f"{joined}.code AS v{number}")
        return fields

    def _join(self, name: str, bound: Bound[V]) -> str:
        joined = f"{self.name}_{name}"
        self._joins.append(f"LEFT JOIN {joined} ON {joined}.text = r.t{bound.at}")
        return joined

    def _texts(self, bound: Bound[V]) -> str:
        return f"SELECT t{bound.at} AS text FROM {self.rows.table}"
