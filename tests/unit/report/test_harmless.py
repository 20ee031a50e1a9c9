"""Other people's words do no harm: no markup, no link, no control character gets through, in any form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from functools import cache
from html.parser import HTMLParser

import pytest
from msgspec import Struct
from msgspec.structs import replace

from promisekit.report.clean import link, markdown, neutral, paragraphs, shortened
from promisekit.report.render import FORMS, render
from promisekit.report.text import explain_text, summary_text
from promisekit.report.view import view
from promisekit.verdict.model import Evaluation
from promisekit.words import Message
from tests.unit.report.promises import PROMISE, everything, example

MARKUP = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "</style></title></svg><svg onload=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    "{{ 7 * 7 }} {% include 'x' %} {# x #}",
    "<!-- x --> ]]> &lt;b&gt; &#60;i&#62;",
    "<b>fett</b> `<i>kod</i>`",
]
UNSEEN = "\x00\x07\x1b\x7f\x9b\u202e\u202a\u2066\u2069\ud800"

TECHNICAL = {
    "language", "iso", "style", "sentence", "plural", "start", "id", "kind", "failed", "code", "unit", "as_of",
    "route", "sha256", "sources", "checks", "role", "owner", "partial",
}  # fmt: skip
"""Fields that no author, log or assessor writes freely: ids are validated, the others are promisekit's own."""


def poisoned(value: object, payload: str) -> object:
    """The same value with `payload` in every text that somebody else wrote."""
    if isinstance(value, str) and not isinstance(value, Enum):
        return payload
    if isinstance(value, tuple):
        return tuple(poisoned(part, payload) for part in value)
    if isinstance(value, Message):
        told = tuple((name, poisoned(field, payload)) for name, field in value.fields)
        return replace(value, fields=told, parts=poisoned(value.parts, payload))
    if isinstance(value, Mapping):
        return value
    if isinstance(value, Struct):
        if type(value).__name__ in ("Zone", "AsOf", "Diagnostic", "Date", "Assess"):
            return value
        names = [name for name in value.__struct_fields__ if name not in TECHNICAL]
        return replace(value, **{name: poisoned(getattr(value, name), payload) for name in names})
    return value


def with_words(payload: str, evaluation: Evaluation | None = None) -> Evaluation:
    """An evaluation (the example, where none is given), every word of it replaced."""
    evaluation = evaluation or example()
    header = evaluation.plan.header
    hostile = replace(
        header,
        title=payload,
        document=payload,
        file=payload,
        parties=tuple(replace(party, name=payload, signed_by=payload) for party in header.parties),
        text=tuple((name, payload) for name, _ in header.text),
        follow_up=(("forum", payload), ("note", payload)),
    )
    result = poisoned(evaluation.result, payload)
    commitments = poisoned(evaluation.plan.commitments, payload)
    plan = replace(evaluation.plan, header=hostile, commitments=commitments)
    sources = tuple(
        replace(source, name=payload, files=tuple(replace(file, name=payload) for file in source.files))
        for source in evaluation.sources
    )
    diagnostics = tuple(
        replace(found, file=payload, message=poisoned(found.message, payload)) for found in evaluation.diagnostics
    )
    return replace(evaluation, plan=plan, result=result, sources=sources, diagnostics=diagnostics)


