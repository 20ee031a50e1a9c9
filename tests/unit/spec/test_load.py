"""A promise becomes a plan and the mapping of its logs; or every fault of it is told at once."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from pathlib import Path

import pytest

from promisekit.diagnostics import Diagnostic, Invalid, Severity
from promisekit.log.mapping import Column
from promisekit.selectors.model import Condition, OneOf
from promisekit.spec import Loaded, load
from promisekit.windows import parse_span

HEAD = """\
format: 1
id: p
title: Ett löfte
period: {start: 2022-03-01, end: 2022-05-31}
"""
LOG = "log: {columns: {start: Start, activity: Aktivitet, place: Plats}}\n"
REST = """\
activities: {visit: {activity: besök}}
commitments: [{id: c, kind: count, what: visit, at_least: 3}]
"""


def loaded(text: str, folder: Path) -> Loaded:
    path = folder / "p.yaml"
    path.write_text(text, encoding="utf-8")
    return load(path)


def errors(text: str, folder: Path) -> list[tuple[str, int]]:
    with pytest.raises(Invalid) as caught:
        loaded(text, folder)
    found = [one for one in caught.value.diagnostics if one.severity is Severity.ERROR]
    return [(one.code, line_of(one)) for one in found]


def line_of(found: Diagnostic) -> int:
    assert found.place is not None
    return found.place.line


def test_the_smallest_promise(tmp_path: Path) -> None:
    promise = loaded(HEAD + LOG + REST, tmp_path)
    header = promise.plan.header
    assert (header.id, header.title, header.language, header.file) == ("p", "Ett löfte", "sv", "p.yaml")
    assert header.sha256 == hashlib.sha256((tmp_path / "p.yaml").read_bytes()).hexdigest()
    assert promise.plan.period == parse_span("2022-03-01/2022-05-31")
    assert promise.plan.zone.name == "Europe/Stockholm"
    assert [one.id for one in promise.plan.commitments] == ["c"]
    assert {one.severity for one in promise.diagnostics} == {Severity.ADVICE}
    assert promise.file == (tmp_path / "p.yaml").as_posix()


def test_everything_a_promise_can_say(tmp_path: Path) -> None:
    (tmp_path / "decided.txt").write_text("vi lovar tre besök", encoding="utf-8")
    promise = loaded(
        HEAD
        + """\
language: en
timezone: Europe/Helsinki
partial_from: 1/2
parties: {kommunen: {name: Exempelby kommun, signed_by: Anna Ek}}
document: decided.txt
text: {preamble: vi lovar, introduction: vi börjar}
follow_up: {forum: BRÅ, date: 2022-06-15}
log:
  polisen:
    columns:
      start: Start
      status: Status
      actors: {column: Med, type: list, split: ";"}
    status: {held: Genomförd, cancelled: [inställd, avbokad]}
    ids: unique
    covers: [2022-03-01/2022-03-31, 2022-04-01/2022-05-31]
  kommunen.csv:
    columns: {start: Datum, actors: {column: Vilka, type: list}}
calendars: {lov: [2022-04-11, {from: 2022-04-12, to: 2022-04-15, label: påsklov}]}
activities:
  visit: {actors: {any: [polisen]}, calendar: lov, sources: [polisen]}
commitments:
  - {id: c, kind: count, owner: kommunen, quote: tre besök, reading: minst tre, what: visit, at_least: 3}
""",
        tmp_path,
    )
    header = promise.plan.header
    assert header.parties[0].signed_by == "Anna Ek"
    assert header.text == (("introduction", "vi börjar"), ("preamble", "vi lovar"))
    assert header.follow_up == (("forum", "BRÅ"), ("date", "2022-06-15"))
    assert promise.plan.partial_from == Fraction(1, 2)
    commitment = promise.plan.commitments[0]
    assert (commitment.owner, commitment.quote, commitment.reading) == ("kommunen", "tre besök", "minst tre")
    assert promise.diagnostics == ()
    police, council = promise.sources.named["polisen"], promise.sources.of("kommunen.csv")
    assert council is not None
    assert promise.sources.shared is None
    assert police.column("actors") == Column("actors", "Med", "list", ";")
    assert (police.held, police.cancelled) == (frozenset({"genomförd"}), frozenset({"inställd", "avbokad"}))
    assert police.unique_ids
    assert not council.unique_ids
    assert police.covers is not None
    assert police.covers.spans == (parse_span("2022-03-01/2022-05-31"),)
    assert council.covers is None


def test_a_selector_speaks_of_the_columns_of_its_sources_only(tmp_path: Path) -> None:
    log = "log: {a: {columns: {start: S, theme: T}}, b: {columns: {start: S, activity: A}}}\n"
    activities = "activities: {x: {theme: t, sources: [a]}, y: {theme: t}}\n"
    commitments = "commitments: [{id: c, kind: count, what: x, at_least: 1}]\n"
    assert errors(HEAD + log + activities + commitments, tmp_path) == [("column.unknown", 6)]


def test_columns_with_reserved_names_have_given_types(tmp_path: Path) -> None:
    log = "log: {columns: {start: S, end: E, id: I, case: C}}\n"
    promise = loaded(HEAD + log + REST.replace("activity: besök", "case: {starts_with: a}"), tmp_path)
    assert promise.sources.shared is not None
    assert [column.type for column in promise.sources.shared.columns] == ["date", "date", "text", "text"]


def test_an_activity_becomes_a_selector(tmp_path: Path) -> None:
    promise = loaded(HEAD + LOG + REST, tmp_path)
    node = promise.plan.commitments[0].node
    selector = node.measure.relation.selector  # type: ignore[union-attr]
    assert isinstance(selector, Condition)
    assert selector.test == OneOf(("besök",))


def test_every_fault_is_told_in_one_run(tmp_path: Path) -> None:
    text = """\
