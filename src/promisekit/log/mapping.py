"""The mapping: which columns of an export are read, as what, and what the words in them mean."""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from typing import Literal

from msgspec import Struct

from promisekit.windows import DaySet

ColumnType = Literal["text", "list", "number", "flag", "date"]


class Column(Struct, frozen=True):
    """A mapped column: its name in the promise, its header in the export, and how its cells are read."""

    name: str
    header: str
    type: ColumnType = "text"
    split: str = ","


class Mapping(Struct, frozen=True):
    """How one source writes its events. The column `start` is always there; texts are folded."""

    columns: tuple[Column, ...]
    held: frozenset[str] = frozenset()
    planned: frozenset[str] = frozenset()
    cancelled: frozenset[str] = frozenset()
    unique_ids: bool = False
    covers: DaySet | None = None

    def column(self, name: str) -> Column | None:
        """The column of that name."""
        return next((column for column in self.columns if column.name == name), None)


class Duplicates(Struct, frozen=True):
    """Which rows tell of one event: those equal in the columns `same` that start within `apart` seconds of each other.

    `source`: only rows of different sources, one of each. `row`: rows of one source, too.
    """

    same: tuple[str, ...]
    apart: int
    across: Literal["source", "row"]


class Sources(Struct, frozen=True):
    """The mapping of every source: one for all (`shared`), or one each by name (`named`); and what is merged."""

    shared: Mapping | None
    named: Dictionary[str, Mapping]
    duplicates: Duplicates | None = None

    def of(self, source: str) -> Mapping | None:
        """The mapping that a source of this name is read with; None where the promise knows no such source."""
        return self.shared if self.shared is not None else self.named.get(source)


class LogFile(Struct, frozen=True):
    """One export to read: who it comes from and where it lies (`-` is standard input), or what it holds."""

    source: str
    path: str
    content: bytes | None = None
    """What it holds, where it need not be read from anywhere; `path` is then only what it is called."""
