"""A promise with every sort of commitment, its log and what people said; and the certificate of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from promisekit.pipeline import read
from promisekit.proof.certificate import certificate_json, certify

PROMISE = """\
format: 1
id: rich
title: A promise with every sort of commitment
language: en
period: {start: 2022-03-01, end: 2022-05-31}
parties: {municipality: {name: The municipality}, police: {name: The police}}
log:
  columns:
    id: id
    start: start
    end: end
    status: status
    activity: activity
    place: place
    case: case
    visits: {column: visits, type: number}
    value: {column: value, type: number}
  status: {held: [held], planned: [planned], cancelled: [cancelled]}
activities:
  visit: {activity: visit, place: square}
  walk: {activity: walk}
  report: {activity: report}
  answer: {activity: answer}
  patrol: {activity: patrol}
  survey: {activity: survey}
commitments:
  - {id: visits, kind: count, what: visit, at_least: 3}
  - {id: monthly, kind: frequency, what: visit, every: month, at_least: 1}
  - {id: people, kind: count, what: visit, sum: visits, at_least: 10}
  - {id: days, kind: count, what: visit, unit: day, at_least: 2}
  - {id: reports, kind: response, each: report, followed_by: answer, same: case, within: 3 working_days}
  - {id: hours, kind: duration, what: patrol, at_least: 3 hours, total: sum, without_end: unknown}
  - {id: gap, kind: max_gap, what: visit, at_most: 60 days}
  - {id: trust, kind: measure, what: survey, value: value, at_least: 60, if_none: broken}
  - {id: together, kind: co_presence, what: visit, with: walk, at_least: 1, every: period, match: same_day}
  - {id: if-walks, kind: count, what: patrol, at_least: 1, when: walk}
  - id: either
    kind: composite
    any_of:
      - {id: many, kind: count, what: visit, at_least: 9}
      - {id: some, kind: count, what: walk, at_least: 1}
  - {id: talks, kind: qualitative, criteria: [they talked], assessed_by: [municipality, police], quorum: 2}
  - {id: waived, kind: count, what: walk, at_least: 5}
"""
LOG = """\
id,start,end,status,activity,place,case,visits,value
1,2022-03-05 10:00,2022-03-05 12:00,held,visit,square,,4,
2,2022-03-05 15:00,2022-03-05 16:00,held,visit,square,,5,
3,2022-04,,held,visit,square,,2,
4,2022-05-10 10:00,2022-05-10 11:00,planned,visit,square,,7,
5,2022-05-12 10:00,2022-05-12 11:00,held,visit,park,,9,
6,2022-05-13 10:00,2022-05-13 11:00,cancelled,visit,square,,9,
7,2022-05-14 10:00,2022-05-14 11:00,held,visit,square,,many,
8,2022-03-05 11:00,2022-03-05 12:30,held,walk,square,,,
9,2022-03-07 09:00,,held,report,,A,,
10,2022-03-10 09:00,,held,answer,,A,,
11,2022-04-13 09:00,,held,report,,B,,
12,2022-04-25 09:00,,held,answer,,B,,
13,2022-03-20 20:00,2022-03-20 23:00,held,patrol,,,,
14,2022-03-21 20:00,,held,patrol,,,,
15,2022-03-30,,held,survey,,,,55
16,2022-05-30,,held,survey,,,,61.5
2,2022-03-06 15:00,2022-03-06 16:00,held,visit,square,,5,
"""
SAID = """\
format: 1
assessments:
  - {commitment: talks, by: A. Person, role: municipality, date: 2022-05-10, verdict: kept, note: Yes.}
  - {commitment: talks, by: C. Officer, role: police, date: 2022-05-20, verdict: kept, note: Yes.}
  - {commitment: waived, by: A. Person, role: municipality, date: 2022-05-10, waiver: true, note: Storm.}
"""


def made(folder: Path) -> tuple[dict[str, Any], bytes]:
    """The certificate, and the bytes of the log."""
    log, promise, said = folder / "log.csv", folder / "rich.yaml", folder / "said.yaml"
    for path, text in ((log, LOG), (promise, PROMISE), (said, SAID)):
        path.write_text(text, encoding="utf-8")
    inputs = read(promise, [log], as_of="2022-06-01", covers=["2022-03-01/2022-05-31"], assessments=said)
    return json.loads(certificate_json(certify(inputs))), log.read_bytes()
