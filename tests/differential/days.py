"""The days and clock times of the worlds: around a month's end and the night in which the clocks change."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.differential.chances import weighted

SPRING, AUTUMN = "2022-03-14/2022-04-10", "2022-10-17/2022-11-13"
"""Four ISO weeks each, with a month's end and the night in which the clocks change."""
DAYS = {
    SPRING: "03-10 03-14 03-15 03-26 03-27 03-28 03-31 04-01 04-09 04-10 04-11 04-14",
    AUTUMN: "10-16 10-17 10-18 10-29 10-30 10-31 11-01 11-04 11-12 11-13 11-14 11-20",
}
VAGUE = {
    SPRING: "2022-03 2022-04 2022-W11 2022-W12 2022-W14 2022",
    AUTUMN: "2022-10 2022-11 2022-W42 2022-W43 2022-W45 2022",
}
CLOCKS = [
    "00:00",
    "00:30",
    "01:59:30",
    "02:00",
    "02:30",
    "03:00",
    "09:00",
    "10:00",
    "10:00:30",
    "10:01",
    "11:00",
    "23:00",
    "23:59",
]


def days_of(period: str) -> list[str]:
    """Days before, in and after a period, first to last."""
    return [f"2022-{day}" for day in DAYS[period].split()]


def moments(period: str) -> st.SearchStrategy[str]:
    """A moment as a log writes it, mostly with a clock time."""
    day = st.sampled_from(days_of(period))
    clocked = st.builds("{} {}".format, day, st.sampled_from(CLOCKS))
    zoned = st.builds("{}T{}Z".format, day, st.sampled_from(CLOCKS))
    return weighted((12, clocked), (1, zoned), (2, day), (1, st.sampled_from(VAGUE[period].split())))
