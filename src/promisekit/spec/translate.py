"""What pydantic found wrong, as diagnostics in our own words with the route of the value in the YAML."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping

from msgspec import Struct

from promisekit.commitment import Model
from promisekit.commitment.naming import plain_name
from promisekit.diagnostics import Diagnostic, Route
from promisekit.diagnostics.refused import Refused, close_to, did_you_mean, listed, one_of
from promisekit.spec.keys import Location, keys_at, step_into
from promisekit.spec.shapes import wrong_day
from promisekit.words import Message, say


class Problem(Struct, frozen=True):
    """One of pydantic's errors: its type, where, and what it knows more."""

    type: str
    location: Location
    context: Mapping[str, object]
    message: str


class Read(Struct, frozen=True):
    """A problem, found again in the data: the route of the value, and whether its key is meant."""

    problem: Problem
    route: Route
    at_key: bool
    value: object
    root: type[Model]
    data: object

    @property
    def name(self) -> str:
        """The key that the problem is about."""
        steps = [step for step in self.problem.location if step != "[key]"]
        return str(steps[-1]) if steps else ""


def diagnostics_of(problems: Iterable[Problem], root: type[Model], data: object) -> tuple[Diagnostic, ...]:
    """The diagnostics of a document's problems; where a union complains once per branch, the nearest one counts."""
    by_route: dict[tuple[Route, str], dict[str, Diagnostic]] = {}
    reads = [found_again(problem, root, data) for problem in problems]
    meant = {(read.problem.location[:-1], _meant(read)) for read in reads if read.problem.type == "extra_forbidden"}
    for read in reads:
        if read.problem.type == "missing" and (read.problem.location[:-1], read.name) in meant:
            continue  # it is there, misspelt, and that is told
        told = _told(read)
        place = (read.route, read.name if told.code == "spec.missing-key" else "")
        by_route.setdefault(place, {}).setdefault(told.code, told.at(read.route))
    return tuple(found for group in by_route.values() for found in _nearest(group))


def found_again(problem: Problem, root: type[Model], data: object) -> Read:
    """Follow a location through the data; steps that are not in it are pydantic's own and are skipped."""
    route: list[str | int] = []
    value = data
    for step in problem.location:
        try:
            value = step_into(value, step)
        except LookupError:
            continue
        route.append(step)
    return Read(problem, tuple(route), problem.location[-1:] == ("[key]",), value, root, data)


def _nearest(group: dict[str, Diagnostic]) -> list[Diagnostic]:
    """Of several codes at one place, those that say more than "of the wrong type"."""
    telling = [found for code, found in group.items() if code not in _WRONG_TYPE]
    if "spec.empty" in group:
        return [group["spec.empty"]]
    if len(telling) > 1:
        telling = [found for found in telling if found.code != "spec.unknown-value"] or telling
    return telling or list(group.values())[:1]


_WRONG_TYPE = frozenset(
    {"spec.not-text", "spec.not-a-number", "spec.not-a-list", "spec.not-a-mapping", "spec.not-true-or-false"}
)


def _told(read: Read) -> Refused:
    error = read.problem.context.get("error")
    if isinstance(error, Refused):
        return error
    told = _TOLD.get(read.problem.type, _not_valid)(read)
    told.at_key = told.at_key or read.at_key
    return told


def _missing(read: Read) -> Refused:
    example = _EXAMPLES.get(read.name, f"{read.name}: …")
    hint = say("add for example `{example}`", example=example)
    return Refused("spec.missing-key", say("the key `{name}` is missing", name=read.name), hint)


_EXAMPLES = {
    "format": "format: 1",
    "id": "id: exempelby-2026",
    "title": "title: Medborgarlöfte 2026",
    "period": "period: {start: 2026-01-01, end: 2026-12-31}",
    "start": "start: 2026-01-01",
    "end": "end: 2026-12-31",
    "log": "log: {columns: {start: Start, activity: Aktivitet}}",
    "columns": "columns: {start: Start, activity: Aktivitet}",
    "activities": "activities: {insats: {activity: riktad insats}}",
    "commitments": "commitments: [{id: insatser, kind: count, what: insats, at_least: 3}]",
    "name": "name: Exempelby kommun",
    "held": "held: [genomförd]",
    "every": "every: month",
    "value": "value: andel",
    "match": "match: same_day",
    "base": "base: actual",
    "same": "same: [activity, place]",
    "apart": "apart: 10 minutes",
    "across": "across: source",
    "date": "date: 2026-05-31",
}


def _unknown_key(read: Read) -> Refused:
    keys, meant = keys_at(read.root, read.problem.location[:-1], read.data), _meant(read)
    hint = say("remove it; the keys here are {names}", names=listed(keys))
    hint = say("did you mean `{name}`?", name=meant) if meant else hint
    return Refused("spec.unknown-key", say("there is no key `{name}` here", name=read.name), hint, at_key=True)


def _meant(read: Read) -> str | None:
    """The key that an unknown one is probably meant to be: one that is not there yet."""
    keys, there = keys_at(read.root, read.problem.location[:-1], read.data), _siblings(read)
    return close_to(read.name, [key for key in keys if key not in there])


def _siblings(read: Read) -> Container[object]:
    """The keys that stand beside the one in question already."""
    value = read.data
    for step in read.route[:-1]:
        value = step_into(value, step)
    return value if isinstance(value, dict) else ()


