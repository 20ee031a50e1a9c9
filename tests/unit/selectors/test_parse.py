"""Short forms become selectors, and every fault in one is told where it stands."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from promisekit.diagnostics import Route
from promisekit.selectors.columns import ColumnType
from promisekit.selectors.model import (
    EVERYTHING,
    ClockIn,
    Condition,
    DateIn,
    Either,
    Every,
    Except,
    HasAll,
    HasAny,
    HasNone,
    InRange,
    IsFlag,
    Lasts,
    Not,
    OnDays,
    OneOf,
    Recorded,
    Selector,
    StartsWith,
    Test,
    WeekdayIn,
)
from promisekit.selectors.parse import Vocabulary, parse_selector
from promisekit.windows import DaySet, parse_day, parse_span
from promisekit.words import text

MARCH = parse_day("2022-03-01")
LOV = DaySet((parse_span("2022-04-11/2022-04-15"),))
WORDS = Vocabulary(
    {
        "place": "text",
        "case": "text",
        "actors": "list",
        "officers": "number",
        "indoors": "flag",
        "answered": "date",
        "start": "date",
        "end": "date",
        "id": "text",
    },
    {"lov": lambda: LOV},
)


def parsed(written: object) -> Selector:
    selector, found = parse_selector(written, (), WORDS)
    assert found == ()
    return selector


def faults(written: object) -> list[tuple[str, Route]]:
    return [(found.code, found.route) for found in parse_selector(written, ("a",), WORDS)[1]]


def the_test(written: object) -> Test:
    selector = parsed(written)
    assert isinstance(selector, Condition)
    return selector.test


@pytest.mark.parametrize(
    ("written", "test"),
    [
        ({"place": "  Torget "}, OneOf(("torget",))),
        ({"place": ["Torget", "parken", "TORGET"]}, OneOf(("parken", "torget"))),
        ({"case": 2022}, OneOf(("2022",))),
        ({"case": Decimal("1.50")}, OneOf(("1.50",))),
        ({"place": {"not": "torget"}}, Not(OneOf(("torget",)))),
        ({"place": {"not": ["a", "b"]}}, Not(OneOf(("a", "b")))),
        ({"case": {"starts_with": "Ö-"}}, StartsWith("ö-")),
        ({"case": {"recorded": True}}, Recorded(True)),
        ({"actors": {"any": ["Polisen", "kommunen"]}}, HasAny(("kommunen", "polisen"))),
        ({"actors": {"all": ["b", "a"]}}, HasAll(("a", "b"))),
        ({"actors": {"none": ["a"]}}, HasNone(("a",))),
        ({"actors": {"recorded": False}}, Recorded(False)),
        ({"officers": 2}, InRange(Fraction(2), Fraction(2))),
        ({"officers": {"at_least": Decimal("1.5")}}, InRange(Fraction(3, 2), None)),
        ({"officers": {"at_most": 3}}, InRange(None, Fraction(3))),
        ({"officers": {"between": [1, 3]}}, InRange(Fraction(1), Fraction(3))),
        ({"officers": {"not": 1}}, Not(InRange(Fraction(1), Fraction(1)))),
        ({"indoors": False}, IsFlag(False)),
        ({"officers": -2}, InRange(Fraction(-2), Fraction(-2))),
        ({"officers": {"at_least": Decimal("-0.25")}}, InRange(Fraction(-1, 4), None)),
        ({"officers": {"between": [Decimal("-1.5"), 0]}}, InRange(Fraction(-3, 2), Fraction(0))),
        ({"answered": {"recorded": True}}, Recorded(True, dated=True)),
        ({"answered": {"recorded": False}}, Recorded(False, dated=True)),
        ({"answered": {"on_or_after": "2022-03-01"}}, DateIn(MARCH, None)),
        ({"answered": {"on_or_before": "2022-03-01"}}, DateIn(None, MARCH)),
        ({"answered": {"between": ["2022-03-01", "2022-03-01"]}}, DateIn(MARCH, MARCH)),
        ({"duration": {"at_least": "30 minutes"}}, Lasts(1800, None)),
        ({"duration": {"at_most": "1.5 hours"}}, Lasts(None, 5400)),
        ({"duration": {"at_least": "30 min", "at_most": "2 h"}}, Lasts(1800, 7200)),
        ({"time": {"from": "22:00", "to": "04:00"}}, ClockIn(79200, 14400)),
        ({"time": {"from": "18:00", "to": "24:00"}}, ClockIn(64800, 86400)),
        ({"weekday": "lördag"}, WeekdayIn((5,))),
        ({"weekday": ["Sun", "mån"]}, WeekdayIn((0, 6))),
        ({"calendar": "lov"}, OnDays("lov", LOV)),
    ],
)
def test_a_condition(written: object, test: Test) -> None:
    assert the_test(written) == test


def test_an_empty_mapping_is_every_event() -> None:
    assert parsed({}) == EVERYTHING


def test_several_conditions_all_hold() -> None:
    selector = parsed({"place": "a", "officers": {"at_least": 1, "at_most": 2}})
    assert isinstance(selector, Every)
    assert [part.column for part in selector.parts if isinstance(part, Condition)] == ["place", "officers", "officers"]


def test_any_and_all_join_selectors() -> None:
    selector = parsed({"any": [{"place": "a"}, {"all": [{"place": "b"}, {"case": "c"}]}]})
    assert isinstance(selector, Either)
    assert isinstance(selector.parts[1], Every)


def test_an_exception_holds_a_selector() -> None:
    selector = parsed({"place": "a", "except": {"case": "b", "officers": 1}})
    assert isinstance(selector, Every)
    assert isinstance(selector.parts[1], Except)
    assert isinstance(selector.parts[1].selector, Every)


def test_an_exception_from_everything_and_one_in_another() -> None:
    selector = parsed({"except": {"case": "b", "except": {"place": "c"}}})
    assert isinstance(selector, Except)
    assert isinstance(selector.selector, Every)
    assert isinstance(selector.selector.parts[1], Except)


@pytest.mark.parametrize(
    ("columns", "elsewhere", "code"),
    [({"start": "date"}, {}, "column.unknown"), ({"start": "date"}, {"end": ("polisen",)}, "column.unknown")],
)
def test_a_duration_needs_the_end(
    columns: dict[str, ColumnType], elsewhere: dict[str, tuple[str, ...]], code: str
) -> None:
    written = {"duration": {"at_least": "30 minutes"}}
    _, (found,) = parse_selector(written, (), Vocabulary(columns, {}, elsewhere))
    assert (found.code, found.route, found.at_key) == (code, ("duration",), True)


def test_a_list_of_numbers_is_one_of_them() -> None:
    assert isinstance(parsed({"officers": [1, 2]}), Either)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({"place": "Torget"}, "Torget"),
        ({"place": ["Torget", "Parken"]}, "Torget eller Parken"),
        ({"place": {"not": "Torget"}}, "inte Torget"),
        ({"actors": {"none": ["polisen", "kommunen"]}}, "utan polisen eller kommunen"),
        ({"officers": {"at_least": 2}}, "minst 2"),
        ({"time": {"from": "09:00", "to": "15:00"}}, "från 09:00 till 15:00"),
        ({"weekday": ["sat", "sun"]}, "lördag eller söndag"),
    ],
)
def test_what_is_wanted_is_told_in_the_authors_words(written: object, told: str) -> None:
    selector = parsed(written)
    assert isinstance(selector, Condition)
    assert text(selector.wanted, "sv") == told


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({"duration": {"at_least": "30 minutes"}}, "at least 30 minutes"),
        ({"duration": {"at_most": "120 min"}}, "at most 2 hours"),
        ({"duration": {"at_least": "0.5 minutes", "at_most": "1 h"}}, "30 seconds to 1 hour"),
        ({"answered": {"on_or_after": "2022-03-01"}}, "on 1 March 2022 or later"),
        ({"answered": {"on_or_before": "2022-03-01"}}, "on 1 March 2022 or earlier"),
        ({"answered": {"between": ["2022-03-01", "2022-03-02"]}}, "1 March 2022 – 2 March 2022"),
    ],
)
def test_lengths_and_days_are_told_in_words(written: object, told: str) -> None:
    selector = parsed(written)
    assert isinstance(selector, Condition)
    assert text(selector.wanted, "en") == told


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("torget", [("selector.not-a-mapping", ("a",))]),
        (None, [("selector.not-a-mapping", ("a",))]),
        ({"plase": "a"}, [("column.unknown", ("a", "plase"))]),
        ({"start": "2022-03-01"}, [("selector.reserved-column", ("a", "start"))]),
        ({"id": "H-1"}, [("selector.reserved-column", ("a", "id"))]),
        ({"place": []}, [("selector.empty", ("a", "place"))]),
        ({"place": ["a", None]}, [("selector.empty", ("a", "place", 1))]),
        ({"place": ""}, [("selector.empty", ("a", "place"))]),
        ({"place": True}, [("selector.wrong-value", ("a", "place"))]),
        ({"place": {}}, [("selector.wrong-type", ("a", "place"))]),
        ({"place": {"any": ["a"]}}, [("selector.unknown-test", ("a", "place", "any"))]),
        ({"place": {"not": {"not": "a"}}}, [("selector.wrong-type", ("a", "place", "not"))]),
        ({"case": {"starts_with": ["a"]}}, [("selector.wrong-value", ("a", "case", "starts_with"))]),
        ({"actors": "polisen"}, [("selector.wrong-type", ("a", "actors"))]),
        ({"actors": {"any": "polisen"}}, [("selector.wrong-value", ("a", "actors", "any"))]),
        ({"officers": "två"}, [("selector.wrong-type", ("a", "officers"))]),
        ({"officers": True}, [("selector.wrong-type", ("a", "officers"))]),
        ({"officers": {"between": [1]}}, [("selector.wrong-value", ("a", "officers", "between"))]),
        ({"officers": {"between": [3, 1]}}, [("number.order", ("a", "officers", "between"))]),
        ({"indoors": "ja"}, [("selector.wrong-type", ("a", "indoors"))]),
        ({"answered": "2022-03-01"}, [("selector.wrong-type", ("a", "answered"))]),
        ({"answered": {"on_or_after": "mars"}}, [("selector.wrong-value", ("a", "answered", "on_or_after"))]),
        ({"answered": {"after": "2022-03-01"}}, [("selector.unknown-test", ("a", "answered", "after"))]),
        ({"answered": {"between": ["2022-03-01"]}}, [("selector.wrong-value", ("a", "answered", "between"))]),
        ({"answered": {"between": ["2022-03-02", "2022-03-01"]}}, [("number.order", ("a", "answered", "between"))]),
        ({"answered": {"between": ["2022-03-02", 3]}}, [("selector.wrong-value", ("a", "answered", "between", 1))]),
        ({"answered": {"recorded": "ja"}}, [("selector.wrong-value", ("a", "answered", "recorded"))]),
        ({"duration": "30 minutes"}, [("duration.bounds", ("a", "duration"))]),
        ({"duration": {}}, [("duration.bounds", ("a", "duration"))]),
        ({"duration": {"atleast": "1 h"}}, [("duration.bounds", ("a", "duration", "atleast"))]),
        ({"duration": {"at_least": 30}}, [("length.not-understood", ("a", "duration", "at_least"))]),
        ({"duration": {"at_least": "1 day"}}, [("length.not-understood", ("a", "duration", "at_least"))]),
        ({"duration": {"at_least": "1.001 min"}}, [("length.not-understood", ("a", "duration", "at_least"))]),
        ({"duration": {"at_least": "2 h", "at_most": "1 h"}}, [("number.order", ("a", "duration"))]),
        ({"duration": {"at_least": "0 min"}}, [("duration.bounds", ("a", "duration", "at_least"))]),
        ({"officers": {"at_least": 3, "at_most": 1}}, [("number.order", ("a", "officers"))]),
        (
            {"answered": {"on_or_after": "2022-03-02", "on_or_before": "2022-03-01"}},
            [("number.order", ("a", "answered"))],
        ),
        ({"weekday": ["fri", "mon", "fre"]}, [("days.repeated", ("a", "weekday", 2))]),
        ({"any": [{"place": "a"}, {}]}, [("selector.empty", ("a", "any", 1))]),
        ({"all": [{}]}, [("selector.empty", ("a", "all", 0))]),
        ({"except": {}}, [("selector.empty", ("a", "except"))]),
        ({"except": [{"place": "a"}]}, [("selector.not-a-mapping", ("a", "except"))]),
        ({"except": {"plase": "a"}}, [("column.unknown", ("a", "except", "plase"))]),
        ({"exept": {"place": "a"}}, [("column.unknown", ("a", "exept"))]),
        ({"any": []}, [("selector.not-a-list", ("a", "any"))]),
        ({"any": {"place": "a"}}, [("selector.not-a-list", ("a", "any"))]),
        ({"all": [{"place": "a"}, "b"]}, [("selector.not-a-mapping", ("a", "all", 1))]),
        ({"any": [{"plase": 1}]}, [("column.unknown", ("a", "any", 0, "plase"))]),
        ({"time": "kväll"}, [("time.from-to", ("a", "time"))]),
        ({"time": {"from": "22:00"}}, [("time.from-to", ("a", "time"))]),
        ({"time": {"from": "9:00", "to": "17:00"}}, [("time.not-understood", ("a", "time", "from"))]),
        ({"time": {"from": "09:00", "to": "24:30"}}, [("time.not-understood", ("a", "time", "to"))]),
        ({"time": {"from": "24:00", "to": "01:00"}}, [("time.empty", ("a", "time"))]),
        ({"weekday": "fredga"}, [("weekday.unknown", ("a", "weekday"))]),
        ({"weekday": ["fri", 6]}, [("weekday.unknown", ("a", "weekday", 1))]),
        ({"calendar": "low"}, [("calendar.unknown", ("a", "calendar"))]),
        ({"calendar": ["lov"]}, [("calendar.unknown", ("a", "calendar"))]),
    ],
)
def test_a_fault_is_told_where_it_stands(written: object, found: list[tuple[str, Route]]) -> None:
    assert faults(written) == found


def test_all_faults_are_told_and_the_rest_is_kept() -> None:
    selector, found = parse_selector({"plase": "x", "officers": "y", "place": "z"}, (), WORDS)
    assert len(found) == 2
    assert isinstance(selector, Condition)
