"""Logs: the mapping of columns, the dialect of a file, its reading, and which rows are one event."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from promisekit.log.mapping import Column, ColumnType, Duplicates, LogFile, Mapping, Sources

_HOMES = {
    "FileRead": "promisekit.log.model",
    "Log": "promisekit.log.model",
    "Merged": "promisekit.log.model",
    "SourceRead": "promisekit.log.model",
    "read_logs": "promisekit.log.read",
}

if TYPE_CHECKING:
    from promisekit.log.model import FileRead, Log, Merged, SourceRead
    from promisekit.log.read import read_logs

__all__ = [
    "Column",
    "ColumnType",
    "Duplicates",
    "FileRead",
    "Log",
    "LogFile",
    "Mapping",
    "Merged",
    "SourceRead",
    "Sources",
    "read_logs",
]


def __getattr__(name: str) -> object:
    # Imported when asked for: a promise speaks of columns, and is checked without any log being read.
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'promisekit.log' has no attribute {name!r}")
