"""Break one line of a good promise, whichever and however: an error stands on that line, and nothing crashes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promisekit.diagnostics import Diagnostic, Severity
from promisekit.diagnostics.render import diagnostics_json, diagnostics_text
from promisekit.spec.files import TextFile
from promisekit.spec.load import check

GOOD = """\
format: 1
id: exempel
title: Ett exempel
language: sv
period:
  start: 2022-03-01
  end: 2022-05-31
timezone: Europe/Stockholm
partial_from: 0.5
parties:
  kommunen:
    name: Exempelby kommun
    signed_by: Anna Ek
  polisen:
    name: Lokalpolisområde Exempelby
text:
  preamble: Vi lovar
follow_up:
  forum: Strategiska BRÅ
  date: 2022-06-15
log:
  columns:
    start: Start
    end: Slut
    activity: Aktivitet
    place: Plats
    case: Ärende
    status: Status
    actors:
      column: Medverkande
      type: list
      split: ","
    priority: Prioritet
    hours:
      column: Timmar
      type: number
    planned:
      column: Planerat
      type: number
  status:
    held: [genomförd]
    cancelled: [inställd]
  duplicates:
    same: [activity, place]
    apart: 10 minutes
    across: row
  ids: unique
  covers: 2022-03-01/2022-05-31
calendars:
  lov:
    - from: 2022-04-11
      to: 2022-04-15
activities:
  insats:
    activity: riktad insats
  mpk:
    place: torget
    weekday: lördag
    calendar: lov
  svar:
    actors:
      any: [kommunen]
    time:
      from: "22:00"
      to: "04:00"
    duration:
      at_least: 30 minutes
    except:
      place: parken
commitments:
  - id: insatser
    kind: count
    owner: polisen
    quote: Minst tre insatser
    reading: Tre eller fler
    what: insats
    at_least: 3
    during:
      start: 2022-04-01
      end: 2022-04-30
  - id: varje-manad
    kind: frequency
    owner: polisen
    quote: Två gånger per månad
    what: mpk
    every: month
    at_least: 2
  - id: tillsammans
    kind: co_presence
    owner: kommunen
    quote: Samtidig närvaro
    what: mpk
    with: svar
    match: overlap
    every: month
    between: [1, 4]
  - id: uppfoljning
    kind: response
    owner: kommunen
    quote: Följa upp
    each: insats
    followed_by: svar
    same: case
    within: 3 working_days
    clip: true
  - id: samverkan
    kind: qualitative
    owner: kommunen
    quote: Initiera samverkan
    criteria: [samverkan har inletts]
    assessed_by: [kommunen]
    quorum: any
    by: 2022-06-15
    evidence: required
  - id: andel
    kind: share
    owner: kommunen
    quote: En tredjedel på kvällen
    what: svar
    of: insats
    base: target
    target: 12
    sum: hours
    at_least: 1/3
    day_begins: "06:00"
  - id: kolumner
    kind: share
    owner: kommunen
    quote: Nio av tio
    of: insats
    base: actual
    sum:
      part: hours
      whole: planned
    at_least: 90 %
    when: mpk
  - id: platser
    kind: each
    owner: kommunen
    quote: På varje plats
    of: [Torget, Parken]
    by: place
    what: insats
    at_least: 1
    targets:
      Torget: 2
    members: 1
  - id: snabbt
    kind: response
    owner: kommunen
    quote: Svara snabbt
    each: insats
    followed_by: svar
    same: case
    tiers:
      column: priority
      within:
        akut: 24 hours
        normal: 5 working_days
      clock: weekdays
    except:
      place: parken
    at_least: 90 %
    every: month
    need: 2
  - id: allt
    kind: composite
    owner: kommunen
    quote: Allt detta
    at_least: 1
    of:
      - id: en
        kind: count
        owner: polisen
        quote: Minst en
        what: insats
        at_least: 1
      - id: annan
        kind: composite
        any_of:
          - id: sex
            kind: frequency
            what: mpk
            every: month
            at_least: 1
          - id: sju
            kind: qualitative
            criteria: [något har hänt]
            assessed_by: [polisen]
