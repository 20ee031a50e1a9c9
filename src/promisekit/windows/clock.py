"""The clock on the wall. Only the command line may ask it: everything else gets its as-of as an argument."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from promisekit.windows.civil import Zone


def today(zone: Zone) -> str:
    """The date in `zone`, as `YYYY-MM-DD`."""
    return datetime.now(ZoneInfo(zone.name)).date().isoformat()
