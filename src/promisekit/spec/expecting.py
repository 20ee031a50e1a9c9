"""What is wrong with what a test expects, given the plan: commitments, parts and windows that are not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from promisekit.diagnostics import Diagnostic, Route
from promisekit.diagnostics.refused import Refused, did_you_mean, listed
from promisekit.events import fold
from promisekit.plan.nodes import Check, KOfN, Node, Plan, When
from promisekit.plan.windows import windows_of
from promisekit.spec.expected import Expected
from promisekit.windows import Span, Window, show_day
from promisekit.words import LANGUAGES, Message, say, text

NUMBERS = ("count", "low", "high", "of")
"""What is expected of the one window that there is."""


def expecting(expect: Mapping[str, Expected], plan: Plan, route: Route) -> Iterator[Diagnostic]:
    """Everything that is expected of what is not there; `expect` stands at `route`."""
    nodes = {one.id: one.node for one in plan.commitments}
    for name, expected in expect.items():
        here = (*route, name)
        if name not in nodes:
            message = say("there is no commitment `{name}`", name=name)
            hint = did_you_mean(name, nodes, say("the commitments are {names}", names=listed(nodes)))
            yield Refused("test.unknown-commitment", message, hint, at_key=True).at(here)
        else:
            yield from _of_node(name, nodes[name], expected, here)


def window_named(name: str, windows: Sequence[tuple[Span, Message]]) -> list[int]:
    """The numbers of the windows that are meant: by the first day, by both days, or by the label in any language."""
    wanted = fold(name)
    return [number for number, (span, label) in enumerate(windows) if wanted in _names(span, label)]


def _names(span: Span, label: Message) -> set[str]:
    return {show_day(span.start), span.show(), *(fold(text(label, language)) for language in LANGUAGES)}


def _of_node(name: str, node: Node, expected: Expected, route: Route) -> Iterator[Diagnostic]:
    inner = node.then if isinstance(node, When) else node
    windows = _windows(inner)
    for key in NUMBERS:
        if key in expected.model_fields_set and len(windows) > 1:
            message = say("`{name}` has {n} windows", n=len(windows), name=name)
            hint = say("say which under `windows:`, such as `{name}: {{{key}: …}}`", name=_shown(windows[0]), key=key)
            yield Refused("test.several-windows", message, hint, at_key=True).at((*route, key))
    for key in expected.windows or ():
        yield from _window(name, key, windows, (*route, "windows", key))
    for key, by_name in (("members", _members(inner)), ("parts", _parts(inner))):
        for part, more in (getattr(expected, key) or {}).items():
            found = by_name.get(fold(part), [])
            if len(found) == 1:
                yield from _of_node(f"{name}/{part}", found[0], more, (*route, key, part))
            else:
                yield _unknown_part(name, part, by_name).at((*route, key, part))


def _window(name: str, key: str, windows: Sequence[Window], route: Route) -> Iterator[Diagnostic]:
    found = window_named(key, [(window.span, window.label) for window in windows])
    if len(found) == 1:
        return
    if found:
        message = say("several windows of `{name}` are called `{window}`", name=name, window=key)
        hint = say("name one by its label, or look into its members under `members:`")
    elif not windows:
        message, hint = say("`{name}` has no windows of its own", name=name), say("look into its parts under `parts:`")
    else:
        message = say("`{name}` has no window `{window}`", name=name, window=key)
        shown = [_shown(window) for window in windows]
        hint = did_you_mean(key, shown, say("its windows begin on {days}", days=listed(shown)))
    yield Refused("test.unknown-window", message, hint, at_key=True).at(route)


def _unknown_part(name: str, part: str, known: Mapping[str, Sequence[Node]]) -> Refused:
    message = say("`{name}` has no part `{part}`", name=name, part=part)
    otherwise = say("the parts are {names}", names=listed(known)) if known else say("remove it")
    return Refused("test.unknown-part", message, did_you_mean(part, known, otherwise), at_key=True)


def _shown(window: Window) -> str:
    return show_day(window.span.start)


def _windows(node: Node) -> tuple[Window, ...]:
    """The windows that the result of a node shows: its own, or those of all its members."""
    match node:
        case Check():
            return windows_of(node)
        case KOfN(parts=parts) if all(part.member is not None for part in parts):
            return tuple(window for part in parts for window in _windows(part.node))
        case When(then=then):
            return _windows(then)
        case _:
            return ()


def _members(node: Node) -> Mapping[str, Sequence[Node]]:
    found: dict[str, list[Node]] = {}
    for part in node.parts if isinstance(node, KOfN) else ():
        if part.member is not None:
            found.setdefault(fold(part.member), []).append(part.node)
    return found


def _parts(node: Node) -> Mapping[str, Sequence[Node]]:
    return {fold(part.id): [part.node] for part in (node.parts if isinstance(node, KOfN) else ())}