"""
LINES = GOOD.splitlines()
FREE = {
    "kommunen",
    "polisen",
    "lov",
    "insats",
    "mpk",
    "svar",
    "activity",
    "place",
    "case",
    "actors",
    "priority",
    "hours",
    "planned",
    "akut",
    "normal",
}
"""Names that the author chooses: another is as good, or is missed where it is used."""
KEYS = [
    number
    for number, line in enumerate(LINES)
    if line.strip().removeprefix("- ").partition(":")[0] not in FREE
    and not line.startswith(("    status:", "    end: Slut"))  # columns, which are missed where they are used
]
ANY_TEXT = {
    "title",
    "name",
    "signed_by",
    "preamble",
    "forum",
    "quote",
    "reading",
    "column",
    "criteria",
    "held",
    "cancelled",
    "activity",
    "place",
    "case",
    "start",
    "end: Slut",
    "status",
    "any",
    "weekday",
    "priority",
    "split",
    "match",
}
VALUES = [
    number
    for number, line in enumerate(LINES)
    if not line.endswith(":")
    and line.strip() not in ANY_TEXT
    and line.strip().removeprefix("- ").partition(":")[0] not in ANY_TEXT
]
SPOILT = ["", "{x: y}", "&a b", "!t b", "*a", "'x", '"x', "[x", "@x", "zzzz: y", "<<", "- x", "\x01"]


def checked(text: str) -> tuple[Diagnostic, ...]:
    """Everything found, told in both languages and both forms on the way."""
    found = check(TextFile(Path("x.yaml"), "x.yaml", text, ""))[1]
    for language in ("sv", "en"):
        assert diagnostics_text(found, language) or not found
        assert diagnostics_json(found, language)
    return found


def lines_with_errors(text: str) -> set[int]:
    found = checked(text)
    assert all(one.place is not None and one.place.line <= len(text.splitlines()) + 1 for one in found)
    return {one.place.line for one in found if one.place and one.severity is Severity.ERROR}


def with_line(number: int, line: str) -> str:
    return "\n".join([*LINES[:number], line, *LINES[number + 1 :]]) + "\n"


def test_the_promise_is_good() -> None:
    assert lines_with_errors(GOOD) == set()


@settings(max_examples=250, deadline=None)
@given(st.data())
def test_a_misspelt_key_is_found_on_its_line(data: st.DataObject) -> None:
    number = data.draw(st.sampled_from(KEYS))
    before, _, after = LINES[number].partition(":")
    name = before.strip().removeprefix("- ")
    at = data.draw(st.integers(0, len(name)))
    letter = data.draw(st.sampled_from("abcdefgxyz_"))
    spoilt = data.draw(st.sampled_from([name[:at] + letter + name[at:], name[:at] + name[at + 1 :] + letter]))
    spoilt = spoilt if spoilt != name else name + "x"
    text = with_line(number, f"{before[: len(before) - len(name)]}{spoilt}:{after}")
    assert number + 1 in lines_with_errors(text)


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(VALUES), st.sampled_from(SPOILT))
def test_a_spoilt_value_is_found_on_its_line(number: int, spoilt: str) -> None:
    before = LINES[number].partition(":")[0]
    assert number + 1 in lines_with_errors(with_line(number, f"{before}: {spoilt}"))


@pytest.mark.parametrize("number", range(len(LINES)))
def test_a_line_said_twice_is_found_the_second_time(number: int) -> None:
    if LINES[number].lstrip().startswith("- "):
        return
    text = "\n".join([*LINES[: number + 1], LINES[number], *LINES[number + 1 :]]) + "\n"
    assert {number + 1, number + 2} & lines_with_errors(text)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_mutilation_crashes(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(GOOD)))
    end = data.draw(st.integers(start, min(len(GOOD), start + 80)))
    junk = data.draw(st.text(st.sampled_from("ab: -[]{}\n\t'\"#&*!|>%@`,?0é\x00\x85\u2028"), max_size=12))
    checked(GOOD[:start] + junk + GOOD[end:])


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_no_text_crashes(text: str) -> None:
    checked(text)
