"""What the terminal shows: the verdicts in short (`evaluate`) and one commitment in full (`explain`)."""

from __future__ import annotations

from collections.abc import Iterator

from promisekit.report import page
from promisekit.report.composed import NAMED_AT_MOST
from promisekit.report.layout import aligned, underlined, wrapped
from promisekit.report.teller import Audience
from promisekit.report.view import one_view, view
from promisekit.report.voice import Voice
from promisekit.verdict.model import Evaluation, Status
from promisekit.words import say

WINDOWS_AT_MOST = 8
NEAR_AT_MOST = 3
"""So many near misses of each commitment are told in short."""


def summary_text(evaluation: Evaluation, language: str, audience: Audience = "internal") -> str:
    """The verdicts, for a terminal or a mail."""
    shown, voice = view(evaluation, language, audience), Voice(language)
    blocks = ["\n".join(_head(shown))]
    blocks += ["\n".join(_in_short(commitment, voice)) for commitment in shown.commitments]
    blocks.append("\n".join(_sources(shown)))
    return "\n\n".join(blocks) + "\n"


def explain_text(evaluation: Evaluation, commitment_id: str, language: str, audience: Audience = "internal") -> str:
    """One commitment, or a part of one (`commitment/part`): the rule, the arithmetic, every row, what remains, what the
    log covers. Raises KeyError where there is none."""
    shown, voice = view(evaluation, language, audience), Voice(language)
    commitment = one_view(evaluation, commitment_id, language, audience)
    blocks = [
        "\n".join([underlined(f"{commitment.id}: {commitment.mark.word}"), shown.as_of + "."]),
        "\n".join(wrapped(quote, 2) for quote in commitment.quotes),
        "\n".join(_rule(commitment, voice)),
        "\n".join(_arithmetic(commitment, voice)),
        "\n".join(_members(commitment)),
        *("\n".join(_in_short(part, voice)) for part in commitment.parts),
        *("\n".join(_rows(rows)) for rows in commitment.row_lists),
        "\n".join(_assessments(commitment, voice)),
        "\n".join(_sources(shown)),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def found_text(evaluation: Evaluation, commitment_id: str, language: str) -> str:
    """What was found of one commitment or a part of one, without what is promised of it: the arithmetic and the rows.

    Raises KeyError where there is none."""
    commitment, voice = one_view(evaluation, commitment_id, language, "internal"), Voice(language)
    blocks = [
        f"{commitment.mark.word}: {commitment.id}\n" + wrapped(commitment.rule, 2),
        "\n".join(_arithmetic(commitment, voice)),
        "\n".join(_members(commitment)),
        *("\n".join(_rows(rows)) for rows in commitment.row_lists),
        "\n".join(_assessments(commitment, voice)),
    ]
    return "\n\n".join(block for block in blocks if block)


def _head(shown: page.Page) -> Iterator[str]:
    yield underlined(shown.title)
    yield shown.as_of + "."
    yield ""
    yield shown.verdict
    yield wrapped(shown.tally)


def _in_short(commitment: page.Commitment, voice: Voice) -> Iterator[str]:
    owner = f" ({commitment.owner})" if commitment.owner and not commitment.top else ""
    yield f"{commitment.mark.word}: {commitment.id}{owner}"
    yield wrapped(voice(say("{label}: {text}", label=commitment.rule_label, text=commitment.rule)), 4, 2)
    if len(commitment.windows) > 1:
        yield from _windows(commitment, voice)
    yield wrapped(commitment.why, 4)
    if len(commitment.remaining) > 1 and commitment.members is None:
        for left in commitment.remaining:
            yield wrapped(voice(say("Remains: {what}", what=left)), 4, 2)
    for rows in commitment.row_lists:
        if rows.name == "near":
            yield from _near(rows, voice)
    for waiver in _waivers(commitment):
        yield wrapped(f"{waiver.text} {waiver.without}", 4)
    if commitment.without:
        yield wrapped(commitment.without, 4)
    if commitment.members is not None:
        yield from _worst(commitment.members)
    for part in commitment.parts:
        yield from (f"    {line}" for text in _in_short(part, voice) for line in text.split("\n"))


def _waivers(commitment: page.Commitment) -> Iterator[page.Waiver]:
    if commitment.waiver is not None:
        yield commitment.waiver
    yield from commitment.aside


def _worst(members: page.Members) -> Iterator[str]:
    """Some of the members that are not kept, where they are more than the sentences name."""
    shown = [row for row in members.rows if row.mark.name not in (Status.KEPT, Status.NOT_APPLICABLE)]
    if len(shown) > NAMED_AT_MOST:
        yield aligned([(row.name, row.counted, row.mark.word) for row in shown[:WINDOWS_AT_MOST]], 6)


def _members(commitment: page.Commitment) -> Iterator[str]:
    if commitment.members is not None:
        yield commitment.members.heading
        yield aligned([(row.name, row.counted, row.mark.word) for row in commitment.members.rows], 2)
        if commitment.members.more:
            yield f"  {commitment.members.more}"
        yield f"  {commitment.members.total}"


def _near(rows: page.Rows, voice: Voice) -> Iterator[str]:
    """The near misses that would have changed the verdict, a few of them, how many there are in all, and where the
    others are."""
    first = [row for row in rows.rows if row.pivotal][:NEAR_AT_MOST]
    if not first:
        yield wrapped(voice(say("{heading}: see `promisekit explain`", heading=rows.heading)), 4)
        return
    yield wrapped(f"{rows.heading}:", 4)
    yield aligned([(row.cite, row.when, "\n".join([*row.notes, row.pivotal])) for row in first], 6)
    left = rows.total - len(first)
    if left:
        others = say(
            "… and {n} more row: see `promisekit explain`", "… and {n} more rows: see `promisekit explain`", n=left
        )
        yield " " * 6 + voice(others)


def _windows(commitment: page.Commitment, voice: Voice) -> Iterator[str]:
    """All windows where they are few, else some that are neither kept nor ahead, and how many are left out."""
    few = len(commitment.windows) <= WINDOWS_AT_MOST
    quiet = (Status.KEPT, Status.NOT_STARTED, Status.NOT_APPLICABLE)
    shown = [row for row in commitment.windows if few or row.mark.name not in quiet]
    if shown:
        left = len(commitment.windows) - len(shown[:WINDOWS_AT_MOST])
        yield aligned([(row.label, row.counted, row.target, row.mark.word) for row in shown[:WINDOWS_AT_MOST]], 6)
        if left:
            yield " " * 6 + voice(say("… and {n} more period", "… and {n} more periods", n=left))


def _rule(commitment: page.Commitment, voice: Voice) -> Iterator[str]:
    facts = [(commitment.rule_label, commitment.rule)]
    facts += [(f"  `{fact.term}`", fact.text) for fact in commitment.means]
    facts += [(voice(say("How we read it")), commitment.reading)]
    granted = voice(say("What it takes for granted"))
    facts += [("" if number else granted, said) for number, said in enumerate(commitment.readings)]
    facts += [(voice(say("Responsible")), commitment.owner)]
    yield aligned([fact for fact in facts if fact[1]])


def _arithmetic(commitment: page.Commitment, voice: Voice) -> Iterator[str]:
    if commitment.windows:
        heads = (say("Time"), say("Count"), say("Target"), say("How it stands"))
        rows = [(row.label, row.counted, row.target, row.mark.word) for row in commitment.windows]
        yield aligned([tuple(voice(head) for head in heads), *rows], 2)
        yield ""
    yield wrapped(commitment.why)
    yield wrapped(commitment.final)
    if commitment.assumed:
        yield wrapped(commitment.assumed)
    if commitment.outlook:
        yield wrapped(voice(say("Forecast: {outlook}", outlook=commitment.outlook)))
    for waiver in _waivers(commitment):
        yield wrapped(f"{waiver.text} {waiver.reason}")
        if waiver.without:
            yield wrapped(waiver.without)
    if commitment.without:
        yield wrapped(commitment.without)
    for left in commitment.remaining:
        yield wrapped(voice(say("Remains: {what}", what=left)), 0, 2)


def _rows(rows: page.Rows) -> Iterator[str]:
    yield rows.heading
    if rows.intro:
        yield wrapped(rows.intro)
    told = [(row.cite, row.when, "\n".join([row.what, *row.notes, *filter(None, [row.pivotal])])) for row in rows.rows]
    yield aligned(told, 2)
    if rows.more:
        yield f"  {rows.more}"


def _assessments(commitment: page.Commitment, voice: Voice) -> Iterator[str]:
    if commitment.assessments:
        yield voice(say("Assessments"))
    for said in commitment.assessments:
        replaced = f" ({voice(say('replaced by a newer assessment'))})" if said.replaced else ""
        yield wrapped(f"{said.says}, {said.date}, {said.who}{replaced}", 2, 2)
        if said.note:
            yield wrapped(said.note, 4)
        for source in said.sources:
            yield wrapped(source.text, 4, 2)


def _sources(shown: page.Page) -> Iterator[str]:
    for source in shown.sources:
        yield wrapped(f"{source.name}: {source.coverage}" + (f" {source.gaps}" if source.gaps else ""))
        heaps = ", ".join(f"{heap.text} {heap.term[:1].lower()}{heap.term[1:]}" for heap in source.heaps)
        yield wrapped(f"{source.total}: {heaps}.", 2)
