"""Whether a commitment can be kept, and whether it can be broken, by any complete log: found from the plan alone.

What is said here is proved: where a verdict is called out of reach, no log gives it. What is not said is not proved
either way; the search for witnesses (`proof`) shows by a log that it is within reach.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from promisekit.plan.amounts import amount, unit_of
from promisekit.plan.checks import selects_of
from promisekit.plan.clashes import clash, follows
from promisekit.plan.nodes import (
    All,
    Assess,
    AtLeast,
    Check,
    Commitment,
    Gap,
    KOfN,
    Latest,
    Need,
    Node,
    Part,
    Ratio,
    Select,
    ShareOf,
    Target,
    When,
)
from promisekit.plan.room import Room, is_empty, room_in
from promisekit.plan.windows import target_in, windows_of
from promisekit.windows import Window, Zone
from promisekit.words import Message, say


class Aspect(StrEnum):
    """What of a commitment is at fault where a verdict is out of reach."""

    TARGET = "target"
    NEED = "need"
    ACTIVITY = "activity"
    CONDITION = "condition"
    PARTS = "parts"
    ASSESSORS = "assessors"


class Bar(Struct, frozen=True):
    """Why a verdict is out of reach, and what is at fault."""

    aspect: Aspect
    message: Message
    hint: Message
    activity: str | None = None
    """The activity that is at fault, by its name."""


class Reach(Struct, frozen=True):
    """What bars the way to kept and to broken (None: nothing that is known here), and whether neither may hold."""

    kept: Bar | None = None
    broken: Bar | None = None
    idle: bool = False
    """Whether it may turn out not applicable."""


def reach_of(node: Node, zone: Zone) -> Reach:
    """Which verdicts some complete log gives."""
    match node:
        case Check():
            return _of_check(node, zone)
        case KOfN():
            return _of_parts(node, zone)
        case When():
            return _of_condition(node, zone)
        case Assess(by=by, quorum=quorum):
            few = isinstance(quorum, int) and quorum > len(by)
            bar = Bar(Aspect.ASSESSORS, say("so many may not judge"), say("lower `quorum`, or name more under it"))
            return Reach(bar, bar) if few or not by else Reach()


def reaches_in(commitment: Commitment, zone: Zone) -> Iterator[tuple[tuple[Part, ...], Reach]]:
    """What bars the way of a commitment and of its parts, each with the parts that lead to it. Members of a register
    are not told one by one: they are barred together or not at all."""

    def inside(node: Node, path: tuple[Part, ...]) -> Iterator[tuple[tuple[Part, ...], Reach]]:
        reach = reach_of(node, zone)
        if reach.kept is not None or reach.broken is not None:
            yield path, reach
        inner = node.then if isinstance(node, When) else node
        if isinstance(inner, KOfN):
            for part in inner.parts:
                if part.member is None:
                    yield from inside(part.node, (*path, part))

    return inside(commitment.node, ())


def _of_check(check: Check, zone: Zone) -> Reach:
    windows = [(window, target_in(check, window)) for window in windows_of(check)]
    found = [_of_window(check, window, target, room_in(check, window, zone)) for window, target in windows]
    return _together(check.need, found, Aspect.NEED, _windows_message)


def _of_window(check: Check, window: Window, target: Target, room: Room) -> Reach:
    kept = None if room.meets(target) else _unreachable(check, window, target, room)
    breaks = room.leaves(target) or (isinstance(check.measure, Latest) and check.measure.without == "broken")
    broken = None if breaks else _unavoidable(check, target, room)
    return Reach(kept, broken, idle=room.silent)


def _unreachable(check: Check, window: Window, target: Target, room: Room) -> Bar:
    """Why a target cannot be reached in a window."""
    empty = next((select for select in selects_of(check) if is_empty(select)), None)
    if empty is not None:
        return _empty(empty)
    unit, select = unit_of(check), selects_of(check)[0]
    wanted = target.low if target.low is not None else target.high
    none = not room.valued or (room.high == 0 and not isinstance(check.measure, Ratio | Gap | Latest))
    if none:
        message = say("`{activity}` can have no row that counts in {window}", activity=select.name, window=window.label)
        hint = say("look at what `{activity}` asks of days, times, columns and partners", activity=select.name)
        return Bar(Aspect.ACTIVITY, message, hint, select.name)
    if target.low is not None and room.high is not None and target.low > room.high:
        message = say(
            "{wanted} cannot be reached in {window}, which has at most {most}",
            wanted=amount(target.low, unit),
            window=window.label,
            most=amount(room.high, unit),
        )
        return Bar(Aspect.TARGET, message, say("lower the number, or choose longer windows"))
    if target.high is not None and room.low is not None and target.high < room.low:
        message = say(
            "{wanted} is less than the least there can be in {window}: {least}",
            wanted=amount(target.high, unit),
            window=window.label,
            least=amount(room.low, unit),
        )
        return Bar(Aspect.TARGET, message, say("raise the number"))
    message = say("no value in {window} meets this target", window=window.label)
    return Bar(Aspect.TARGET, message, say("look at its lower and its upper end", wanted=str(wanted)))


def _empty(select: Select) -> Bar:
    message = say("no row can be `{activity}`: what it asks of a row contradicts itself", activity=select.name)
    return Bar(
        Aspect.ACTIVITY, message, say("look at the conditions of `{activity}`", activity=select.name), select.name
    )


def _unavoidable(check: Check, target: Target, room: Room) -> Bar:
    """Why no log breaks a target."""
    empty = next((select for select in selects_of(check) if is_empty(select)), None)
    if empty is not None:
        return _empty(empty)
    if not room.valued or (room.high == 0 and not isinstance(check.measure, Ratio)):
        select = selects_of(check)[0]
        message = say("`{activity}` can have no row that counts: this is never broken", activity=select.name)
        hint = say("look at what `{activity}` asks of days, times, columns and partners", activity=select.name)
        return Bar(Aspect.ACTIVITY, message, hint, select.name)
    if target.high is not None and not target.low and room.high is not None:
        message = say(
            "no window has more than {most}: this is kept by every log", most=amount(room.high, unit_of(check))
        )
        return Bar(Aspect.TARGET, message, say("lower the number, or choose longer windows"))
    message = say("every value that there can be meets this target: it is never broken")
    return Bar(Aspect.TARGET, message, say("say how many are promised, or remove the commitment"))


Told = Callable[[int, int], Message]


def _windows_message(number: int, of: int) -> Message:
    return say("only {n} of {of} windows can be kept", n=number, of=of)


def _parts_message(number: int, of: int) -> Message:
    return say("only {n} of {of} parts can be kept", n=number, of=of)


def _together(need: Need, found: Sequence[Reach], aspect: Aspect, told: Told) -> Reach:
    """So many of several windows or parts as are needed, given what bars the way of each of them."""
    if not found:
        bar = Bar(aspect, say("nothing is owed"), say("look at its days and its parts"))
        return Reach(bar, bar, idle=True)
    idle = all(one.idle for one in found)
    return Reach(_not_kept(need, found, aspect, told), _not_broken(need, found), idle)


def _not_kept(need: Need, found: Sequence[Reach], aspect: Aspect, told: Told) -> Bar | None:
    """Those that may turn out not applicable are no obstacle, so long as some can be kept."""
    barred = [one.kept for one in found if one.kept is not None]
    possible = len(found) - len(barred)
    if possible == 0:
        return barred[0]
    short = Bar(aspect, told(possible, len(found)), say("lower what is needed"))
    match need:
        case AtLeast(number):
            return short if possible < number else None
        case ShareOf(share):
            steady = not any(one.idle for one in found)
            return short if steady and possible < math.ceil(share * len(found)) else None
        case _:
            return next((one.kept for one in found if one.kept is not None and not one.idle), None)


def _not_broken(need: Need, found: Sequence[Reach]) -> Bar | None:
    """Those that no log breaks, and that cannot turn out not applicable, are kept by every log."""
    barred = [one.broken for one in found if one.broken is not None]
    always = [one.broken for one in found if one.broken is not None and not one.idle]
    unbroken = len(barred) == len(found)
    inert = all(one.kept is not None for one in found)  # and so they never apply
    match need:
        case AtLeast(number):
            enough = len(always) >= number or (unbroken and (number <= 1 or inert))
        case ShareOf(share):
            enough = unbroken or (bool(always) and len(always) >= math.ceil(share * len(found)))
        case _:
            enough = unbroken
    return barred[0] if enough and barred else None


def _of_parts(node: KOfN, zone: Zone) -> Reach:
    found = [reach_of(part.node, zone) for part in node.parts]
    reach = _together(node.need, found, Aspect.PARTS, _parts_message)
    # Members of a register have rows of their own, each: they do not meet.
    checks = [part.node for part in node.parts if part.member is None and isinstance(part.node, Check)]
    needs_all = node.need in (All(), AtLeast(len(node.parts)), ShareOf(Fraction(1)))
    against = clash(checks, zone) if needs_all and reach.kept is None else None
    if against is None:
        return reach
    names = [part.id for part in node.parts if part.node in against]
    message = say("`{one}` and `{other}` cannot both be kept", one=names[0], other=names[-1])
    return Reach(Bar(Aspect.PARTS, message, say("change one of the two numbers")), reach.broken, reach.idle)


def _of_condition(node: When, zone: Zone) -> Reach:
    """What waits for a trigger: barred where the trigger is or it is itself, or where the one decides the other."""
    trigger, then = reach_of(node.trigger, zone), reach_of(node.then, zone)
    if trigger.kept is not None:
        name = selects_of(node.trigger)[0].name
        message = say("`{activity}` never takes place in that time, so nothing is ever owed", activity=name)
        bar = Bar(Aspect.CONDITION, message, trigger.kept.hint, name)
        return Reach(bar, bar, idle=True)
    kept, broken = then.kept, then.broken
    if isinstance(node.then, Check):
        if kept is None and clash([node.trigger, node.then], zone) is not None:
            message = say("where its condition holds, it cannot be kept")
            kept = Bar(Aspect.CONDITION, message, say("look at `when:` beside the target"))
        if broken is None and follows(node.trigger, node.then):
            message = say("where its condition holds, it is kept already")
            broken = Bar(Aspect.CONDITION, message, say("look at `when:` beside the target"))
    return Reach(kept, broken, idle=True)
