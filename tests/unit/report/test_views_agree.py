"""One evaluation, many views: the page, Markdown, plain text and the terminal say what the JSON says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest

from promisekit.report import terms
from promisekit.report.document import result_document
from promisekit.report.render import FORMS, render
from promisekit.report.text import explain_text
from promisekit.report.voice import Voice
from promisekit.verdict.model import Status
from promisekit.words import Date
from tests.unit.report.promises import DATES, example

LANGUAGES = ("sv", "en")
Document = Mapping[str, Any]


class Words(HTMLParser):
    """The words of a page as a reader gets them."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in ("style", "title", "desc")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in ("style", "title", "desc")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.words.append(data)


@cache
def document(as_of: str, language: str) -> Document:
    """The JSON."""
    return result_document(example(as_of), language)


@cache
def words(as_of: str, form: str, language: str) -> str:
    """A report as words with single spaces, whatever the markup."""
    to = next(one for one in FORMS if one == form)
    report = render(example(as_of), to=to, language=language)
    if form == "html":
        parser = Words()
        parser.feed(report)
        report = " ".join(parser.words)
    if form == "md":
        report = re.sub(r"[\\*|>]", "", report)
    return re.sub(r"\s+", " ", report)


def part_of(report: str, number: int, language: str) -> str:
    """What a report says of the commitment with that number."""
    label = terms_label(number, language)
    after = report.split(label, 1)[1]
    return re.split(f"{terms_label(number + 1, language)}|Uppföljning av löftet|Follow-up of the promise", after)[0]


def terms_label(number: int, language: str) -> str:
    return f"{'Åtagande' if language == 'sv' else 'Commitment'} {number} "


def day(iso: str, language: str) -> str:
    return Voice(language)(Date(iso[:10]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("as_of", DATES)
def test_a_report_says_the_verdicts_counts_and_dates_of_the_json(as_of: str, form: str, language: str) -> None:
    report = words(as_of, form, language)
    assert day(as_of, language) in report
    for number, commitment in enumerate(document(as_of, language)["commitments"], 1):
        part = part_of(report, number, language)
        assert str(commitment["id"]) in part
        assert Voice(language)(terms.STATUS[Status(commitment["status"])][0]) in part
        if commitment["final_at"]:
            assert day(commitment["final_at"], language) in part
        for window in commitment["windows"] if commitment["target"] else ():
            assert re.sub(r"\s+", " ", window_words(window)) in part
        for row in (*commitment["evidence"]["events"], *commitment["possible"]["events"], *commitment["near_misses"]):
            assert re.search(rf"\b{row['row']}\b", part)
            assert "/" in row["start"] or day(row["start"], language) in part
        for left in commitment["remaining"]:
            anytime = commitment["kind"] == "qualitative"  # an assessment may come later
            assert anytime or left["by"] <= as_of or day(left["by"], language) in part


def window_words(window: Document) -> str:
    """A window's label and count as every report has them, side by side."""
    label = str(window["label"])
    low, high, of = window["low"], window["high"], window.get("of")
    if of is not None:
        return f"{label[0].upper()}{label[1:]} {low}"
    count = f"{low}" if low == high or high is None else f"{low}–{high}"
    return f"{label[0].upper()}{label[1:]} {count}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("as_of", DATES)
def test_the_tally_counts_what_the_json_counts(as_of: str, language: str) -> None:
    statuses = [commitment["status"] for commitment in document(as_of, language)["commitments"]]
    for form in FORMS:
        report = words(as_of, form, language)
        summary = document(as_of, language)["summary"]
        assert re.search(rf"\b{len(statuses)} (åtaganden|commitments)\b", report)
        kept = rf"\b{statuses.count('kept')} (uppfyll(t|da)|(is|are) kept)\b"
        assert re.search(kept, report)
        if summary["open"]:
            assert re.search(rf"\b{summary['open']} (ännu inte avgjor(t|da)|(is|are) not yet decided)\b", report)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
def test_a_report_says_where_it_comes_from(form: str, language: str) -> None:
    report, whole = words("2022-06-01", form, language), document("2022-06-01", language)
    provenance, (source,) = whole["provenance"], whole["log"]["sources"]
    for wanted in ("promise_sha256", "assessments_sha256", "engine", "promisekit"):
        assert str(provenance[wanted]) in report
    for wanted in ("name", "sha256", "encoding", "rows", "used", "unused", "cancelled", "later", "rejected"):
        assert str(source[wanted]) in report
    for span in source["coverage"]:
        assert f"{day(span['start'], language)} – {day(span['end'], language)}" in report


@pytest.mark.parametrize("as_of", DATES)
def test_the_terminal_explains_with_the_rows_of_the_json(as_of: str) -> None:
    for commitment in document(as_of, "sv")["commitments"]:
        shown = re.sub(r"\s+", " ", explain_text(example(as_of), commitment["id"], "sv"))
        assert f"{commitment['id']}: {Voice('sv')(terms.STATUS[Status(commitment['status'])][0])}" in shown
        for row in (*commitment["evidence"]["events"], *commitment["near_misses"]):
            assert f"rad {row['row']} " in shown.replace("\xa0", " ")
        for row in commitment["evidence"]["events"]:
            assert row["id"] is None or row["id"] in shown


def test_quotes_and_readings_stand_word_for_word() -> None:
    for form in FORMS:
        report = words("2022-06-01", form, "en")
        for commitment in example().result.commitments:
            assert all(passage in report for passage in (commitment.quote or "").split("\n"))
            assert commitment.reading is not None
            assert commitment.reading in report