class Elements(HTMLParser):
    """Every element with the names of its attributes, and every address."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[tuple[str, tuple[str, ...]]] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add((tag, tuple(name for name, _ in attrs)))
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "action", "xlink:href")]


@cache
def elements(payload: str) -> Elements:
    """The elements of the two pages whose every word is `payload`: of the example, and of every sort of commitment."""
    parser = Elements()
    for evaluation in (example(), everything()):
        parser.feed(render(with_words(payload, evaluation), to="html", language="sv", audience="internal"))
    return parser


@pytest.mark.parametrize("payload", MARKUP)
def test_words_never_become_elements_or_attributes(payload: str) -> None:
    assert elements(payload).seen - elements("harmless").seen == set()
    assert all(address.startswith("#") for address in elements(payload).addresses)


def test_the_poison_reaches_the_page() -> None:
    page = render(with_words("<script>alert(1)</script>"), to="html", language="sv", audience="internal")
    assert page.count("&lt;script&gt;") > 100


@pytest.mark.parametrize("payload", MARKUP)
def test_words_never_become_markdown(payload: str) -> None:
    hostile = f"{payload} [x](javascript:y) | # *a* _b_"
    for evaluation in (example(), everything()):
        report = render(with_words(hostile, evaluation), to="md", language="sv", audience="internal")
        assert not re.search(r"(?<!\\)[<\[]", report)
        for line in report.splitlines():
            if line.startswith("|") and "---" not in line:
                assert len(re.findall(r"(?<!\\)\|", line)) in (3, 4, 5)


@pytest.mark.parametrize("form", FORMS)
def test_unseen_characters_are_replaced(form: str) -> None:
    to = next(one for one in FORMS if one == form)
    for evaluation in (example(), everything()):
        report = render(with_words(f"a{UNSEEN}b", evaluation), to=to, language="sv", audience="internal")
        assert not set(UNSEEN) & set(report)
        assert "a\ufffd" in report
        report.encode("utf-8")


def test_unseen_characters_never_reach_the_terminal() -> None:
    evaluation = with_words(f"a{UNSEEN}b")
    shown = summary_text(evaluation, "sv") + explain_text(evaluation, "mpk", "sv")
    assert not set(UNSEEN) & set(shown)
    every = with_words(f"a{UNSEEN}b", everything())
    told = summary_text(every, "sv") + explain_text(every, "schools", "sv") + explain_text(every, "together", "sv")
    assert not set(UNSEEN) & set(told)


@pytest.mark.parametrize("value", ["https://example.se/a?b=c", "http://example.se", "mailto:namn@example.se"])
def test_safe_links_can_be_followed(value: str) -> None:
    assert link(value) == value


@pytest.mark.parametrize(
    "value",
    ["javascript:alert(1)", "data:text/html,x", "//example.se", "file:///etc", "https://a b", 'https://a"b', "bilaga"],
)
def test_other_words_are_no_links(value: str) -> None:
    assert link(value) == ""


def test_markdown_keeps_the_words() -> None:
    assert markdown("1. a *b* [c](d)\n<e> | f") == "1\\. a \\*b\\* \\[c\\](d) \\<e\\> \\| f"
    assert markdown("- a") == "\\- a"
    assert neutral("a\u202eb\tc\n") == "a\ufffdb c"
    assert neutral("83,3\xa0%") == "83,3\xa0%"
    assert paragraphs("a\nb\n\n c") == ("a b", "c")
    assert shortened("ett två tre fyra", 12) == "ett två …"


def test_a_public_report_shows_no_id_and_no_time_of_a_case() -> None:
    public, internal = (render(example(), to="html", language="sv", audience=one) for one in ("public", "internal"))
    assert "H-2022-0101" in internal
    assert "H-2022" not in public
    assert "Publicera det inte" in internal
    assert "Publicera det inte" not in public
    case = next(one for one in view(example(), "sv").commitments if one.id == "orosanmalningar")
    assert [row.when for row in case.row_lists[0].rows][:2] == ["3 mars 2022", "15 mars 2022"]


def test_a_public_report_does_not_quote_cells_that_could_not_be_read() -> None:
    public, internal = (" ".join(view(example(), "sv", one).remarks) for one in ("public", "internal"))
    assert "2022-04-31 09:00" in internal
    assert "2022-04-31" not in public
    assert "rad\xa051" in public


def test_the_page_is_closed() -> None:
    page = render(example(), to="html", language="sv")
    assert PROMISE.name in page
    assert "default-src 'none'" in page
    assert "unsafe-inline" not in page
    assert "http:" not in page.replace("http://www.w3.org", "")
    assert " style=" not in page
