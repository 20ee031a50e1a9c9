"""Reading: logs of any size into the database, to the same events and diagnostics as `log.read` makes of them.

Most rows of most exports are plain. SQL finds those that are not: rows of another length, with a cell that cannot be
read, with an id or contents that another row has, too. Python looks at these, by the functions that read small logs, so
that there is one meaning of a row. Of the others every different cell is read once, by the same functions.

    survey     every byte of a file, once: whether the database splits it into the same rows as Python does
    tables     the rows of a file in a table of texts, with the lines that they stand on; and those of another length
    texts      the different texts of columns, read once each and numbered
    typed      from texts to integers; which rows can be read as they should
    identity   rows that may be versions or copies of each other
    stored     the events of a log, made when they are asked for
    reader     a log of any size
"""

from promisekit.engine.relational.reading.reader import read_stored

__all__ = ["read_stored"]
