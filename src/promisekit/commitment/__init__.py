"""Everything the author of a kind imports besides the plan: base classes by what a kind is about, and types of fields.

`Commitment` ← `Logged` (during, day_begins, when) ← `OneActivity` (what), `ChosenDays` (on, except), `WithTarget` (one
of four keys: `Targeted` whole numbers, `TargetedShare`, `TargetedLength`) ← `Windowed` (every, anchor, partial, need);
of both `Recurring` ← `Averaged` (average); `Counted` (unit) ← `Summed` (sum, attribute). A kind combines what it needs.
"""

from promisekit.commitment.average import Averaged
from promisekit.commitment.base import Commitment, Context, Days, Flaw, Model, NamedDays, Table
from promisekit.commitment.counted import Counted, Summed, end_column_flaws, number_column_flaws
from promisekit.commitment.days import ChosenDays
from promisekit.commitment.every import Windowed
from promisekit.commitment.fields import (
    Amount,
    Between,
    Clock,
    DayNumber,
    IsoDay,
    Length,
    Name,
    Names,
    Needed,
    Number,
    Passages,
    Share,
    Text,
)
from promisekit.commitment.logged import Logged, OneActivity
from promisekit.commitment.often import need_flaws, need_words
from promisekit.commitment.readings import together_readings
from promisekit.commitment.recurring import Recurring
from promisekit.commitment.target import KEYS, Targeted, TargetedLength, TargetedShare, WithTarget

__all__ = [
    "KEYS",
    "Amount",
    "Averaged",
    "Between",
    "ChosenDays",
    "Clock",
    "Commitment",
    "Context",
    "Counted",
    "DayNumber",
    "Days",
    "Flaw",
    "IsoDay",
    "Length",
    "Logged",
    "Model",
    "Name",
    "NamedDays",
    "Names",
    "Needed",
    "Number",
    "OneActivity",
    "Passages",
    "Recurring",
    "Share",
    "Summed",
    "Table",
    "Targeted",
    "TargetedLength",
    "TargetedShare",
    "Text",
    "Windowed",
    "WithTarget",
    "end_column_flaws",
    "need_flaws",
    "need_words",
    "number_column_flaws",
    "together_readings",
]
