"""Logs: the mapping of columns, the dialect of a file, its reading, and which rows are one event."""

from promisekit.log.mapping import Column, ColumnType, LogFile, Mapping, Sources
from promisekit.log.model import FileRead, Log, SourceRead
from promisekit.log.read import read_logs

__all__ = [
    "Column",
    "ColumnType",
    "FileRead",
    "Log",
    "LogFile",
    "Mapping",
    "SourceRead",
    "Sources",
    "read_logs",
]
