"""What became of tests, in words: a line for each, and of one that failed what was expected, what was found and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import indent

from promisekit.diagnostics import Diagnostic
from promisekit.diagnostics.render import diagnostics_text, neutral
from promisekit.proof.testing.compare import Difference
from promisekit.proof.testing.coverage import Shown
from promisekit.proof.testing.run import Outcome
from promisekit.report.entries import Json
from promisekit.report.layout import aligned
from promisekit.words import Message, say, text

PASSED, FAILED, UNREAD = say("passed"), say("FAILED"), say("NOT RUN")
NOTICED_AT_MOST = 5
"""So many diagnostics of one code are told of a test that failed; the JSON has all of them."""


def line_of(outcome: Outcome, language: str) -> str:
    """`promises/2022-03.yaml:142 passed: Three are enough`."""
    line = outcome.promise.source.place(outcome.test.route).line
    where = f"{neutral(outcome.promise.loaded.file)}:{line}"
    return f"{where} {text(_word(outcome), language)}: {_name(outcome)}"


def _name(outcome: Outcome) -> str:
    engine = "" if outcome.engine == "reference" else f" [{outcome.engine}]"
    return neutral(outcome.test.test.name) + engine


def _word(outcome: Outcome) -> Message:
    if outcome.evaluation is None:
        return UNREAD
    return PASSED if outcome.passed else FAILED


def failure_text(outcome: Outcome, language: str) -> str:
    """All that there is to say about a test that failed; nothing about one that passed."""
    return "\n\n".join(_blocks(outcome, language))


def _blocks(outcome: Outcome, language: str) -> Iterator[str]:
    by_commitment: dict[str, list[Difference]] = {}
    for one in outcome.differences:
        by_commitment.setdefault(one.commitment, []).append(one)
    for commitment, differences in by_commitment.items():
        yield "\n".join(_difference(one, outcome, language) for one in differences)
        if outcome.evaluation is not None:
            from promisekit.report.text import found_text  # imported late: only what failed is explained

            yield indent(found_text(outcome.evaluation, commitment, language), "    ")
    if outcome.diagnostics:
        yield indent("\n".join(_noticed(outcome.diagnostics, language)), "    ")
    if outcome.evaluation is not None and outcome.differences:
        yield indent("\n".join(_tables(outcome, language)), "    ")


def _noticed(found: Sequence[Diagnostic], language: str) -> Iterator[str]:
    """What was noticed about the log, a few of each code."""
    of_code: dict[str, list[Diagnostic]] = {}
    for one in found:
        of_code.setdefault(one.code, []).append(one)
    yield diagnostics_text([one for ones in of_code.values() for one in ones[:NOTICED_AT_MOST]], language)
    for code, ones in of_code.items():
        if len(ones) > NOTICED_AT_MOST:
            n = len(ones) - NOTICED_AT_MOST
            yield text(say("{n} more of [{code}]", "{n} more of [{code}]", n=n, code=code), language)


def _difference(one: Difference, outcome: Outcome, language: str) -> str:
    place = outcome.promise.source.place(one.route)
    at = f"  {neutral(outcome.promise.loaded.file)}:{place.line}:{place.column}: "
    if isinstance(one.expected, list) and isinstance(one.found, list):
        said = _lists(one, one.expected, one.found, language)
    else:
        said = say(
            "`{about}` of `{commitment}` should be {expected}, and is {found}",
            commitment=one.commitment,
            about=one.about,
            expected=shown(one.expected, language),
            found=shown(one.found, language),
        )
    return at + neutral(text(said, language))


def _lists(one: Difference, expected: list[Json], found: list[Json], language: str) -> Message:
    """What a list lacks, and what it has that nobody expected."""
    lacks = [item for item in expected if item not in found]
    more = [] if one.about.endswith("near_misses") and expected else [item for item in found if item not in expected]
    about = say("`{about}` of `{commitment}`", about=one.about, commitment=one.commitment)
    if not lacks or not more:
        return (
            say("{about} should not have {more}", about=about, more=shown(more, language))
            if more
            else say("{about} lacks {lacks}", about=about, lacks=shown(lacks, language))
        )
    return say(
        "{about} lacks {lacks}, and should not have {more}",
        about=about,
        lacks=shown(lacks, language),
        more=shown(more, language),
    )


def shown(value: Json, language: str) -> str:
    """A value as it would be written in the promise."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return text(say("nothing"), language)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {shown(inner, language)}" for key, inner in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(shown(inner, language) for inner in value) + "]"
    return str(value)


def _tables(outcome: Outcome, language: str) -> Iterator[str]:
    """Which line of the promise is row 2 of each table: row numbers are those of the tables."""
    for table in outcome.test.tables:
        if table.content is not None and table.content.count("\n") > 1:
            (place,) = table.places([2], outcome.promise.source)
            told = say("Row 2 of `{source}` is line {line} of the promise.", source=table.source, line=str(place.line))
            yield text(told, language)


def summary(outcomes: Sequence[Outcome], language: str) -> str:
    """How many passed, failed and could not be run."""
    failed = sum(one.evaluation is not None and not one.passed for one in outcomes)
    unread = sum(one.evaluation is None for one in outcomes)
    numbers = [say("{n} passed", "{n} passed", n=sum(one.passed for one in outcomes))]
    numbers += [say("{n} failed", "{n} failed", n=failed)] if failed else []
    numbers += [say("{n} could not be run", "{n} could not be run", n=unread)] if unread else []
    tests = say("{n} test", "{n} tests", n=len(outcomes))
    return text(tests, language) + ": " + ", ".join(text(number, language) for number in numbers)


def coverage_text(name: str, commitments: Sequence[Shown], language: str) -> str:
    """Which commitments were shown kept and broken, by how many tests each, and what to add where none does."""
    rows = [[text(one, language) for one in (say("Commitment"), say("Shown kept"), say("Shown broken"))]]
    rows += [[one.commitment, _times(one.kept, language), _times(one.broken, language)] for one in commitments]
    n = sum(one.whole for one in commitments)
    counted = say(
        "{n} of {commitments} is shown both kept and broken.",
        "{n} of {commitments} are shown both kept and broken.",
        n=n,
        commitments=say("{n} commitment", "{n} commitments", n=len(commitments)),
    )
    blocks = [neutral(name), aligned(rows, 2), f"  {text(counted, language)}"]
    return "\n".join([*blocks, *(f"  {line}" for one in commitments for line in _missing(one, language))])


def _times(tests: Sequence[str], language: str) -> str:
    return text(say("{n} test", "{n} tests", n=len(tests)) if tests else say("never"), language)


def _missing(one: Shown, language: str) -> Iterator[str]:
    """What a test would have to show that none does."""
    for verdict, tests in (("kept", one.kept), ("broken", one.broken)):
        if not tests and one.judged:
            hint = say(
                "`{name}` is judged by people: add a test whose `assessments:` say `verdict: {verdict}`",
                name=one.commitment,
                verdict=verdict,
            )
            yield text(hint, language)
        elif not tests:
            hint = say("add a test that expects `{name}: {verdict}`", name=one.commitment, verdict=verdict)
            yield text(hint, language)
