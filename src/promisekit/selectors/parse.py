"""From the short forms of YAML to selectors. Everything wrong with one is found in one go and told where it stands.

The forms:

    {}                                              every event
    {activity: riktad insats, theme: narkotika}     equality; all of them hold
    {place: [torget, parken]}                       one of these
    {place: {not: torget}}                          any other, where it is known
    {case: {starts_with: "5000-"}}
    {actors: {any: [kommunen], none: [pressen]}}    columns of type list: any, all, none
    {officers: {at_least: 2}}                       columns of type number: at_least, at_most, between, or a number
    {indoors: true}                                 columns of type flag
    {case: {recorded: true}}                        every type
    {time: {from: "22:00", to: "04:00"}, weekday: [fri, sat], calendar: public_holidays}
    {answered: {on_or_after: 2022-03-01}}           columns of type date: on_or_after, on_or_before, between
    {duration: {at_least: "30 minutes"}}            at_least, at_most: how long it lasts
    {any: [{place: torget}, {theme: narkotika}]}    at least one holds; `all:` likewise
    {activity: insats, except: {place: torget}}     all but those that certainly are such
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from promisekit.diagnostics import Diagnostic, Route
from promisekit.diagnostics.refused import Refused, did_you_mean, listed
from promisekit.selectors.columns import ColumnType, column_conditions
from promisekit.selectors.model import (
    CALENDAR,
    CLOCK,
    EXCEPT,
    LENGTH,
    WEEKDAY,
    Condition,
    Either,
    Every,
    Except,
    OnDays,
    Selector,
)
from promisekit.selectors.times import length, time_of_day, weekdays
from promisekit.windows import DaySet
from promisekit.words import say

ANY, ALL, SOURCES, DATED = "any", "all", "sources", "dated"
END = "end"
OWN = frozenset({CLOCK, WEEKDAY, CALENDAR, LENGTH, ANY, ALL, EXCEPT})
"""What a selector may ask beside the columns."""
RESERVED = OWN | {SOURCES, DATED, "not"}
"""Words of the selectors' own, which no column can be named by."""
UNTESTED = frozenset({"id", "start", "end", "status", "recorded_at"})
"""Columns that say when, whether and under which id an event took place, not which event it is."""


class Vocabulary(Struct, frozen=True):
    """What a selector may speak of: the mapped columns with their types, and the named calendars."""

    columns: Mapping[str, ColumnType]
    calendars: Mapping[str, Callable[[], DaySet]] = {}
    """Called only where a calendar is used: the public holidays take time to look up."""
    elsewhere: Mapping[str, tuple[str, ...]] = {}
    """Columns that only some of the sources map, and which; none where they map it as different types."""

    @property
    def testable(self) -> frozenset[str]:
        """The columns that a selector can test."""
        return frozenset(self.columns) - UNTESTED


def parse_selector(written: object, route: Route, vocabulary: Vocabulary) -> tuple[Selector, tuple[Diagnostic, ...]]:
    """A selector as YAML gave it, which stands at `route`, into a tree, with every error in it.

    A condition that is wrong is left out of the tree.
    """
    parser = _Parser(vocabulary)
    return parser.selector(written, route), tuple(parser.found)


class _Parser:
    """One parse: collects what it finds wrong."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.found: list[Diagnostic] = []

    def selector(self, written: object, route: Route) -> Selector:
        """A mapping of conditions, all of which must hold."""
        if not isinstance(written, dict):
            message = say("a selector is a mapping of columns to what they must hold")
            hint = say("write for example `{{activity: riktad insats}}`, or `{{}}` for every row")
            self.found.append(Refused("selector.not-a-mapping", message, hint).at(route))
            return Every(())
        parts = tuple(part for key, value in written.items() for part in self._part(str(key), value, route))
        return parts[0] if len(parts) == 1 else Every(parts)

    def _part(self, key: str, value: object, route: Route) -> tuple[Selector, ...]:
        here = (*route, key)
        try:
            if key in (ANY, ALL):
                return (self._joined(key, value, here),)
            if key == EXCEPT:
                return (self._except(value, here),)
            if key == LENGTH:
                return (self._length(value),)
            if key == CALENDAR:
                return (self._calendar(value),)
            if key == CLOCK:
                return (time_of_day(value),)
            if key == WEEKDAY:
                return (weekdays(value),)
            return self._column(key, value)
        except Refused as refused:
            self.found.append(refused.at(here))
            return ()

    def _joined(self, key: str, value: object, route: Route) -> Selector:
        if not isinstance(value, list) or not value:
            raise Refused(
                "selector.not-a-list",
                say("`{key}` joins a list of selectors", key=key),
                say("write for example `{key}: [{{place: torget}}, {{theme: narkotika}}]`", key=key),
            )
        if {} in value:
            message = say("`{{}}` is met by every row")
            raise Refused("selector.empty", message, say("say which rows are meant, or remove it"), (value.index({}),))
        parts = tuple(self.selector(part, (*route, position)) for position, part in enumerate(value))
        return Either(parts) if key == ANY else Every(parts)

    def _except(self, value: object, route: Route) -> Selector:
        if value == {}:
            hint = say("say which rows are meant, or remove the exception")
            raise Refused("selector.empty", say("this excepts every row"), hint)
        return Except(self.selector(value, route))

    def _length(self, value: object) -> Selector:
        if END not in self.vocabulary.columns:
            if END in self.vocabulary.elsewhere:
                raise _not_in_all(END, self.vocabulary.elsewhere[END])
            message = say("how long something lasted is known only where the column `end` is mapped")
            raise Refused("column.unknown", message, say("map `end` under `log.columns:`"), at_key=True)
        return length(value)

    def _calendar(self, value: object) -> Selector:
        calendars = self.vocabulary.calendars
        if not isinstance(value, str) or value not in calendars:
            name = value if isinstance(value, str) else "…"
            hint = say("the calendars are {names}; others are declared under `calendars:`", names=listed(calendars))
            raise Refused(
                "calendar.unknown", say("there is no calendar `{name}`", name=name), did_you_mean(name, calendars, hint)
            )
        return Condition(CALENDAR, OnDays(value, calendars[value]()), say("a day of `{calendar}`", calendar=value))

    def _column(self, key: str, value: object) -> tuple[Selector, ...]:
        if key in self.vocabulary.testable:
            return column_conditions(key, self.vocabulary.columns[key], value)
        if key in UNTESTED:
            raise Refused(
                "selector.reserved-column",
                say("`{name}` tells when, whether or under which id something took place; no test for it", name=key),
                say("test `time`, `weekday`, `calendar` or another column"),
                at_key=True,
            )
        if key in self.vocabulary.elsewhere:
            raise _not_in_all(key, self.vocabulary.elsewhere[key])
        names = self.vocabulary.testable | OWN
        hint = say("map it under `log.columns:`; a selector can test {names}", names=listed(names))
        raise Refused(
            "column.unknown", say("there is no column `{name}`", name=key), did_you_mean(key, names, hint), at_key=True
        )


def _not_in_all(name: str, sources: tuple[str, ...]) -> Refused:
    if not sources:
        message = say("the column `{name}` is of different types in different sources", name=name)
        hint = say("give it the same type in all of them, or restrict the activity with `sources:`")
        return Refused("column.unknown", message, hint, at_key=True)
    message = say("not every source maps the column `{name}`", name=name)
    hint = say(
        "it is only in {names}: restrict the activity with `sources: [{list}]`",
        names=listed(sources),
        list=", ".join(sources),
    )
    return Refused("column.unknown", message, hint, at_key=True)
