"""The tests that a column's type allows, parsed from what YAML gave."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from promisekit.diagnostics.refused import Refused, did_you_mean, listed
from promisekit.events import fold
from promisekit.selectors.model import (
    Condition,
    DateIn,
    Either,
    HasAll,
    HasAny,
    HasNone,
    InRange,
    IsFlag,
    Not,
    OneOf,
    Recorded,
    Selector,
    StartsWith,
    Test,
)
from promisekit.windows import Day, parse_day, show_day
from promisekit.words import Date, Message, say, sequence

ColumnType = Literal["text", "list", "number", "flag", "date"]
Told = tuple[Test, Message]
"""A test and what it says in words."""

OPERATORS: dict[ColumnType, tuple[str, ...]] = {
    "text": ("not", "recorded", "starts_with"),
    "list": ("all", "any", "none", "recorded"),
    "number": ("at_least", "at_most", "between", "not", "recorded"),
    "flag": ("recorded",),
    "date": ("between", "on_or_after", "on_or_before", "recorded"),
}


def column_conditions(name: str, column_type: ColumnType, value: object) -> tuple[Selector, ...]:
    """The conditions that `value` puts on the column; all must hold. Raises Refused on the first that is wrong."""
    if isinstance(value, dict):
        if not value:
            raise _not_for(column_type)
        tests = [_operator(column_type, str(key), operand) for key, operand in value.items()]
        _refuse_no_room([test for test, _ in tests])
        return tuple(Condition(name, test, told) for test, told in tests)
    if isinstance(value, list) and column_type == "number":
        return (Either(tuple(Condition(name, *_plain(column_type, item, (at,))) for at, item in enumerate(value))),)
    return (Condition(name, *_plain(column_type, value)),)


def _refuse_no_room(tests: list[Test]) -> None:
    """Bounds that leave nothing between them. Raises Refused."""
    ranges = [test for test in tests if isinstance(test, InRange)]
    if _reversed([one.low for one in ranges], [one.high for one in ranges]):
        message = say("the lower bound is above the upper one")
        raise Refused("number.order", message, say("no number is both: look at which is which"))
    days = [test for test in tests if isinstance(test, DateIn)]
    if _reversed([one.first for one in days], [one.last for one in days]):
        message = say("the first day comes after the last one")
        raise Refused("number.order", message, say("no date is both: look at which is which"))


def _reversed(lows: Sequence[Fraction | Day | None], highs: Sequence[Fraction | Day | None]) -> bool:
    given_low, given_high = ([one for one in ends if one is not None] for ends in (lows, highs))
    return bool(given_low and given_high) and max(given_low) > min(given_high)


def _operator(column_type: ColumnType, key: str, operand: object) -> Told:
    here = (key,)
    if key not in OPERATORS[column_type]:
        message = say("a column of type `{type}` has no test `{name}`", type=column_type, name=key)
        hint = did_you_mean(key, OPERATORS[column_type], _allowed(column_type))
        if column_type == "text" and key in OPERATORS["list"]:
            hint = say("lists are asked so: give the column `type: list` under `log.columns:`")
        raise Refused("selector.unknown-test", message, hint, here, at_key=True)
    if key == "not":
        test, told = _plain(column_type, operand, here)
        return Not(test), say("not {value}", value=told)
    if column_type == "date":
        return _OF_DATES[key](operand, here)
    return _OPERATIONS[key](operand, here)


def _plain(column_type: ColumnType, value: object, route: tuple[str | int, ...] = ()) -> Told:
    """A value without an operator: equality, or one of a list."""
    if column_type == "text" and not isinstance(value, dict):
        shown = _texts(value, route)
        return OneOf(_folded(shown)), _in_words(shown, "or")
    if column_type == "number" and _is_number(value):
        number = _number(value, route)
        return InRange(number, number), say("{number}", number=str(value))
    if column_type == "flag" and isinstance(value, bool):
        return IsFlag(value), say("yes") if value else say("no")
    raise _not_for(column_type, route)


def _not_for(column_type: ColumnType, route: tuple[str | int, ...] = ()) -> Refused:
    message = say("this cannot be asked of a column of type `{type}`", type=column_type)
    return Refused("selector.wrong-type", message, _allowed(column_type), route)


def _allowed(column_type: ColumnType) -> Message:
    match column_type:
        case "list":
            return say("write `{{any: […]}}`, `{{all: […]}}`, `{{none: […]}}` or `{{recorded: true}}`")
        case "number":
            return say("write a number, or one of {tests}", tests=listed(OPERATORS["number"]))
        case "flag":
            return say("write `true`, `false` or `{{recorded: true}}`")
        case "date":
            return say("write `{{recorded: true}}`, or a test such as `{{on_or_after: 2022-03-01}}`")
        case "text":
            return say("write a text, a list of texts, or one of {tests}", tests=listed(OPERATORS["text"]))


def _has_any(value: object, route: tuple[str | int, ...]) -> Told:
    shown = _list_of_texts(value, route)
    return HasAny(_folded(shown)), say("with {values}", values=_in_words(shown, "or"))


def _has_all(value: object, route: tuple[str | int, ...]) -> Told:
    shown = _list_of_texts(value, route)
    return HasAll(_folded(shown)), say("with {values}", values=_in_words(shown, "and"))


def _has_none(value: object, route: tuple[str | int, ...]) -> Told:
    shown = _list_of_texts(value, route)
    return HasNone(_folded(shown)), say("without {values}", values=_in_words(shown, "or"))


def _starts_with(value: object, route: tuple[str | int, ...]) -> Told:
    if isinstance(value, list):
        raise _needs(say("a text"), route)
    prefix = _text(value, route)
    return StartsWith(fold(prefix)), say("begins with {prefix}", prefix=prefix)


def _recorded(value: object, route: tuple[str | int, ...]) -> Told:
    if not isinstance(value, bool):
        raise _needs(say("`true` or `false`"), route)
    return Recorded(value), say("recorded") if value else say("empty")


def _at_least(value: object, route: tuple[str | int, ...]) -> Told:
    return InRange(_number(value, route), None), say("at least {number}", number=str(value))


def _at_most(value: object, route: tuple[str | int, ...]) -> Told:
    return InRange(None, _number(value, route)), say("at most {number}", number=str(value))


def _between(value: object, route: tuple[str | int, ...]) -> Told:
    if not isinstance(value, list) or len(value) != 2:
        raise _needs(say("two numbers, such as `[1, 3]`"), route)
    low, high = (_number(item, (*route, at)) for at, item in enumerate(value))
    if low > high:
        message = say("the lower bound is above the upper one")
        raise Refused("number.order", message, say("write the smaller number first"), route)
    return InRange(low, high), say("{low} to {high}", low=str(value[0]), high=str(value[1]))


def _recorded_date(value: object, route: tuple[str | int, ...]) -> Told:
    _, told = _recorded(value, route)
    return Recorded(value is True, dated=True), told


def _on_or_after(value: object, route: tuple[str | int, ...]) -> Told:
    day = _day(value, route)
    return DateIn(day, None), say("on {day} or later", day=Date(show_day(day)))


def _on_or_before(value: object, route: tuple[str | int, ...]) -> Told:
    day = _day(value, route)
    return DateIn(None, day), say("on {day} or earlier", day=Date(show_day(day)))


def _between_days(value: object, route: tuple[str | int, ...]) -> Told:
    if not isinstance(value, list) or len(value) != 2:
        raise _needs(say("two dates, such as `[2022-03-01, 2022-05-31]`"), route)
    first, last = (_day(item, (*route, at)) for at, item in enumerate(value))
    if first > last:
        message = say("the first day comes after the last one")
        raise Refused("number.order", message, say("write the earlier date first"), route)
    return DateIn(first, last), say("{first} – {last}", first=Date(show_day(first)), last=Date(show_day(last)))


def _day(value: object, route: tuple[str | int, ...]) -> Day:
    try:
        return parse_day(value if isinstance(value, str) else "")
    except ValueError:
        raise _needs(say("a date such as `2022-03-01`"), route) from None


_OPERATIONS: dict[str, Callable[[object, tuple[str | int, ...]], Told]] = {
    "any": _has_any,
    "all": _has_all,
    "none": _has_none,
    "starts_with": _starts_with,
    "recorded": _recorded,
    "at_least": _at_least,
    "at_most": _at_most,
    "between": _between,
}

_OF_DATES: dict[str, Callable[[object, tuple[str | int, ...]], Told]] = {
    "between": _between_days,
    "on_or_after": _on_or_after,
    "on_or_before": _on_or_before,
    "recorded": _recorded_date,
}


def _is_number(value: object) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def _number(value: object, route: tuple[str | int, ...]) -> Fraction:
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return Fraction(value)
    raise _needs(say("a number (with a decimal point, without leading zeros)"), route)


def _list_of_texts(value: object, route: tuple[str | int, ...]) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _needs(say("a list, such as `[kommunen, polisen]`"), route)
    return _texts(value, route)


def _texts(value: object, route: tuple[str | int, ...]) -> tuple[str, ...]:
    if not isinstance(value, list):
        return (_text(value, route),)
    if not value:
        message = say("an empty list is met by nothing")
        raise Refused("selector.empty", message, say("name at least one value, or remove the condition"), route)
    return tuple(_text(item, (*route, at)) for at, item in enumerate(value))


def _text(value: object, route: tuple[str | int, ...]) -> str:
    """A text; a number stands for the text that it was written as."""
    if isinstance(value, str) and value.strip():
        return value.strip()
    if _is_number(value):
        return str(value)
    if value is None or isinstance(value, str):
        message = say("a value is missing")
        raise Refused("selector.empty", message, say("write a text, or `{{recorded: false}}` for an empty cell"), route)
    raise _needs(say("a text (in quotation marks where it is `true`, `false` or `null`)"), route)


def _needs(what: Message, route: tuple[str | int, ...]) -> Refused:
    message = say("the value does not fit the test")
    return Refused("selector.wrong-value", message, say("write {what}", what=what), route)


def _folded(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({fold(text) for text in texts}))


def _in_words(texts: tuple[str, ...], join: Literal["and", "or"]) -> Message:
    return sequence(texts, "and") if join == "and" else sequence(texts, "or")
