"""What a certificate takes for given, as plain data: selectors, measures, deadlines, and how logs are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from promisekit.log.mapping import Mapping as Reading
from promisekit.log.mapping import Sources
from promisekit.log.model import Log, SourceRead
from promisekit.plan.checks import checks_of, relation_of
from promisekit.plan.nodes import (
    All,
    AtLeast,
    By,
    Check,
    Count,
    Deadline,
    Distinct,
    Duration,
    Gap,
    Hours,
    InTime,
    Latest,
    Measure,
    Need,
    Number,
    On,
    Overlap,
    Plan,
    Quotient,
    Ratio,
    SameDay,
    SameRow,
    Select,
    Semi,
    ShareOf,
    Sum,
    Target,
    Within,
)
from promisekit.selectors.model import (
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
from promisekit.windows import Day, Span, show_day
from promisekit.windows.calendars import days_without_work

Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]


def number(value: Number | None) -> Json:
    """A number without loss: whole, or a fraction `1/3`."""
    if value is None or value.denominator == 1:
        return None if value is None else int(value)
    return f"{value.numerator}/{value.denominator}"


def days(span: Span) -> Json:
    """The first and the last day."""
    return [show_day(span.start), show_day(span.last)]


def _day(day: Day | None) -> Json:
    return None if day is None else show_day(day)


def selector(one: Selector) -> Json:
    """A selector as nested lists, the name of each step first."""
    match one:
        case Every(parts):
            return ["every", [selector(part) for part in parts]]
        case Either(parts):
            return ["either", [selector(part) for part in parts]]
        case Except(inner):
            return ["except", selector(inner)]
        case Condition(column=column, test=test):
            return ["column", column, _test(test)]


def _test(test: Test) -> Json:
    match test:
        case Not(inner):
            return ["not", _test(inner)]
        case OneOf(values):
            return ["one_of", list(values)]
        case HasAny(values):
            return ["any", list(values)]
        case HasAll(values):
            return ["all", list(values)]
        case HasNone(values):
            return ["none", list(values)]
        case StartsWith(prefix):
            return ["starts_with", prefix]
        case InRange(low, high):
            return ["range", number(low), number(high)]
        case IsFlag(value):
            return ["flag", value]
        case Recorded(value, dated):
            return ["recorded", value, dated]
        case DateIn(first, last):
            return ["date", _day(first), _day(last)]
        case Lasts(shortest, longest):
            return ["lasts", shortest, longest]
        case ClockIn(start, end):
            return ["clock", start, end]
        case WeekdayIn(weekdays):
            return ["weekday", list(weekdays)]
        case OnDays(_, chosen):
            return ["days", [days(span) for span in chosen.spans]]


def activity(select: Select) -> Json:
    """An activity: which rows it means, of which sources, and how its days are counted."""
    return {
        "name": select.name,
        "selector": selector(select.selector),
        "sources": list(select.sources),
        "day_begins": select.day_begins,
        "dated": select.dated,
    }


def way(on: On) -> Json:
    """A way in which two rows belong together."""
    match on:
        case SameRow():
            return {"how": "row"}
        case SameDay():
            return {"how": "day"}
        case Overlap(seconds):
            return {"how": "overlap", "seconds": seconds}
        case InTime(key, deadline, column):
            return {"how": "in_time", "key": key, "column": column, "deadline": _deadline(deadline)}


def _deadline(deadline: Deadline) -> Json:
    match deadline:
        case By(day):
            return {"by": show_day(day)}
        case Hours(seconds, clock, latest):
            return {"seconds": seconds, "clock": clock, "latest": _day(latest)}
        case Within(many, unit, latest):
            return {"number": many, "unit": unit, "latest": _day(latest)}


def measure(one: Measure) -> Json:
    """What is measured: its name, and the columns and choices that it goes by."""
    match one:
        case Count():
            return {"name": "Count"}
        case Gap():
            return {"name": "Gap"}
        case Distinct(_, unit, column):
            return {"name": "Distinct", "unit": unit, "column": column}
        case Sum(_, column):
            return {"name": "Sum", "column": column}
        case Ratio(weight=weight, excuses=excuses):
            return {"name": "Ratio", "weight": weight, "excuses": list(excuses)}
        case Quotient(_, above, below):
            return {"name": "Quotient", "above": above, "below": below}
        case Duration(_, total, weight, without_end):
            return {"name": "Duration", "total": total, "weight": weight, "without_end": without_end}
        case Latest(_, column, low, high, baseline, compared, without):
            told = days(baseline) if isinstance(baseline, Span) else number(baseline)
            ends = {"column": column, "low": low, "high": high}
            return {"name": "Latest", **ends, "baseline": told, "compared": compared, "without": without}


def need(one: Need) -> Json:
    """How many of the windows or parts must be kept."""
    match one:
        case All():
            return "all"
        case AtLeast(many):
            return {"at_least": many}
        case ShareOf(share):
            return {"share": f"{share.numerator}/{share.denominator}"}


def target(one: Target) -> Json:
    """Its ends, and whether they themselves are outside."""
    return [number(one.low), number(one.high), one.strict]


def source(read: SourceRead, reading: Reading) -> Json:
    """How the files of a source are read, and which days they are said to cover."""
    apart = {"id": "id", "status": "text", "start": "date", "end": "date", "recorded_at": "date"}
    known = reading.held or reading.planned or reading.cancelled or reading.column("status") is not None
    declared = read.coverage.declared
    return {
        "name": read.name,
        "covers": None if declared is None else [days(span) for span in declared.spans],
        "columns": {
            one.name: {"header": one.header, "type": apart.get(one.name, one.type), "split": one.split}
            for one in reading.columns
        },
        "status": {"held": sorted(reading.held), "cancelled": sorted(reading.cancelled)} if known else None,
        "files": [
            # The checker reads text and nothing else, and says so of any other word in the place of an encoding.
            {
                "name": one.name,
                "sha256": one.sha256,
                "encoding": one.packed or one.encoding,
                "delimiter": one.delimiter,
            }
            for one in read.files
        ],
    }


def merging(log: Log, sources: Sources) -> Json:
    """The promise's rule for rows that tell of one event, which were merged, and which may have to be."""
    rule = sources.duplicates
    if rule is None:
        return None
    return {
        "same": list(rule.same),
        "apart": rule.apart,
        "across": rule.across,
        "merged": [[[one.event.file, one.event.row], [one.into.file, one.into.row]] for one in log.merged],
        "doubted": [[event.file, event.row] for event in log.events if "duplicate" in event.doubts],
    }


def calendar(plan: Plan) -> Json:
    """The days from Monday to Friday that are free, as far as any deadline that goes by them can reach."""
    first, last, off = (
        days_without_work(plan.period)
        if any(map(_by_working_days, checks_of(plan).values()))
        else (plan.period.start, plan.period.last, {})
    )
    return {
        "from": show_day(first),
        "to": show_day(last),
        "off": {name: [show_day(day) for day in off.get(name, ())] for name in ("weekdays", "working_days")},
    }


def _by_working_days(check: Check) -> bool:
    relation = relation_of(check)
    deadlines = [on.deadline for on in relation.on if isinstance(on, InTime)] if isinstance(relation, Semi) else []
    return any(
        (isinstance(one, Within) and one.unit == "working_days") or (isinstance(one, Hours) and one.clock == "weekdays")
        for one in deadlines
    )
