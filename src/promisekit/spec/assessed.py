"""What is wrong with statements, given the promise: about nothing there is, by nobody who may, without a reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from promisekit.diagnostics import Diagnostic, Route
from promisekit.diagnostics.refused import Refused, did_you_mean, listed
from promisekit.events import fold
from promisekit.plan.assessment import Assessment, case_column, windows_named
from promisekit.plan.checks import checks_in, nodes_in
from promisekit.plan.nodes import Assess, Check, Commitment, Node
from promisekit.plan.windows import windows_of
from promisekit.windows import Span, Window
from promisekit.words import say


def of_member(said: Assessment, commitment: Commitment) -> Assessment:
    """A statement about a member, made one about the part that is the member's."""
    if said.member is None:
        return said
    names = _members(said, commitment).get(fold(said.member), ())
    return replace(said, part=names[0]) if len(names) == 1 else said


def lint(
    statements: Mapping[int, Assessment], commitments: Mapping[str, Commitment], parties: frozenset[str]
) -> Iterator[Diagnostic]:
    """Everything wrong with the statements of a file, by their positions in it."""
    for position, said in statements.items():
        route: Route = ("assessments", position)
        yield from _form(said, route)
        if said.row is not None or said.set_aside is not None:
            yield from _of_row(said, route)
            yield from _by_party(said, tuple(sorted(parties)), route)
        elif said.commitment is None:
            message = say("the statement is about nothing: neither a commitment nor a row")
            hint = say("write `commitment:`, or `row:` with `set_aside:`")
            yield Refused("assessment.about-nothing", message, hint).at(route)
        elif said.commitment not in commitments:
            name = said.commitment
            hint = did_you_mean(name, commitments, say("the commitments are {names}", names=listed(commitments)))
            refused = Refused("assessment.unknown-commitment", say("there is no commitment `{name}`", name=name), hint)
            yield refused.at((*route, "commitment"))
        else:
            yield from _of_commitment(said, commitments[said.commitment], parties, route)


def _form(said: Assessment, route: Route) -> Iterator[Diagnostic]:
    given = [
        key
        for key, there in (
            ("verdict", said.verdict is not None),
            ("waiver", said.waiver),
            ("set_aside", said.set_aside is not None),
        )
        if there
    ]
    if len(given) != 1 and (given or said.row is None):
        message = say("a statement has one of `verdict`, `waiver` and `set_aside`")
        hint = say("write `verdict: kept`, `verdict: broken`, or `waiver: true` with a `note`")
        where = (*route, given[1]) if given else route
        yield Refused("assessment.verdict-or-waiver", message, hint, at_key=True).at(where)
    if said.note is None and (said.waiver or said.set_aside is not None):
        key = "waiver" if said.waiver else "set_aside"
        message = say("a waiver needs its reason") if said.waiver else say("a row is set aside for a reason")
        yield Refused("assessment.no-reason", message, say("add `note:`"), at_key=True).at((*route, key))


def _of_row(said: Assessment, route: Route) -> Iterator[Diagnostic]:
    if said.row is None or said.set_aside is None:
        message = say("`row` and `set_aside` belong together")
        hint = say(
            "write `row: {{source: …, row: 12}}` and `set_aside: row`, `set_aside: end` or `set_aside: suspicion`"
        )
        key = "set_aside" if said.row is None else "row"
        yield Refused("assessment.row-and-set-aside", message, hint, at_key=True).at((*route, key))
    beside = [key for key in ("commitment", "part", "member", "window", "case") if getattr(said, key) is not None]
    for key in beside[:1]:
        message = say("a row is set right for all commitments, not for one of them")
        yield Refused("assessment.row-alone", message, say("remove `{key}:`", key=key), at_key=True).at((*route, key))
    if said.row is not None and (said.row.row is None) == (said.row.id is None):
        message = say("a row is named by its line or by its id, one of the two")
        hint = say("write `row: {{source: …, row: 12}}` or `row: {{source: …, id: …}}`")
        yield Refused("assessment.row-named", message, hint, at_key=True).at((*route, "row"))


def _of_commitment(
    said: Assessment, commitment: Commitment, parties: frozenset[str], route: Route
) -> Iterator[Diagnostic]:
    nodes = {name: node for name, node, _ in nodes_in(commitment.id, commitment.node)}
    unknown = list(_unknown_part(said, commitment, nodes))
    if unknown:
        yield from (refused.at(route) for refused in unknown)
        return
    node = nodes[said.about]
    if said.verdict is not None:
        yield from _verdict(said, node, nodes, route)
        return
    yield from _by_party(said, tuple(sorted(parties)), route)
    checks = list(checks_in(said.about, node))
    if said.window is not None:
        yield from _window(said.window, [check for _, check in checks], route)
    if said.case is not None and not any(case_column(check) for _, check in checks):
        message = say("`{name}` has no cases to excuse", name=said.about)
        hint = say("only what must be answered, and a share, has cases")
        yield Refused("assessment.no-cases", message, hint).at((*route, "case"))
    if said.case is not None and said.window is not None:
        message = say("a case lies in its window already")
        yield Refused("assessment.case-and-window", message, say("remove `window:`"), at_key=True).at(
            (*route, "window")
        )


