"""The verdict on a whole commitment: its checks, what people said, and how they hang together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from promisekit.engine.observations import Observation, Phase, Reason
from promisekit.engine.phases import in_order
from promisekit.plan.assessment import Assessment, known_by, windows_named
from promisekit.plan.checks import TRIGGER
from promisekit.plan.nodes import Assess, Check, KOfN, Node, When
from promisekit.plan.windows import windows_of
from promisekit.verdict.assess import judge_assess, statements_on
from promisekit.verdict.check import Beside, Judged, Trigger, degree_of, judge_check, waiver_of, when
from promisekit.verdict.model import TargetShown, Verdict, WindowResult
from promisekit.verdict.outcomes import LEFT_OUT, owed, verdict_of
from promisekit.verdict.said import Waiver
from promisekit.verdict.truth import combined, needed, together
from promisekit.windows import AsOf, Span, whole


class Known(Struct, frozen=True, dict=True):  # `dict` for the cached property
    """What is known as of a day: what was measured of every check, and what people have said."""

    as_of: AsOf
    checks: Mapping[str, Observation]
    said: tuple[Assessment, ...]

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[Assessment, ...]]:
        found: dict[str, list[Assessment]] = {}
        for one in known_by(self.said, self.as_of.day):
            found.setdefault(one.about, []).append(one)
        return {name: tuple(ones) for name, ones in found.items()}

    def about(self, name: str) -> tuple[Assessment, ...]:
        """The statements about a node itself, oldest first."""
        return self._by_name.get(name, ())

    def windows_waived(self, name: str, check: Check) -> Mapping[int, Assessment]:
        """Which windows of a check are waived, there or anywhere above it, and by which newest statement."""
        said = [
            one
            for about in upwards(name)
            for one in self.about(about)
            if one.waiver and one.window is not None and one.case is None
        ]
        if not said:
            return {}
        windows = windows_of(check)
        ordered = sorted(said, key=lambda one: one.date)
        return {number: one for one in ordered if one.window for number in windows_named(one.window, windows)}

    def waived(self, name: str) -> Assessment | None:
        """The newest waiver of a whole node."""
        whole_ones = [one for one in self.about(name) if one.waiver and one.window is None and one.case is None]
        return whole_ones[-1] if whole_ones else None


def upwards(name: str) -> Iterator[str]:
    """The name of a node and those of everything that it is a part of."""
    while name:
        yield name
        name = name.rpartition("/")[0]


def bare(known: Known) -> Known:
    """The same without any waiver."""
    return replace(known, said=tuple(one for one in known.said if not one.waiver))


def judge_node(name: str, node: Node, known: Known) -> Judged:
    """The verdict on a node of that name; not applicable where people have set it aside."""
    judged = _judged(name, node, known)
    said = known.waived(name)
    if said is None:
        return judged
    waiver = waiver_of(said, judged.verdict)
    return replace(judged, may=LEFT_OUT, reasons=(), waiver=waiver)


def _judged(name: str, node: Node, known: Known) -> Judged:
    match node:
        case Check():
            return judge_check(node, known.checks[name], Beside(known.windows_waived(name, node)))
        case When(trigger, Check() as then):
            return _check_when(name, trigger, then, known)
        case When(trigger, then):
            return _when(judge_check(trigger, known.checks[f"{name}{TRIGGER}"]), _judged(name, then, known))
        case KOfN():
            return _k_of_n(name, node, known)
        case Assess():
            return judge_assess(node, statements_on(known.about(name), known.as_of), known.as_of)


def _check_when(name: str, check: Check, then: Check, known: Known) -> Judged:
    """Window by window where both have as many, else every window by the whole trigger."""
    trigger = judge_check(check, known.checks[f"{name}{TRIGGER}"])
    seen = known.checks[name]
    if len(trigger.windows) == len(seen.cells):
        triggers = tuple(
            Trigger(may, window.now, window.reasons) for may, window in zip(trigger.each, trigger.windows, strict=True)
        )
    else:
        triggers = (_as_trigger(trigger),) * len(seen.cells)
    judged = judge_check(then, seen, Beside(known.windows_waived(name, then), triggers))
    return replace(judged, trigger=trigger)


def _as_trigger(judged: Judged) -> Trigger:
    return Trigger(judged.may, judged.verdict if judged.now is None else judged.now, judged.reasons)


def _when(trigger: Judged, then: Judged) -> Judged:
    """What is owed as a whole or not at all."""
    stands = _as_trigger(trigger)
    silent = then.now is None and stands.now is Verdict.KEPT
    now = None if silent else when(stands.now, Verdict.OPEN if then.now is None else then.now)
    if trigger.verdict is Verdict.KEPT:
        return replace(then, trigger=trigger)
    may = owed(trigger.may, then.may)
    reasons = in_order({Reason.NOT_TRIGGERED, *trigger.reasons}) if len(may) > 1 else ()
    windows = tuple(
        window
        if window.waived is not None
        else replace(window, verdict=verdict_of(may), now=when(stands.now, window.now), reasons=reasons)
        for window in then.windows
    )
    degree = degree_of([window.verdict for window in windows])
    return replace(then, may=may, now=now, windows=windows, reasons=reasons, degree=degree, trigger=trigger)


def _k_of_n(name: str, node: KOfN, known: Known) -> Judged:
    parts = tuple(judge_node(f"{name}/{part.id}", part.node, known) for part in node.parts)
    verdicts = [part.verdict for part in parts]
    may = combined(node.need, [part.may for part in parts])
    reasons = {reason for part in parts for reason in part.reasons} if len(may) > 1 else set()
    told = in_order(reasons)
    likely = together(node.need, [_now(part) for part in parts])
    silent = any(part.now is None and part.waiver is None for part in parts)
    now = None if likely is Verdict.OPEN and silent else likely
    if has_members(node):
        windows = tuple(
            replace(_in_part(window, judged.waiver), member=window.member or part.member)
            for part, judged in zip(node.parts, parts, strict=True)
            for window in judged.windows
        )
        degree = degree_of([window.verdict for window in windows])
    else:
        windows = (_one_window(node, parts, verdict_of(may), likely, told),)
        degree = degree_of(verdicts)
    return Judged(may, now, windows, told, degree, parts)


def _now(part: Judged) -> Verdict:
    if part.waiver is not None:
        return Verdict.NOT_APPLICABLE
    return Verdict.OPEN if part.now is None else part.now


def _in_part(window: WindowResult, waiver: Waiver | None) -> WindowResult:
    """A window of a part: set aside where the part is."""
    if waiver is None or window.waived is not None:
        return window
    none = Verdict.NOT_APPLICABLE
    waived = replace(waiver, without=window.verdict)
    return replace(window, verdict=none, now=none, reasons=(), waived=waived)


def has_members(node: KOfN) -> bool:
    """Whether the parts are members of a register, or tiers, and not commitments of their own."""
    return all(part.member is not None for part in node.parts)


def _one_window(
    node: KOfN, parts: Sequence[Judged], verdict: Verdict, now: Verdict, reasons: tuple[Reason, ...]
) -> WindowResult:
    """A composite's only window: how many of its parts are kept."""
    spans = list(spans_of(node))
    window = whole(Span(min(span.start for span in spans), max(span.end for span in spans)))
    verdicts = [part.verdict for part in parts]
    kept, undecided = verdicts.count(Verdict.KEPT), verdicts.count(Verdict.OPEN)
    live = len(verdicts) - verdicts.count(Verdict.NOT_APPLICABLE)
    target = TargetShown(needed(node.need, live), None, "part")
    phase = _phase(parts)
    return WindowResult(window.span, window.label, phase, kept, kept + undecided, None, target, verdict, now, reasons)


def _phase(parts: Sequence[Judged]) -> Phase:
    phases = {window.phase for part in parts for window in part.windows}
    if phases == {Phase.FUTURE}:
        return Phase.FUTURE
    if phases & {Phase.FUTURE, Phase.RUNNING}:
        return Phase.RUNNING
    return Phase.UNCOVERED if Phase.UNCOVERED in phases else Phase.CLOSED


def spans_of(node: Node) -> Iterator[Span]:
    """The days that the checks and the judgements of a node are about."""
    match node:
        case Check(span=span) | Assess(span=span):
            yield span
        case When(trigger, then):
            yield trigger.span
            yield from spans_of(then)
        case KOfN(parts=parts):
            for part in parts:
                yield from spans_of(part.node)