def _unknown_value(read: Read) -> Refused:
    words = re.findall(r"'([^']*)'|(\d+)", str(read.problem.context.get("expected", "")))
    known = [quoted or number for quoted, number in words]
    shown = say("`{value}`", value=str(read.value)) if isinstance(read.value, (str, int)) else _what(read.value)
    hint = did_you_mean(str(read.value), known, say("write {names}", names=one_of(known)))
    return Refused(
        "spec.unknown-value", say("{value} is not a value of `{name}`", value=shown, name=_label(read)), hint
    )


def _not_text(read: Read) -> Refused:
    hint = say("write a text; where it looks like a number, put it in quotation marks")
    message = say("`{name}` is a text, not {got}", name=_label(read), got=_what(read.value))
    return Refused("spec.not-text", message, hint)


def _not_a_number(read: Read) -> Refused:
    hint = say("write a whole number in digits: no quotation marks, no leading zero, no unit")
    message = say("`{name}` is a whole number, not {got}", name=_label(read), got=_what(read.value))
    return Refused("spec.not-a-number", message, hint)


def _not_true_or_false(read: Read) -> Refused:
    message = say("`{name}` is `true` or `false`, not {got}", name=_label(read), got=_what(read.value))
    return Refused("spec.not-true-or-false", message, say("write `true` or `false`, without quotation marks"))


def _not_a_list(read: Read) -> Refused:
    message = say("`{name}` is a list, not {got}", name=_label(read), got=_what(read.value))
    return Refused("spec.not-a-list", message, say("write `[a, b]`, or one item per line after a hyphen"))


def _not_a_mapping(read: Read) -> Refused:
    message = say("`{name}` is a mapping of keys to values, not {got}", name=_label(read), got=_what(read.value))
    return Refused("spec.not-a-mapping", message, say("write `{{key: value}}`, or one key per line, indented"))


def _label(read: Read) -> str:
    """What the value is called: its key, or that of the list it is in."""
    return next((step for step in reversed(read.route) if isinstance(step, str)), "")


def _what(value: object) -> Message:
    if value is None:
        return say("nothing")
    if isinstance(value, bool):
        return say("`true` or `false`")
    if isinstance(value, str):
        return say("a text")
    if isinstance(value, list):
        return say("a list")
    if isinstance(value, dict):
        return say("a mapping")
    return say("a number") if isinstance(value, int) else say("a number with decimals")


def _name(read: Read) -> Refused:
    written = read.name if read.at_key else str(read.value)
    message = say("`{name}` cannot be a name", name=written)
    plain = plain_name(written)
    if plain:
        hint = say("only a–z, 0–9, `-` and `_`, in lower case: write for example `{name}`", name=plain)
    else:
        hint = say("only a–z, 0–9, `-` and `_`, in lower case")
    return Refused("name.not-valid", message, hint)


def _empty_text(read: Read) -> Refused:
    message = say("`{name}` holds no text", name=_label(read))
    return Refused("spec.empty", message, say("write it, or remove the key"))


def _too_few(read: Read) -> Refused:
    least = read.problem.context.get("min_length")
    n = least if isinstance(least, int) else 1
    message = say("`{name}` needs at least {n} item", "`{name}` needs at least {n} items", name=_label(read), n=n)
    return Refused("spec.empty", message, say("write what is missing, or remove the key"))


def _too_many(read: Read) -> Refused:
    most = read.problem.context.get("max_length")
    n = most if isinstance(most, int) else 1
    message = say("`{name}` has room for {n} item", "`{name}` has room for {n} items", name=_label(read), n=n)
    return Refused("spec.too-long", message, say("remove what is too much"))


def _too_long(read: Read) -> Refused:
    most = read.problem.context.get("max_length")
    n = most if isinstance(most, int) else 64
    message = say("`{name}` has room for {n} character", "`{name}` has room for {n} characters", name=_label(read), n=n)
    return Refused("spec.too-long", message, say("make it shorter"))


def _out_of_range(read: Read) -> Refused:
    context = read.problem.context
    low, high = context.get("ge"), context.get("le")
    if isinstance(low, int):
        hint = say("write {number} or more", number=low)
    else:
        hint = say("write {number} or less", number=high if isinstance(high, int) else 0)
    message = say("`{name}` cannot be {number}", name=_label(read), number=str(read.value))
    return Refused("number.out-of-range", message, hint)


def _plain_error(read: Read) -> Refused:
    if isinstance(read.value, str):
        return wrong_day(read.value)
    return _not_valid(read)


def _not_valid(read: Read) -> Refused:
    message = say("this value of `{name}` cannot be used ({reason})", name=_label(read), reason=read.problem.message)
    return Refused("spec.not-valid", message, say("`promisekit schema` tells what belongs here"))


def _nothing(read: Read) -> Refused:
    message = say("`{name}` has no value", name=_label(read))
    return Refused("spec.empty", message, say("write it, or remove the key"))


NOTHING = "nothing"
"""The type of a problem that pydantic does not see: a key without a value."""

_TOLD: dict[str, Callable[[Read], Refused]] = {
    NOTHING: _nothing,
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "literal_error": _unknown_value,
    "string_type": _not_text,
    "int_type": _not_a_number,
    "int_parsing": _not_a_number,
    "bool_type": _not_true_or_false,
    "list_type": _not_a_list,
    "dict_type": _not_a_mapping,
    "model_type": _not_a_mapping,
    "model_attributes_type": _not_a_mapping,
    "string_pattern_mismatch": _name,
    "string_too_short": _empty_text,
    "string_too_long": _too_long,
    "too_short": _too_few,
    "too_long": _too_many,
    "greater_than_equal": _out_of_range,
    "less_than_equal": _out_of_range,
    "value_error": _plain_error,
}
