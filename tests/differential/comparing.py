"""Comparing engines: which cell, list or number of which commitment differs, in words that point at it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from promisekit.engine.base import Engine
from promisekit.engine.reference import ReferenceEngine
from promisekit.engine.relational import RelationalEngine
from promisekit.plan.checks import checks_of
from promisekit.verdict.judge import judge
from tests.differential.worlds import Described, World, build


def differences(described: Described) -> list[str]:
    """Everything in which the two engines differ on a world; nothing where they agree."""
    world = build(described)
    reference, relational = ReferenceEngine(world.plan, world.log), RelationalEngine(world.plan, world.log)
    try:
        return list(_of_engines(world, reference, relational))
    finally:
        relational.close()


def _of_engines(world: World, reference: Engine, relational: Engine) -> Iterator[str]:
    names = sorted(checks_of(world.plan))
    for turn, as_of in enumerate(world.as_ofs):
        expected, actual = reference.observe(as_of), relational.observe(as_of)
        yield from _between(f"as of {as_of.text}", expected, actual)
        if turn:
            continue
        only = frozenset(names[len(world.as_ofs) % 2 :: 2])
        alone = relational.observe(as_of, only)
        yield from _between(f"only {sorted(only)} as of {as_of.text}", reference.observe(as_of, only), alone)
        for name in sorted(only & alone.checks.keys()):
            cells = actual.checks[name].cells if name in actual.checks else None
            yield from _between(f"alone or not as of {as_of.text} · {name}", cells, alone.checks[name].cells)
    if world.judged:
        as_of = world.as_ofs[0]
        yield from _between("results", judge(world.plan, reference, as_of), judge(world.plan, relational, as_of))


def _between(path: str, expected: object, actual: object) -> Iterator[str]:
    """The smallest parts that differ, each with where it stands."""
    if expected == actual and type(expected) is type(actual):
        return
    if type(expected) is not type(actual):
        yield f"{path}: {expected!r} is not {actual!r}"
    elif isinstance(expected, Struct):
        for name in expected.__struct_fields__:
            yield from _between(f"{path} · {name}", getattr(expected, name), getattr(actual, name))
    elif isinstance(expected, dict) and isinstance(actual, dict):
        for key in sorted({*expected, *actual}):
            yield from _between(f"{path} · {key}", expected.get(key), actual.get(key))
    elif isinstance(expected, tuple) and isinstance(actual, tuple) and len(expected) == len(actual):
        for position, (mine, theirs) in enumerate(zip(expected, actual, strict=True)):
            yield from _between(f"{path}[{position}]", mine, theirs)
    else:
        yield f"{path}: the reference says {expected!r}, the relational engine {actual!r}"
