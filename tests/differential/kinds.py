"""Of which kind a commitment is that comes as a node: the one that promises write it as."""

from __future__ import annotations

from promisekit.plan.nodes import (
    Assess,
    Calendar,
    Check,
    Duration,
    Gap,
    InTime,
    KOfN,
    Latest,
    Listed,
    Node,
    Quotient,
    Ratio,
    Semi,
    Until,
    When,
)


def kinds_of(node: Node) -> set[str]:
    """The kinds that are in a node: its own, and those of its parts."""
    match node:
        case Check():
            return {kind_of(node)}
        case Assess():
            return {"qualitative"}
        case When(then=then):
            return kinds_of(then) | {"when"}
        case KOfN(parts=parts):
            own = "each" if all(part.member is not None for part in parts) else "composite"
            return {own}.union(*(kinds_of(part.node) for part in parts))


def kind_of(check: Check) -> str:
    """The kind that a check is written as."""
    match check.measure:
        case Latest():
            return "measure"
        case Ratio(part=Semi(on=(InTime(),))):
            return "response"
        case Ratio() | Quotient():
            return "share"
        case Gap():
            return "max_gap"
        case Duration():
            return "duration"
        case other:
            relation = other.relation
    if isinstance(relation, Semi):
        return "co_presence"
    match check.partition:
        case Until():
            return "milestone"
        case Listed():
            return "schedule"
        case Calendar():
            return "frequency"
        case _:
            return "count"
