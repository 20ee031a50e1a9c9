"""Keeps pydantic from looking for plugins, which a command that validates a page of YAML has no use for.

Switched off by its environment variable, pydantic still imports what it would look for them with: the reader of every
installed package's metadata, a tenth of the start of `promisekit validate`.
"""

from __future__ import annotations

import os
import sys
from types import ModuleType

LOADER = "pydantic.plugin._loader"


def look_for_no_plugins() -> None:
    """A promise means the same whatever is installed beside promisekit. Must come before pydantic is imported."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    loader = ModuleType(LOADER, "Finds no plugins.")
    loader.__dict__["get_plugins"] = tuple
    sys.modules.setdefault(LOADER, loader)
