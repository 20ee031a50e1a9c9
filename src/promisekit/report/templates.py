"""Where templates are found: in the user's folder, in the installed package, or in the checkout."""

from __future__ import annotations

from pathlib import Path

from promisekit.diagnostics import Diagnostic, Invalid, Severity
from promisekit.words import Message, say

PACKAGE = Path(__file__).resolve().parents[1]
CHECKOUT = PACKAGE.parents[1]


def shipped(name: str) -> Path:
    """A folder that is shipped: beside the modules in an installed package, at the top of a checkout."""
    installed = PACKAGE / name
    return installed if installed.is_dir() else CHECKOUT / name


def own_templates(folder: str) -> Path:
    """The user's folder. Raises Invalid where it is none, or holds nothing that would ever be used."""
    path = Path(folder)
    names = sorted(file.name for file in shipped("templates").iterdir() if file.is_file())
    listed = ", ".join(f"`{name}`" for name in names)
    if not path.is_dir():
        message = say("there is no folder `{folder}` with templates", folder=folder)
        raise _missing(message, folder, listed)
    if not any((path / name).is_file() for name in names):
        message = say("the folder holds no template that a report is made from")
        raise _missing(message, folder, listed)
    return path


def _missing(message: Message, folder: str, listed: str) -> Invalid:
    """The refusal of a folder, with the names that count."""
    hint = say("it may hold its own versions of {names}; the others are taken from promisekit", names=listed)
    return Invalid((Diagnostic("template.missing", Severity.ERROR, message, hint, folder),))
