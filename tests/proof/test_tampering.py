"""Tampered certificates and logs are refused: each tamper changes something, and the checker says what."""

from __future__ import annotations

import copy
import hashlib
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from promisekit.proof.checker.alone import check_certificate
from promisekit.proof.checker.terms import Refused
from tests.proof.leaves import another, changed, leaves, pattern
from tests.proof.rich import made

Document = dict[str, Any]


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, bytes]:
    return made(tmp_path_factory.mktemp("rich"))


def check_of(document: Document, name: str) -> Document:
    (one,) = [one for one in document["commitments"] if one["id"] == name]
    return one.get("check") or one["when"]["then"]["check"]


def node_of(document: Document, name: str) -> Document:
    (one,) = [one for one in document["commitments"] if one["id"] == name]
    return one


def row_of(document: Document, name: str, row: int) -> Document:
    (one,) = [one for one in check_of(document, name)["rows"] if one["row"] == row]
    return one


def _more(document: Document) -> None:
    check_of(document, "visits")["windows"][0].update(low=4, high=5)


def _less_wide(document: Document) -> None:
    window = check_of(document, "visits")["windows"][0]
    window["high"] = window["low"]


def _verdict(document: Document) -> None:
    node_of(document, "reports").update(verdict="kept", before_waiver="kept")
    check_of(document, "reports")["windows"][0]["verdict"] = "kept"


def _promise_verdict(document: Document) -> None:
    document["verdict"] = "kept"


def _left_out(document: Document) -> None:
    check_of(document, "reports")["rows"].pop()


def _invented(document: Document) -> None:
    rows = check_of(document, "visits")["rows"]
    rows.append({**rows[0], "row": 6})


def _twice(document: Document) -> None:
    rows = check_of(document, "visits")["rows"]
    rows.append(copy.deepcopy(rows[0]))


def _possible_made_certain(document: Document) -> None:
    row_of(document, "visits", 5).update(counts="counted", why=None)


def _certain_made_possible(document: Document) -> None:
    row_of(document, "visits", 2).update(counts="possible", why="place")


def _other_reason(document: Document) -> None:
    row_of(document, "visits", 5).update(why="selector")


def _other_window(document: Document) -> None:
    row_of(document, "monthly", 2).update(window=1)


def _other_partner(document: Document) -> None:
    row_of(document, "reports", 10).update(partner=["log.csv", 13])


def _no_partner(document: Document) -> None:
    row_of(document, "together", 2).update(partner=None)


def _late_made_counted(document: Document) -> None:
    row_of(document, "reports", 12).update(counts="counted", partner=["log.csv", 13])


def _later_due(document: Document) -> None:
    row_of(document, "reports", 12).update(due="2022-04-25")


def _longer_deadline(document: Document) -> None:
    check_of(document, "reports")["partner"]["ways"][0]["deadline"]["number"] = 9


def _no_holidays(document: Document) -> None:
    document["calendar"]["off"]["working_days"] = []


def _lower_target(document: Document) -> None:
    node_of(document, "either")["k_of_n"]["parts"][0]["check"]["windows"][0]["target"][0] = 2


def _fewer_parts(document: Document) -> None:
    node_of(document, "either")["k_of_n"]["parts"].pop()


def _no_windows(document: Document) -> None:
    check_of(document, "monthly")["windows"].pop()


def _gap_between_windows(document: Document) -> None:
    check_of(document, "monthly")["windows"][1]["days"][0] = "2022-04-02"


def _windows_in_disorder(document: Document) -> None:
    check_of(document, "monthly")["windows"].reverse()


def _wider_selector(document: Document) -> None:
    name = check_of(document, "visits")["counts"]
    document["activities"][name]["selector"] = ["every", []]


def _other_column(document: Document) -> None:
    document["sources"][0]["columns"]["activity"]["header"] = "place"


def _planned_is_held(document: Document) -> None:
    document["sources"][0]["status"]["held"].append("planned")


def _cancelled_is_held(document: Document) -> None:
    document["sources"][0]["status"]["cancelled"] = []


def _no_ids(document: Document) -> None:
    del document["sources"][0]["columns"]["id"]


def _less_coverage(document: Document) -> None:
    document["sources"][0]["covers"] = [["2022-03-01", "2022-04-30"]]


def _earlier_as_of(document: Document) -> None:
    document["as_of"]["until"] = "2022-04-15T00:00:00+02:00"


def _other_zone(document: Document) -> None:
    document["zone"] = "Pacific/Auckland"


def _set_aside(document: Document) -> None:
    document["set_aside"].append({"file": "log.csv", "row": 2, "what": "row", "by": "A", "reason": "B"})


def _no_statement(document: Document) -> None:
    node_of(document, "talks")["assess"]["statements"].pop()


def _no_quorum(document: Document) -> None:
    node_of(document, "talks")["assess"]["by"] = ["municipality", "nobody"]


def _no_waiver(document: Document) -> None:
    node_of(document, "waived")["waived"] = None


def _waived(document: Document) -> None:
    node_of(document, "reports")["waived"] = {"by": "A", "date": "2022-05-01", "reason": "B"}


def _no_trigger(document: Document) -> None:
    node_of(document, "if-walks")["when"]["trigger"]["check"]["windows"][0]["target"][0] = 9


def _fewer_seconds(document: Document) -> None:
    check_of(document, "hours")["windows"][0]["low"] -= 1


def _shorter_gap(document: Document) -> None:
    check_of(document, "gap")["windows"][0]["high"] -= 1


