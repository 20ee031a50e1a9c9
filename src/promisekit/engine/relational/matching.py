"""Which rows every activity means: found once, for all as-ofs, by equi-joins on integers. Only where a selector asks
what the as-of knows of, its rows are found again.

The tables:
    truth(question, col, code, certain)   the numbers of a column that a question does not exclude, and whether it is
                                          a certain yes
    whole_i(sel, q0, q1 …)                conjunctions of questions about the same columns. One join for each such set
                                          of columns, however many activities there are
    m(sel, n, sure, …)                    the matches, which are the evidence
    rest(rest, n, …)                      held rows that certainly meet all parts of a selector but one left out
    nearly(sel, part, rest)               which rest that is for a part; the near misses are the rows of the rest
    spared(sel, part, n)                  but for those that do not certainly fail the part
    tied(sel, part, key, code)            the values that a part accepts, where it alone asks about a column that pairs
                                          are keyed by, and about no other

Rows that fail one part are never listed in full: of an activity that asks for one municipality of 290, that would be
nearly every row, 290 times over. The rest is the same rows for all 290, and what is spared is what matches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from promisekit.engine.relational.alternatives import Conjunction
from promisekit.engine.relational.asking import Asking, ask
from promisekit.engine.relational.dictionary import BLANK
from promisekit.engine.relational.load import CANCELLED, HELD, Loaded
from promisekit.engine.relational.session import Session
from promisekit.engine.tied import tied_parts
from promisekit.plan.nodes import Select
from promisekit.selectors.dates import Dates
from promisekit.selectors.match import timed

CANCELLED_ROW = -1
"""In place of the number of a part: all that fails is that the row was cancelled."""
KEPT = ("place_in_log", "state", "s0", "s1", "e0", "e1", "e1_from", "ended", "shown")
"""What later steps need of an event, beside its days and the columns k0, k1 … that pairs are keyed by."""
MATCHED = ("m", "rest", "nearly", "spared", "tied")

SHIFTED = """
    CASE WHEN d.begins > 0 AND e.clock < d.begins THEN e.first - 1 ELSE e.first END AS first,
    CASE WHEN d.begins > 0 AND e.clock >= 0 AND e.clock < d.begins THEN e.last - 1 ELSE e.last END AS last,
    d.begins"""
"""The days that an event may start on, where they begin at another second: the day before too, without a clock time."""

Shape = tuple[tuple[str, ...], ...]


class Matcher(Struct, frozen=True):
    """Finds the rows of activities that take place at the same date of theirs, of all as-ofs or of each."""

    selects: Mapping[int, Select]
    asking: Asking
    dated: str | None
    sources: tuple[str, ...] | None
    """Where a selector depends on the as-of, the sources of the activities (none named: all), since it depends on what
    they cover; else None."""
    tables: str
    """What stands behind the names of the tables that are made."""

    def match(self, loaded: Loaded, keys: Sequence[str], session: Session, dates: Dates | None) -> None:
        """Makes `m`, `rest`, `nearly`, `spared` and `tied`; `keys` are the columns that pairs are keyed by."""
        asking, selects, tables, events = self.asking, self.selects, self.tables, loaded.tables[self.dated]
        key_columns = [f"e.{loaded.positions[key,]} AS k{number}" for number, key in enumerate(keys)]
        kept = ", ".join([f"e.{name}" for name in KEPT] + [SHIFTED] + key_columns)
        session.load("truth", ("question", "col", "code", "certain"), _truths(asking, loaded, dates))
        session.load("select_days", ("sel", "begins"), [(number, one.day_begins) for number, one in selects.items()])
        session.load(
            "rest_days", ("rest", "begins"), [(number, one.day_begins) for number, one in asking.rests.items()]
        )
        wholes = [(whole.select, whole.questions) for whole in asking.wholes]
        session.make("found", _found("whole", wholes, asking, loaded, events, session))
        session.make(
            f"m{tables}",
            f"""
            SELECT f.id AS sel, f.n, f.sure, {kept}
            FROM found f JOIN {events} e ON e.n = f.n JOIN select_days d ON d.sel = f.id""",
        )
        rests = [(number, questions) for number, rest in asking.rests.items() for questions in rest.conjunctions]
        session.make("found", _found("rest", rests, asking, loaded, events, session))
        _make_spared(asking, selects, tables, loaded, events, session)
        _make_tied(asking, selects, tables, keys, session)
        # The cancelled rows of an activity are a rest of their own, from which nothing is spared.
        session.make(
            f"rest{tables}",
            f"""
            SELECT f.id AS rest, f.n, {kept}
            FROM found f JOIN {events} e ON e.n = f.n JOIN rest_days d ON d.rest = f.id
            WHERE f.sure = 1 AND e.state = {HELD}
            UNION ALL
            SELECT {_rest_of_cancelled("m.sel")} AS rest, m.n, {kept}
            FROM m{tables} m JOIN {events} e ON e.n = m.n JOIN select_days d ON d.sel = m.sel
            WHERE m.sure = 1 AND m.state = {CANCELLED}""",
        )


def _rest_of_cancelled(select: str) -> str:
    return f"(-1 - {select})"


def _truths(asking: Asking, loaded: Loaded, dates: Dates | None) -> Iterator[tuple[int, int, int, int]]:
    order = {names: number for number, names in enumerate(loaded.columns)}
    for number, question in enumerate(asking.questions.things):
        for code, certain in loaded.columns[question.columns].answers(question, dates):
            yield number, order[question.columns], code, int(certain)


def _found(
    name: str, members: Iterable[tuple[int, Conjunction]], asking: Asking, loaded: Loaded, events: str, session: Session
) -> str:
    """(id, n, sure) of every row that one of the conjunctions with that id does not exclude."""
    shapes: dict[tuple[Shape, bool], list[tuple[int, Conjunction]]] = defaultdict(list)
    by_id: dict[int, list[Conjunction]] = defaultdict(list)
    for number, questions in members:
        by_id[number].append(questions)
    for number, conjunctions in by_id.items():
        for questions in conjunctions:
            shapes[tuple(question.columns for question in questions), len(conjunctions) > 1].append((number, questions))
    once, repeated = ["SELECT 0 AS id, 0 AS n, 0 AS sure WHERE 1 = 0"], list[str]()
    for place, ((shape, several), alike) in enumerate(shapes.items()):
        table = f"{name}_{place}"
        rows = [(number, *map(asking.questions.number, questions)) for number, questions in alike]
        session.load(table, ("id", *(f"q{i}" for i in range(len(shape)))), rows)
        (repeated if several else once).append(_of_shape(table, shape, loaded, events))
    if repeated:  # a row may meet several alternatives, one of them for certain
        rows_of_all = "\nUNION ALL\n".join(repeated)
        once.append(f"SELECT id, n, MAX(sure) AS sure FROM ({rows_of_all}) r GROUP BY id, n")
    return "\nUNION ALL\n".join(once)


def _of_shape(table: str, shape: Shape, loaded: Loaded, events: str) -> str:
    """(id, n, sure) of the rows that conjunctions over the same columns do not exclude."""
    order = {names: number for number, names in enumerate(loaded.columns)}
    questions = "\n".join(
        f"JOIN truth t{i} ON t{i}.col = {order[names]} AND t{i}.code = e.{loaded.positions[names]}"
        for i, names in enumerate(shape)
    )
    certain = " AND ".join(f"t{i}.certain = 1" for i in range(len(shape))) or "1 = 1"
    same = " AND ".join(f"a.q{i} = t{i}.question" for i in range(len(shape))) or "1 = 1"
    return f"""
        SELECT a.id, e.n, CASE WHEN {certain} THEN 1 ELSE 0 END AS sure
        FROM {events} e
        {questions}
        JOIN {table} a ON {same}"""


def _make_spared(
    asking: Asking, selects: Iterable[int], tables: str, loaded: Loaded, events: str, session: Session
) -> None:
    order = {names: number for number, names in enumerate(loaded.columns)}
    rows = [
        (near.select, near.part, near.rest, asking.questions.number(near.failing), order[near.failing.columns])
        for near in asking.nearlies
    ]
    cancelled = [(number, CANCELLED_ROW, -1 - number, -1, -1) for number in selects]
    session.load(f"nearly{tables}", ("sel", "part", "rest", "failing", "col"), [*rows, *cancelled])
    spared = [
        f"""
        SELECT a.sel, a.part, f.n
        FROM found f
        JOIN {events} e ON e.n = f.n
        JOIN truth t ON t.col = {order[names]} AND t.code = e.{loaded.positions[names]}
        JOIN nearly{tables} a ON a.rest = f.id AND a.failing = t.question
        WHERE f.sure = 1"""
        for names in dict.fromkeys(near.failing.columns for near in asking.nearlies)
    ]
    nothing = "SELECT 0 AS sel, 0 AS part, 0 AS n WHERE 1 = 0"
    session.make(f"spared{tables}", "\nUNION ALL\n".join([nothing, *spared]))


def _make_tied(
    asking: Asking, selects: Mapping[int, Select], tables: str, keys: Sequence[str], session: Session
) -> None:
    tied = {number: dict(tied_parts(select)) for number, select in selects.items()}
    rows = [
        (near.select, near.part, keys.index(column), asking.questions.number(near.failing))
        for near in asking.nearlies
        if (column := tied[near.select].get(near.part)) in keys
    ]
    session.load("tied_part", ("sel", "part", "key", "question"), rows)
    session.make(
        f"tied{tables}",
        f"""
        SELECT a.sel, a.part, a.key, t.code
        FROM tied_part a JOIN truth t ON t.question = a.question
        WHERE t.certain = 1 AND t.code >= {BLANK}""",
    )


def matchers(selects: Sequence[Select]) -> list[Matcher]:
    """What finds the rows of all activities of a plan."""
    groups: dict[tuple[str | None, tuple[str, ...] | None], dict[int, Select]] = {(None, None): {}}
    for number, select in enumerate(selects):
        sources = select.sources if timed(select.selector) else None
        groups.setdefault((select.dated, sources), {})[number] = select
    found, rests = [], 0
    for place, ((date, sources), members) in enumerate(groups.items()):
        asking = ask(members, rests)
        rests += len(asking.rests)
        found.append(Matcher(members, asking, date, sources, f"_of_{place}"))
    return found
