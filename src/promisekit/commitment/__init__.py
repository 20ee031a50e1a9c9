"""Everything the author of a kind imports besides the plan: the base class and the types of fields."""

from promisekit.commitment.base import Commitment, Context, Days, Flaw, Model
from promisekit.commitment.every import Recurring
from promisekit.commitment.fields import Between, IsoDay, Name, Number, Passages, Text
from promisekit.commitment.target import Targeted

__all__ = [
    "Between",
    "Commitment",
    "Context",
    "Days",
    "Flaw",
    "IsoDay",
    "Model",
    "Name",
    "Number",
    "Passages",
    "Recurring",
    "Targeted",
    "Text",
]
