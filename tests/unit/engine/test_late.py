"""What was promised by a day: what comes after it comes too late, and is told."""

from __future__ import annotations

from promisekit.events import State
from promisekit.plan.nodes import Calendar, Count, Until
from promisekit.words import Date, say
from tests.unit.engine.small import MARCH, VISITS, check, event, events, interval, misses, observe, rows_of

BY_31_MARCH = check(Count(VISITS), Until(), span=MARCH)


def test_what_comes_after_the_day_is_late() -> None:
    rows = events(("2022-02-10",), ("2022-04-02",), ("2022-04",), ("2022-03",))
    found = observe(BY_31_MARCH, rows)
    assert interval(found.cells[0].count) == (1, 1, 1)
    assert found.late_total == 2
    assert misses(found) == {2: ("period", 1), 3: ("deadline", 1), 4: ("deadline", 1)}
    told = {miss.event.row: miss for miss in found.near_misses}
    assert told[3].found == say("{date}", date=Date("2022-04-02"))
    assert told[3].wanted == say("by {day}", day=Date("2022-03-31"))


def test_only_what_is_certain_and_known_is_late() -> None:
    rows = (event(2, "2022-04-02", state=State.POSSIBLE), event(3, "2022-04-20"), event(4, "2022-04"))
    assert observe(BY_31_MARCH, rows, as_of="2022-04-10").late_total == 0
    assert observe(BY_31_MARCH, rows, as_of="2022-04-20").late_total == 1
    assert observe(BY_31_MARCH, rows, as_of="2022-04-30").late_total == 2


def test_nothing_is_late_for_other_windows() -> None:
    found = observe(check(Count(VISITS), Calendar("month")), events(("2022-04-02",)))
    assert (found.late_total, misses(found)) == (0, {2: ("period", 1)})


def test_a_night_that_begins_on_the_last_day_is_in_time() -> None:
    nightly = check(Count(rows_of("visit", day_begins=6 * 3600)), Until(), span=MARCH)
    found = observe(nightly, events(("2022-04-01 02:00",), ("2022-04-01 07:00",)))
    assert interval(found.cells[0].count) == (1, 1, 1)
    assert found.late_total == 1
