"""The sentences that say how a commitment stands and why: the numbers are named, the grammar holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from promisekit.report.text import summary_text
from tests.unit.report.promises import small, told

COUNT = "{id: c, kind: count, what: office, at_least: 3}"
AT_MOST = "{id: c, kind: count, what: office, at_most: 1}"
MONTHLY = "{id: c, kind: frequency, what: office, every: month, at_least: 1}"
WEEKLY = "{id: c, kind: frequency, what: office, every: week, at_least: 1, partial: whole_only}"
ANSWERED = "{id: c, kind: response, each: report, followed_by: answer, same: case, by: period_end}"
TOGETHER = "{id: c, kind: co_presence, what: office, with: outreach, match: same_day, every_occasion: true}"
JUDGED = "{id: c, kind: qualitative, criteria: [it is done], assessed_by: [town, police], quorum: all}"

MARCH = "2022-03-05,,office,square"
APRIL = "2022-04-05,,office,square"
MAY = "2022-05-05,,office,square"
PLANNED = "2022-05-06,,office,square,,planned"

CASES = {
    "kept": (
        COUNT, [MARCH, APRIL, MAY], "2022-06-01",
        "Kept", "We count 3 occasions; the target is at least 3.", "3 (at least 3)",
        "Uppfyllt", "Vi räknar till 3 tillfällen; kravet är minst 3.", "3 (minst 3)",
    ),
    "broken": (
        COUNT, [MARCH], "2022-06-01",
        "Not kept", "We count 1 occasion; the target is at least 3.", "1 (at least 3)",
        "Ej uppfyllt", "Vi räknar till 1 tillfälle; kravet är minst 3.", "1 (minst 3)",
    ),
    "kept early": (
        COUNT, [MARCH, MARCH.replace("05", "06"), MARCH.replace("05", "07")], "2022-04-10",
        "Kept", "We count 3 occasions so far; the target is at least 3.", "3 so far (at least 3)",
        "Uppfyllt", "Vi räknar till 3 tillfällen hittills; kravet är minst 3.", "3 hittills (minst 3)",
    ),
    "running": (
        COUNT, [MARCH, APRIL], "2022-04-10",
        "On track", "2 of at least 3 so far; 1 more is needed by 31 May 2022.", "2 so far (at least 3)",
        "Enligt plan", "2 av minst 3 hittills; 1 till behövs senast 31 maj 2022.", "2 hittills (minst 3)",
    ),
    "at risk": (
        COUNT, [], "2022-04-29",
        "At risk", "0 of at least 3 so far; 3 are needed by 31 May 2022.", "0 so far (at least 3)",
        "Riskerar att brytas", "0 av minst 3 hittills; 3 behövs senast 31 maj 2022.", "0 hittills (minst 3)",
    ),
    "not begun": (
        COUNT, [], "2022-02-01",
        "Not started", "The time begins on 1 March 2022; the target is at least 3.", "0 (at least 3)",
        "Ej påbörjat", "Tiden börjar 1 mars 2022; kravet är minst 3.", "0 (minst 3)",
    ),
    "possible": (
        COUNT, [MARCH, APRIL, PLANNED], "2022-06-01",
        "Cannot be assessed",
        "We count 2 occasions, perhaps 3; the target is at least 3. "
        "1 row in the log cannot be told for certain: row 4 (it is only planned).",
        "2–3 (at least 3)",
        "Underlag saknas",
        "Vi räknar till 2 tillfällen, kanske 3; kravet är minst 3. 1 rad i underlaget går inte att bedöma säkert: "
        "rad\N{NO-BREAK SPACE}4 (den är bara planerad).",
        "2–3 (minst 3)",
    ),
    "at most, running": (
        AT_MOST, [MARCH], "2022-04-10",
        "At risk", "1 so far; the target is at most 1 until 31 May 2022.", "1 so far (at most 1)",
        "Riskerar att brytas", "1 hittills; kravet är högst 1 till och med 31 maj 2022.", "1 hittills (högst 1)",
    ),
    "windows kept": (
        MONTHLY, [MARCH, APRIL, MAY], "2022-06-01",
        "Kept", "The target is at least 1 every month; it is met in 3 of 3 months.", "3 of 3 months",
        "Uppfyllt", "Kravet är minst 1 varje månad; det är uppfyllt i 3 av 3 månader.", "3 av 3 månader",
    ),
    "windows broken": (
        MONTHLY, [MARCH, MAY], "2022-06-01",
        "Not kept",
        "The target is at least 1 every month; it is met in 2 of 3 months. Not met: April 2022 (0).",
        "2 of 3 months",
        "Ej uppfyllt",
        "Kravet är minst 1 varje månad; det är uppfyllt i 2 av 3 månader. Inte uppfyllt: april 2022 (0).",
        "2 av 3 månader",
    ),
    "windows running": (
        MONTHLY, [MARCH], "2022-04-10",
        "On track",
        "The target is at least 1 every month; so far it is met in 1 of 1 month, with 2 months left. "
        "Next: 1 is needed by 30 April 2022.",
        "1 of 1 month so far",
        "Enligt plan",
        "Kravet är minst 1 varje månad; hittills är det uppfyllt i 1 av 1 månad, och 2 månader återstår. "
        "Närmast: 1 behövs senast 30 april 2022.",
        "1 av 1 månad hittills",
    ),
    "share kept": (
        ANSWERED, ["2022-03-03,,report,,A", "2022-03-04,,answer,,A"], "2022-06-01",
        "Kept", "Done in time: 1 of 1. The target is all of them.", "1 of 1",
        "Uppfyllt", "Klara i tid: 1 av 1. Kravet är alla.", "1 av 1",
    ),
    "share late": (
        ANSWERED, ["2022-03-03,,report,,A", "2022-06-01,,answer,,A"], "2022-06-02",
        "Kept late", "Done in time: 0 of 1. The target is all of them. 1 was done too late.", "0 of 1",
        "Uppfyllt för sent", "Klara i tid: 0 av 1. Kravet är alla. 1 blev klar för sent.", "0 av 1",
    ),
    "share waiting": (
        ANSWERED, ["2022-03-03,,report,,A", "2022-03-03,,report,,B", "2022-03-04,,answer,,A"], "2022-04-10",
        "On track",
        "Done in time: 1 of 2 so far. The target is all of them. 1 still has time, until 31 May 2022.",
        "1 of 2 so far",
        "Enligt plan",
        "Klara i tid: 1 av 2 hittills. Kravet är alla. 1 har tid kvar, till och med 31 maj 2022.",
        "1 av 2 hittills",
    ),
    "share of nothing": (
        ANSWERED, [], "2022-06-01",
        "Not applicable", "Nothing happened that the commitment applies to.", "",
        "Ej aktuellt", "Inget inträffade som åtagandet gäller.", "",
    ),
    "share of nothing yet": (
        ANSWERED, [], "2022-04-10",
        "On track", "Nothing has happened so far that the commitment applies to.", "0 of 0 so far",
        "Enligt plan", "Hittills har inget inträffat som åtagandet gäller.", "0 av 0 hittills",
    ),
    "company": (
        TOGETHER, [MARCH, "2022-03-05,,outreach,square", APRIL], "2022-06-01",
        "Not kept", "Reached: 1 of 2. The target is all of them.", "1 of 2",
        "Ej uppfyllt", "Uppnått: 1 av 2. Kravet är alla.", "1 av 2",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_sentences_name_the_numbers(case: str, tmp_path: Path) -> None:
    commitment, rows, as_of, *expected = CASES[case]
    evaluation = small(tmp_path, str(commitment), "\n".join(rows), as_of=str(as_of))
    english, swedish = told(evaluation, "en"), told(evaluation, "sv")
    assert [english.mark.word, english.why, english.numbers] == expected[:3]
    assert [swedish.mark.word, swedish.why, swedish.numbers] == expected[3:]


def test_a_gap_in_the_log_is_told_as_a_gap(tmp_path: Path) -> None:
    gap = small(tmp_path, COUNT, MARCH, covers="2022-03-01/2022-04-30")
    assert told(gap).mark.word == "Cannot be assessed"
    assert told(gap).why == (
        "We count 1 occasion or more; the target is at least 3. "
        "The log does not cover all of the time, so there may be more than it shows."
    )


def test_assumed_coverage_is_told(tmp_path: Path) -> None:
    assumed = small(tmp_path, COUNT, MARCH, covers="")
    assert "nobody has said for which days log.csv is complete" in told(assumed).assumed
    assert told(small(tmp_path, COUNT, MARCH)).assumed == ""


def said(role: str, date: str, what: str) -> str:
    return f"  - {{commitment: c, by: Someone, role: {role}, date: {date}, {what}}}\n"


def test_assessments_are_told_by_whom_and_when(tmp_path: Path) -> None:
    none = told(small(tmp_path, JUDGED))
    assert none.why == "Nobody has assessed it yet; it is for The Town and The Police to do."
    one = told(small(tmp_path, JUDGED, assessments=said("town", "2022-05-01", "verdict: kept")))
    assert one.why == "1 of 2 assessments has been made."
    both = said("town", "2022-05-01", "verdict: kept") + said("police", "2022-05-02", "verdict: kept")
    assert told(small(tmp_path, JUDGED, assessments=both)).why == (
        "The Town (1 May 2022) and The Police (2 May 2022) judged that it is kept."
    )
    same = both.replace("2022-05-01", "2022-05-02")
    assert told(small(tmp_path, JUDGED, assessments=same)).why == (
        "The Town and The Police judged on 2 May 2022 that it is kept."
    )
    split = said("town", "2022-05-01", "verdict: kept") + said("police", "2022-05-02", "verdict: broken")
    assert told(small(tmp_path, JUDGED, assessments=split)).why == (
        "The assessments contradict each other (The Town: Kept and The Police: Not kept)."
    )


def test_a_replaced_assessment_is_shown_as_replaced(tmp_path: Path) -> None:
    twice = said("town", "2022-05-01", "verdict: broken") + said("town", "2022-05-03", "verdict: kept")
    shown = told(small(tmp_path, JUDGED.replace(", police], quorum: all", "]"), assessments=twice))
    assert [(one.says, one.replaced) for one in shown.assessments] == [("Not kept", True), ("Kept", False)]


def test_a_waiver_keeps_what_it_hides(tmp_path: Path) -> None:
    waived = told(small(tmp_path, COUNT, MARCH, assessments=said("town", "2022-05-20", "waiver: true, note: Flood")))
    assert (waived.mark.word, waived.numbers) == ("Not applicable", "")
    assert waived.waiver is not None
    assert waived.waiver.reason == "Flood"
    assert waived.waiver.without == "Without that: Not kept."
    assert [row.counted for row in waived.windows] == ["1"]


def test_an_assessment_has_no_last_day(tmp_path: Path) -> None:
    assert told(small(tmp_path, JUDGED, as_of="2022-04-10")).remaining == ("An assessment",)
    split = said("town", "2022-05-01", "verdict: kept") + said("police", "2022-05-02", "verdict: broken")
    (left,) = told(small(tmp_path, JUDGED, assessments=split)).remaining
    assert left == "That the parties agree: they judge differently."


def test_what_must_not_occur_is_said_so(tmp_path: Path) -> None:
    never = told(small(tmp_path, AT_MOST.replace("1", "0"), MARCH), "sv")
    assert never.why == "Det får inte förekomma; vi räknar till 1 tillfälle."
    so_far = told(small(tmp_path, AT_MOST.replace("1", "0"), as_of="2022-04-10"), "sv")
    assert so_far.why == "0 hittills; det får inte förekomma till och med 31 maj 2022."


def test_windows_that_have_not_begun_are_not_counted_as_missed(tmp_path: Path) -> None:
    before = told(small(tmp_path, MONTHLY, as_of="2022-02-01"))
    assert before.why.startswith("The time begins on 1 March 2022; the target is at least 1 every month.")
    assert before.numbers == "at least 1 every month"
    first = told(small(tmp_path, MONTHLY, as_of="2022-03-10"))
    assert first.why.startswith("The target is at least 1 every month, with 3 months left.")


def test_an_imprecise_row_is_named_in_the_window_that_it_leaves_open(tmp_path: Path) -> None:
    rows = f"{MARCH}\n2022-04,,office,square,,planned\n{MAY}"
    open_ = told(small(tmp_path, MONTHLY, rows))
    assert "Cannot be said: April 2022 (0–1)." in open_.why
    assert (
        "1 row in the log cannot be told for certain: row 3 (it is only planned and the day is not known exactly)."
        in open_.why
    )
    assert "does not cover" not in open_.why


def test_a_row_between_two_windows_is_named(tmp_path: Path) -> None:
    floating = told(small(tmp_path, WEEKLY, f"{MARCH}\n2022-04,,office,square"))
    assert "1 row in the log cannot be told for certain: row 3 (the day is not known exactly)." in floating.why


def test_windows_left_out_are_counted(tmp_path: Path) -> None:
    assert "\n      … och 4 perioder till\n" in summary_text(small(tmp_path, WEEKLY), "sv")


def test_what_was_late_counts_as_broken_in_words(tmp_path: Path) -> None:
    late = small(tmp_path, ANSWERED, "2022-03-03,,report,,A\n2022-06-01,,answer,,A", as_of="2022-06-02")
    assert "1 uppfyllt för sent (räknas som brutet)" in summary_text(late, "sv")
