"""The checks of a plan by name: what engines measure, wherever in a commitment they stand."""

from __future__ import annotations

from collections.abc import Iterator

from promisekit.plan.nodes import (
    Assess,
    Check,
    Count,
    Distinct,
    Duration,
    Gap,
    KOfN,
    Latest,
    Node,
    Plan,
    Quotient,
    Ratio,
    Relation,
    Select,
    Semi,
    Sum,
    When,
)

TRIGGER = "?"
"""What follows the name of a check in the name of its trigger. No id can have it in it, nor the slash between parts."""


def checks_of(plan: Plan) -> dict[str, Check]:
    """Every check of a plan by its name: the commitment's id, `id/part` for those of parts, `id?` for triggers."""
    return {name: check for one in plan.commitments for name, check in checks_in(one.id, one.node)}


def checks_in(name: str, node: Node) -> Iterator[tuple[str, Check]]:
    """The checks of a node of that name, in the order in which they are written."""
    match node:
        case Check():
            yield name, node
        case When(trigger, then):
            yield f"{name}{TRIGGER}", trigger
            yield from checks_in(name, then)
        case KOfN(parts=parts):
            for part in parts:
                yield from checks_in(f"{name}/{part.id}", part.node)
        case Assess():
            pass


def nodes_in(name: str, node: Node, member: str | None = None) -> Iterator[tuple[str, Node, str | None]]:
    """A node of that name and all its parts, each with its name and the member that it is about. Of what waits for a
    trigger, what is owed then."""
    inner = node.then if isinstance(node, When) else node
    yield name, inner, member
    if isinstance(inner, KOfN):
        for part in inner.parts:
            yield from nodes_in(f"{name}/{part.id}", part.node, part.member)


def relation_of(check: Check) -> Relation:
    """The relation whose events a check measures; of a share the part."""
    match check.measure:
        case Ratio(part=semi):
            return semi
        case Count(relation) | Distinct(relation) | Sum(relation) | Duration(relation) | Gap(relation):
            return relation
        case Latest(relation) | Quotient(relation):
            return relation


def counted_in(check: Check) -> Select:
    """The activity whose events are measured."""
    relation = relation_of(check)
    return relation.left if isinstance(relation, Semi) else relation


def selects_of(check: Check) -> tuple[Select, ...]:
    """The activities that a check looks at."""
    relation = relation_of(check)
    return (relation.left, relation.right) if isinstance(relation, Semi) else (relation,)


def excuses_of(check: Check) -> tuple[str, ...]:
    """The date columns that excuse a row from a share."""
    return check.measure.excuses if isinstance(check.measure, Ratio) else ()
