"""The database that the engine runs in, and the few things in which databases differ.

Everything else is one SQL text in the subset that DuckDB, PostgreSQL and Spark read alike: integers only, no dates, no
booleans, no NULL where a number can stand for it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

import duckdb

INTEGER = "BIGINT"
WIDE = "HUGEINT"
"""Sums of amounts and of seconds times amounts: NUMERIC in PostgreSQL, DECIMAL(38, 0) in Spark."""
FEW_ROWS = 2_000
"""Up to so many rows are handed over as lists; a file of numbers is faster for more (by 5 times for a million)."""

Ints = Sequence[int]


class Session:
    """A DuckDB in memory: no file, no extension, no network."""

    def __init__(self, memory_limit: str | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="promisekit-")
        self._connection = duckdb.connect(":memory:")
        self._has_file = False
        self._settings(memory_limit)

    @property
    def folder(self) -> Path:
        """A folder that is removed in the end."""
        return Path(self._folder.name)

    def _settings(self, memory_limit: str | None) -> None:
        settings = {
            "temp_directory": self._folder.name,
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "preserve_insertion_order": "false",  # every result is sorted where its order matters
        }
        if memory_limit is not None:
            settings["memory_limit"] = memory_limit
        for name, value in settings.items():
            self._connection.execute(f"SET {name} = {_quoted(value)}")

    def make(self, name: str, query: str) -> None:
        """A temporary table from a query; replaces one of the same name."""
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")

    def join(self, name: str, tables: Sequence[str]) -> None:
        """All rows of several tables of the same columns, as they will be whenever it is asked."""
        self.view(name, " UNION ALL ".join(f"SELECT * FROM {table}" for table in tables))

    def view(self, name: str, query: str) -> None:
        """The rows of a query, as they will be whenever it is asked."""
        self._connection.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {query}")

    def keep(self, name: str, query: str) -> None:
        """A table from a query, its rows in the order of the query's, compressed in a file: for rows that are many."""
        if not self._has_file:
            self._connection.execute(f"ATTACH {_quoted(str(self.folder / 'rows'))} AS kept")
            self._has_file = True
        self._connection.execute("SET preserve_insertion_order = true")
        self._connection.execute(f"CREATE OR REPLACE TABLE kept.{name} AS {query}")
        self._connection.execute("SET preserve_insertion_order = false")
        self.view(name, f"SELECT rowid, * FROM kept.{name}")

    def delete(self, name: str, condition: str) -> None:
        """Takes rows out of a table that is kept."""
        self._connection.execute(f"DELETE FROM kept.{name} WHERE {condition}")

    def update(self, name: str, change: str, condition: str) -> None:
        """Changes rows of a table that is kept."""
        self._connection.execute(f"UPDATE kept.{name} SET {change} WHERE {condition}")

    def drop(self, name: str) -> None:
        """Gives up a table that was kept."""
        self._connection.execute(f"DROP VIEW {name}")
        self._connection.execute(f"DROP TABLE kept.{name}")

    def count(self, name: str) -> int:
        """How many rows a table has."""
        return self.read(f"SELECT COUNT(*) FROM {name}")[0][0]

    def csv(self, path: str, columns: Sequence[str], delimiter: str, skip: int, quote: str = '"') -> str:
        """The rows of a file as text, nothing of it guessed; what is wrong with the others is in `rejects`."""
        types = ", ".join(f"'{column}': 'VARCHAR'" for column in columns)
        settings = (
            f"columns = {{{types}}}, auto_detect = false, header = false, skip = {skip}, compression = 'none', "
            f"delim = {_quoted(delimiter)}, quote = '{quote}', escape = '{quote}', strict_mode = true, "
            f"store_rejects = true, rejects_limit = 0, force_not_null = [{', '.join(map(_quoted, columns))}]"
        )
        self._connection.execute("DROP TABLE IF EXISTS reject_errors")
        self._connection.execute("DROP TABLE IF EXISTS reject_scans")
        return f"read_csv({_quoted(path)}, {settings})"

    def rejects(self) -> list[tuple[int, str]]:
        """Where the lines begin that were no rows of the file read last, in bytes from 1, and why they were none."""
        return self._connection.execute("SELECT line_byte_position, error_type FROM reject_errors").fetchall()

    def hash_of(self, text: str) -> int:
        """What the database makes of a text so that equal ones are found, as a number from 0."""
        rows = self._connection.execute("SELECT CAST(HASH(?::VARCHAR) >> 1 AS BIGINT)", [text]).fetchall()
        return int(rows[0][0])

    def texts(self, query: str) -> list[tuple[str, ...]]:
        """All rows of a query for texts."""
        return self._connection.execute(query).fetchall()

    def read(self, query: str) -> list[tuple[int, ...]]:
        """All rows of a query."""
        return self._connection.execute(query).fetchall()

    def load(self, name: str, columns: Sequence[str], rows: Iterable[Ints]) -> None:
        """A temporary table from rows of numbers."""
        remaining = iter(rows)
        few = list(islice(remaining, FEW_ROWS))
        if len(few) < FEW_ROWS:
            lists = ", ".join(f"unnest(?::{INTEGER}[]) AS {column}" for column in columns)
            values = [list(column) for column in zip(*few, strict=True)] or [[] for _ in columns]
            self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT {lists}", values)
        else:
            self._load_file(name, columns, few, remaining)

    def append(self, name: str, other: str) -> None:
        """The rows of another table, of the same columns, behind those of a table."""
        self._connection.execute(f"INSERT INTO {name} SELECT * FROM {other}")

    def _load_file(self, name: str, columns: Sequence[str], few: Iterable[Ints], remaining: Iterable[Ints]) -> None:
        path = Path(self._folder.name) / f"{name}.csv"
        line = (",".join(["%d"] * len(columns)) + "\n").__mod__
        with path.open("w", encoding="ascii", newline="") as file:
            for rows in (few, remaining):
                file.writelines(line(tuple(row)) for row in rows)
        types = ", ".join(f"'{column}': '{INTEGER}'" for column in columns)
        as_numbers = f"columns = {{{types}}}, auto_detect = false, header = false, delim = ','"
        self.make(name, f"SELECT * FROM read_csv({_quoted(str(path))}, {as_numbers})")
        path.unlink()

    def close(self) -> None:
        """Gives memory and the temporary folder back."""
        self._connection.close()
        self._folder.cleanup()


def _quoted(text: str) -> str:
    doubled = text.replace("'", "''")
    return f"'{doubled}'"
