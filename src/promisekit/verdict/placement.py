"""Placement: whether rows of imprecise date can serve all windows at once.

One event dated "March or April" can count in either month, but not in both. Each window by itself stays open; that
they cannot all be kept together is seen only by placing the rows, earliest deadline first.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from promisekit.engine.observations import Cell, Floating
from promisekit.plan.nodes import Target


class _Group(Struct):
    first: int
    last: int
    left: int


def can_all_be_kept(cells: Sequence[Cell], targets: Sequence[Target], floats: Sequence[Floating]) -> bool:
    """False where no placement of the floating rows keeps every window: too few for what is needed, or too many
    certain ones for what is allowed."""
    return _enough(cells, targets, floats) and _room(cells, targets, floats)


def _enough(cells: Sequence[Cell], targets: Sequence[Target], floats: Sequence[Floating]) -> bool:
    groups = _by_deadline(floats)
    for number, (cell, target) in enumerate(zip(cells, targets, strict=True)):
        if target.low is None or cell.count.high is None:
            continue
        floating = sum(group.number for group in floats if group.first <= number <= group.last)
        if _take(groups, number, int(target.low) - (int(cell.count.high) - floating)) > 0:
            return False
    return True


def _room(cells: Sequence[Cell], targets: Sequence[Target], floats: Sequence[Floating]) -> bool:
    """Certain rows must go somewhere: fill each window with those that have to leave soonest, up to what is allowed."""
    groups = _by_deadline([group for group in floats if group.certain])
    for number, (cell, target) in enumerate(zip(cells, targets, strict=True)):
        room = sum(group.left for group in groups) if target.high is None else int(target.high) - int(cell.count.low)
        _take(groups, number, room)
        if room < 0 or any(group.left and group.last == number for group in groups):
            return False
    return True


def _by_deadline(floats: Sequence[Floating]) -> list[_Group]:
    ordered = sorted(floats, key=lambda group: (group.last, group.first))
    return [_Group(group.first, group.last, group.number) for group in ordered]


def _take(groups: list[_Group], window: int, wanted: int) -> int:
    """Puts up to `wanted` rows into a window; returns how many are still wanted."""
    for group in groups:
        if wanted > 0 and group.left and group.first <= window <= group.last:
            taken = min(wanted, group.left)
            group.left -= taken
            wanted -= taken
    return wanted