def _newer_value(document: Document) -> None:
    check_of(document, "trust")["windows"][0].update(low=62, high=62)


def _other_digest(document: Document) -> None:
    document["sources"][0]["files"][0]["sha256"] = "0" * 64


def _same_file_twice(document: Document) -> None:
    files = document["sources"][0]["files"]
    files.append({**files[0], "name": "other.csv"})


def _same_source_twice(document: Document) -> None:
    document["sources"].append({**document["sources"][0], "name": "other.csv"})


def _other_format(document: Document) -> None:
    document["format"] = "promisekit/certificate/2"


TAMPERS: list[Callable[[Document], None]] = [
    value for name, value in list(globals().items()) if name.startswith("_") and callable(value) and name[1] != "_"
]


def test_there_are_enough_ways_to_tamper() -> None:
    assert len(TAMPERS) >= 35


@pytest.mark.parametrize("tamper", TAMPERS, ids=[tamper.__name__[1:] for tamper in TAMPERS])
def test_a_tampered_certificate_is_refused(rich: tuple[Document, bytes], tamper: Callable[[Document], None]) -> None:
    document, log = rich
    check_certificate(json.dumps(document).encode(), [log])
    tampered = copy.deepcopy(document)
    tamper(tampered)
    assert tampered != document
    with pytest.raises(Refused) as refused:
        check_certificate(json.dumps(tampered).encode(), [log])
    where, what, claimed, found = refused.value.args
    assert what != "form", "it is refused for what it says, not because it cannot be read"
    assert claimed != found
    assert where


PREMISES = [
    "activities.*.day_begins",
    "activities.*.name",
    "activities.*.selector.*",
    "activities.*.selector.*.*.*",
    "as_of.text",
    "assessments",
    "calendar.from",
    "calendar.off.weekdays.*",
    "calendar.off.working_days.*",
    "calendar.to",
    "check.measured.*",
    "check.overlap",
    "check.span.*",
    "check.windows.*.target.*",
    "id",
    "merging",
    "period.*",
    "promise.file",
    "promise.id",
    "promise.sha256",
    "sources.*.columns.*.split",
    "sources.*.covers.*.*",
    "sources.*.name",
    "statements",
    "tiling",
    "waived",
]
"""Where another value may leave the certificate standing: docs/certificates.md lists them as what is taken on trust, or
says that they are only there to be read."""


def shortened(place: str) -> str:
    """A pattern without the way to a node, and put together with its likes."""
    for inner in ("check.measured", "check.windows", "check.span", "check.overlap", "tiling", "waived", "statements"):
        if f".{inner}" in place:
            tail = place[place.index(f".{inner}") + 1 :]
            whole = {"check.measured": "check.measured.*", "waived": "waived", "statements": "statements"}
            return whole.get(inner, tail)
    if place.startswith("sources.*.columns."):
        return "sources.*.columns.*." + place.rpartition(".")[2]
    if place.endswith((".id", ".criteria.*")):
        return "id"
    return place


def test_every_value_is_checked_or_a_premise(rich: tuple[Document, bytes]) -> None:
    document, log = rich
    refused: Counter[str] = Counter()
    stands: Counter[str] = Counter()
    for place, value in leaves(document):
        if place[-1] == "encoding":
            continue  # an encoding that there is not cannot be read at all: test_alone
        tampered = changed(document, place, another(value))
        assert tampered != document
        try:
            check_certificate(json.dumps(tampered).encode(), [log])
        except Refused:
            refused[shortened(pattern(place))] += 1
        else:
            stands[shortened(pattern(place))] += 1
    assert stands.keys() <= set(PREMISES)
    assert sum(refused.values()) > 600
    for claim in ("check.windows.*.low", "check.windows.*.high", "check.windows.*.verdict", "commitments.*.verdict"):
        assert refused[claim] > 0
        assert stands[claim] == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"1,2022-03-05 10:00", b"1,2022-03-04 10:00"),
        (b"held,visit,park", b"held,visit,square"),
        (b"cancelled,visit", b"held,visit"),
        (b"planned,visit", b"held,visit"),
        (b"2022-04,,held", b"2022-04-02,,held"),
        (b",61.5", b",59"),
        (b"2022-03-20 23:00", b"2022-03-20 21:00"),
        (b"2022-03-10 09:00,,held,answer", b"2022-03-11 09:00,,held,answer"),
    ],
)
def test_another_log_is_refused_even_where_its_digest_is_written_in(
    rich: tuple[Document, bytes], old: bytes, new: bytes
) -> None:
    document, log = rich
    other = log.replace(old, new)
    assert other != log
    with pytest.raises(Refused) as refused:
        check_certificate(json.dumps(document).encode(), [other])
    assert refused.value.args[1] == "sha256"
    tampered = copy.deepcopy(document)
    tampered["sources"][0]["files"][0]["sha256"] = hashlib.sha256(other).hexdigest()
    with pytest.raises(Refused) as refused:
        check_certificate(json.dumps(tampered).encode(), [other])
    assert refused.value.args[1] != "form"


def test_a_row_more_is_refused(rich: tuple[Document, bytes], tmp_path: Path) -> None:
    document, log = rich
    other = log + b"99,2022-05-20 10:00,,held,visit,square,,1,\n"
    tampered = copy.deepcopy(document)
    tampered["sources"][0]["files"][0]["sha256"] = hashlib.sha256(other).hexdigest()
    with pytest.raises(Refused, match=r"log\.csv:19"):
        check_certificate(json.dumps(tampered).encode(), [other])