def _unknown_part(said: Assessment, commitment: Commitment, nodes: Mapping[str, Node]) -> Iterator[Refused]:
    if said.member is not None:
        members = _members(said, commitment)
        found = members.get(fold(said.member), ())
        names = {member for name, _, member in nodes_in(commitment.id, commitment.node) if member is not None}
        if not found:
            message = say("`{name}` has no member `{member}`", name=commitment.id, member=said.member)
            otherwise = say("the members are {names}", names=listed(names)) if names else say("remove `member:`")
            hint = did_you_mean(said.member, names, otherwise)
            yield Refused("assessment.unknown-member", message, hint, ("member",))
        elif len(found) > 1:
            message = say("`{member}` is a member of several parts of `{name}`", name=commitment.id, member=said.member)
            shown = listed(name.removeprefix(f"{commitment.id}/") for name in found)
            hint = say("name one of them with `part:` alone: {names}", names=shown)
            yield Refused("assessment.unknown-member", message, hint, ("member",))
    elif said.about not in nodes:
        known = [name.removeprefix(f"{commitment.id}/") for name in nodes if name != commitment.id]
        part = said.about.removeprefix(f"{commitment.id}/")
        message = say("`{name}` has no part `{part}`", name=commitment.id, part=part)
        hint = say("the parts are {names}", names=listed(known)) if known else say("remove `part:`")
        yield Refused("assessment.unknown-part", message, did_you_mean(part, known, hint), ("part",))


def _members(said: Assessment, commitment: Commitment) -> Mapping[str, Sequence[str]]:
    """The names of the parts of every member, those under the part alone that the statement names."""
    found: dict[str, list[str]] = {}
    for name, _, member in nodes_in(commitment.id, commitment.node):
        under = said.part is None or name == said.part or name.startswith(f"{said.part}/")
        if member is not None and under:
            found.setdefault(fold(member), []).append(name)
    return found


def _verdict(said: Assessment, node: Node, nodes: Mapping[str, Node], route: Route) -> Iterator[Diagnostic]:
    if not isinstance(node, Assess):
        judged = [name for name, one in nodes.items() if isinstance(one, Assess) and name.startswith(f"{said.about}/")]
        if judged:
            shown = listed(name.removeprefix(f"{said.commitment}/") for name in judged)
            message = say("only parts of `{name}` are judged by people", name=said.about)
            hint = say("name the part with `part:`: {names}", names=shown)
            yield Refused("assessment.part-needed", message, hint).at((*route, "verdict"))
        else:
            message = say("`{name}` is decided by the log, not by people", name=said.about)
            hint = say("remove the statement; only a waiver can be given")
            yield Refused("assessment.decided-by-log", message, hint).at((*route, "verdict"))
        return
    yield from _by_party(said, node.by, route)
    for key in ("window", "case"):
        if getattr(said, key) is not None:
            message = say("a verdict is about all of a commitment or a part; only a waiver can be about less")
            hint = say("remove `{key}:`", key=key)
            yield Refused("assessment.verdict-on-less", message, hint, at_key=True).at((*route, key))
    if node.evidence == "required" and not said.evidence:
        message = say("a verdict on `{name}` needs evidence", name=said.about)
        hint = say("add `evidence:`, what it rests on")
        yield Refused("assessment.no-evidence", message, hint, at_key=True).at((*route, "verdict"))


def _by_party(said: Assessment, may: Sequence[str], route: Route) -> Iterator[Diagnostic]:
    if said.role not in may:
        name = said.role
        message = say("`{name}` is not one of those who may say this", name=name)
        hint = did_you_mean(name, may, say("they are {names}", names=listed(may) or "–"))
        yield Refused("assessment.not-entitled", message, hint).at((*route, "role"))


def _window(span: Span, checks: Sequence[Check], route: Route) -> Iterator[Diagnostic]:
    """Days that name no window, or cut one."""
    every = [window for check in checks for window in windows_of(check)]
    if any(windows_named(span, windows_of(check)) for check in checks) and not _cut(span, every):
        return
    message = say("there is no window of {days}", days=span.show() if len(span) > 1 else span.show()[:10])
    near = min(every, key=lambda window: abs(window.span.start - span.start), default=None)
    if near is None:
        hint = say("remove `window:`; it has no windows")
    elif len(near.span) == 1:
        hint = say("the nearest is `{days}`", days=near.span.show()[:10])
    else:
        hint = say(
            "the nearest is `{days}`; several are named from the first day of one to the last of another",
            days=near.span.show(),
        )
    yield Refused("assessment.unknown-window", message, hint).at((*route, "window"))


def _cut(span: Span, windows: Sequence[Window]) -> bool:
    """Whether the days, more than one of them, take a part of a window and leave the rest."""
    if len(span) == 1:
        return False
    return any(0 < len(window.span.cut(span)) < len(window.span) for window in windows)