format: 1
id: P
titel: Ett löfte
period: {start: 2022-3-1, end: 2022-05-31}
log:
  columns: {start: Start, actvity: Aktivitet}
  status: {held: [x]}
activities:
  a: {activity: x}
  a: {actvity: y}
commitments:
  - {id: c, kind: conut, what: a}
  - {id: d, kind: count, what: b, at_least: 3}
  - {id: d, kind: count, what: a, at_least: -3}
  - {id: e, kind: frequency, what: c, evry: month, at_least: x}
  - {id: f, kind: count, owner: nobody, what: a}
"""
    assert errors(text, tmp_path) == [
        ("name.not-valid", 2),
        ("spec.unknown-key", 3),
        ("date.not-iso", 4),
        ("status.no-column", 7),
        ("column.unknown", 9),
        ("yaml.duplicate-key", 10),
        ("spec.unknown-kind", 12),
        ("activity.unknown", 13),
        ("commitment.duplicate-id", 14),
        ("number.out-of-range", 14),
        ("activity.unknown", 15),
        ("spec.unknown-key", 15),
        ("spec.not-a-number", 15),
        ("target.missing", 16),
        ("party.unknown", 16),
    ]


@pytest.mark.parametrize("period", ["{start: 2022-3-1, end: 2022-05-31}", "{start: 2022-06-01, end: 2022-05-31}", "x"])
def test_a_wrong_period_hides_only_what_depends_on_it(period: str, tmp_path: Path) -> None:
    rest = """\
activities: {v: {activity: a}}
commitments:
  - {id: c, kind: response, each: v, followed_by: v, within: 5 arbetsdagar}
  - {id: d, kind: response, each: v, followed_by: v, by: 1999-01-01}
  - {id: e, kind: frequency, what: v, every: week, at_least: 0}
"""
    found = errors(HEAD.replace("{start: 2022-03-01, end: 2022-05-31}", period) + LOG + rest, tmp_path)
    assert [code for code, _ in found[1:]] == ["deadline.not-understood", "target.vacuous"]


def test_a_wrong_mapping_hides_only_what_depends_on_it(tmp_path: Path) -> None:
    rest = REST.replace("at_least: 3}", "at_least: 0}, {id: r, kind: response, each: visit, followed_by: svarat}")
    log = LOG.replace("Plats", "Plats, svarat: {column: S, type: datum}")
    assert [code for code, _ in errors(HEAD + log + rest, tmp_path)] == [
        "spec.unknown-value",
        "target.vacuous",
        "deadline.one-needed",
    ]


def test_a_key_or_an_answer_need_be_a_column_of_one_source_only(tmp_path: Path) -> None:
    log = "log: {a: {columns: {start: S, case: C, d: {column: D, type: date}}}, b: {columns: {start: S}}}\n"
    rest = """\
activities: {v: {}}
commitments:
  - {id: c, kind: response, each: v, followed_by: v, same: case, within: 5 days}
  - {id: d, kind: response, each: v, followed_by: d, within: 5 days}
"""
    assert [one.id for one in loaded(HEAD + log + rest, tmp_path).plan.commitments] == ["c", "d"]


def test_a_key_without_a_value_is_not_silently_left_out(tmp_path: Path) -> None:
    assert errors(HEAD + LOG + REST.replace("at_least: 3", "at_least: 3, during: "), tmp_path) == [("spec.empty", 7)]
    assert errors(HEAD + "document:\n" + LOG + REST, tmp_path) == [("spec.empty", 5)]


def test_a_broken_commitment_does_not_hide_another(tmp_path: Path) -> None:
    rest = "activities: {v: {activity: a}}\ncommitments:\n  - 3\n  - {id: c, kind: count, what: w, at_least: 1}\n"
    assert errors(HEAD + LOG + rest, tmp_path) == [("spec.not-a-mapping", 8), ("activity.unknown", 9)]


@pytest.mark.parametrize("section", ["period", "log", "activities", "commitments", "title", "format", "id"])
def test_a_missing_section_is_the_only_fault(section: str, tmp_path: Path) -> None:
    lines = [line for line in (HEAD + LOG + REST).splitlines(keepends=True) if not line.startswith(f"{section}:")]
    found = errors("".join(lines), tmp_path)
    assert found[0] == ("spec.missing-key", 1)
    assert {code for code, _ in found[1:]} <= {"activity.unknown"}


FINE = {("id", "x"), ("title", "x"), ("parties", "{}"), ("calendars", "{}"), ("text", "{}")}


@pytest.mark.parametrize("value", ["3", "x", "[]", "[x]", "{}", "{x: 1}", "true"])
@pytest.mark.parametrize(
    "section", ["format", "id", "title", "period", "log", "activities", "commitments", "parties", "calendars", "text"]
)
def test_a_section_of_the_wrong_form_is_an_error_and_no_crash(section: str, value: str, tmp_path: Path) -> None:
    lines = [line for line in (HEAD + LOG + REST).splitlines(keepends=True) if not line.startswith(f"{section}:")]
    text = "".join(lines) + f"{section}: {value}\n"
    if (section, value) in FINE:
        assert loaded(text, tmp_path).plan.commitments
    else:
        assert errors(text, tmp_path)
