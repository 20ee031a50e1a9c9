"""What the status of a row makes of it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from promisekit.events import Doubt, State
from promisekit.log import Mapping
from promisekit.words import text
from tests.unit.log.exports import COLUMNS, MAPPING, export, found, read, row

WITHOUT_STATUS = replace(MAPPING, columns=tuple(column for column in COLUMNS if column.name != "status"))


def state(status: str, mapping: Mapping = MAPPING) -> tuple[State, tuple[Doubt, ...]]:
    (event,) = read(export(row(Status=status)), mapping).events
    return event.state, event.doubts


@pytest.mark.parametrize("status", ["Genomförd", "genomförd", " GENOMFÖRD ", "klar", "Genomfo\u0308rd"])
def test_a_held_row_is_certain(status: str) -> None:
    assert state(status) == (State.HELD, ())


@pytest.mark.parametrize("status", ["Planerad", "planerad"])
def test_a_planned_row_is_possible_without_a_warning(status: str) -> None:
    assert state(status) == (State.POSSIBLE, (Doubt.PLANNED,))
    assert read(export(row(Status=status))).diagnostics == ()


@pytest.mark.parametrize("status", ["Inställd", "avbokad"])
def test_a_cancelled_row_is_cancelled(status: str) -> None:
    assert state(status) == (State.CANCELLED, ())


def test_every_unknown_status_is_possible_and_told_once_with_its_number_and_first_row() -> None:
    said = ["Oklar", "", "OKLAR", "Genomförd", ""]
    log = read(export(*(row(Id=str(at), Plats=str(at), Status=status) for at, status in enumerate(said))))
    assert [(event.state, event.doubts) for event in log.events] == [
        (State.POSSIBLE, (Doubt.STATUS,)),
        (State.POSSIBLE, (Doubt.STATUS,)),
        (State.POSSIBLE, (Doubt.STATUS,)),
        (State.HELD, ()),
        (State.POSSIBLE, (Doubt.STATUS,)),
    ]
    assert found(log) == [
        "log.status-unknown 2 2 rows have the status `Oklar`, "
        "which the promise does not explain, and are only possible",
        "log.status-unknown 3 2 rows have no status and are only possible",
    ]
    assert [one.hint and text(one.hint, "en") for one in log.diagnostics] == [
        "name it under `held`, `planned` or `cancelled` in the promise's `status`",
        None,
    ]


def test_a_single_unknown_row_is_told_in_the_singular() -> None:
    assert found(read(export(row(Status="?")))) == [
        "log.status-unknown 2 1 row has the status `?`, which the promise does not explain, and is only possible"
    ]


def test_without_a_status_column_every_row_is_held() -> None:
    assert state("Inställd", WITHOUT_STATUS) == (State.HELD, ())


def test_a_status_column_that_the_mapping_does_not_explain_makes_every_row_possible() -> None:
    mapping = Mapping(COLUMNS)
    assert state("Genomförd", mapping) == (State.POSSIBLE, (Doubt.STATUS,))
    assert [one.code for one in read(export(row()), mapping).diagnostics] == ["log.status-unknown"]
