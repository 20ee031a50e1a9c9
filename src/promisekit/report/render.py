"""Rendering: a page through the templates of one form. Templates get plain data and run in a sandbox."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Literal, get_args

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape
from msgspec import to_builtins

from promisekit.report.clean import NAMED, markdown, neutral
from promisekit.report.faults import broken
from promisekit.report.layout import columns, underlined, wrapped
from promisekit.report.teller import Audience
from promisekit.report.templates import own_templates, shipped
from promisekit.report.view import view
from promisekit.verdict.model import Evaluation
from promisekit.words import Message, text

Form = Literal["html", "md", "txt"]
FORMS: tuple[Form, ...] = get_args(Form)
STYLES = ("report.css", "print.css")
LARGEST_PRODUCT = 1_000_000
"""What `*` and `**` may yield in a template, in characters or as a number: a typing error must not fill the memory."""


class Ready(str):
    """Text that a filter has made ready for its form, and that must not be escaped again."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, with a bound on products."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: object, operator: str, left: object, right: object) -> object:
        """`left * right` where the result stays small."""
        size = [len(side) if isinstance(side, str | list | tuple) else side for side in (left, right)]
        numbers = [abs(side) for side in size if isinstance(side, int | float)]
        if operator == "**" or (len(numbers) == 2 and numbers[0] * numbers[1] > LARGEST_PRODUCT):
            raise SecurityError(f"the product of `{operator}` may be too large")
        return left * right  # type: ignore[operator]


def render(
    evaluation: Evaluation,
    *,
    to: Form,
    language: str | None = None,
    template_folder: str | None = None,
    audience: Audience = "public",
) -> str:
    """The report in one form. Raises Invalid for a template of the user's that does not work."""
    spoken = language or evaluation.plan.header.language
    folder = None if template_folder is None else own_templates(template_folder)
    environment = _environment(to, spoken, folder)
    page = to_builtins(view(evaluation, spoken, audience))
    try:
        return environment.get_template(f"report.{to}.j2").render(page=page)
    except Exception as problem:
        if folder is None:
            raise
        raise broken(problem, folder) from None


def _environment(to: Form, language: str, folder: Path | None) -> Environment:
    loaders = [FileSystemLoader(place) for place in (folder, shipped("templates")) if place is not None]
    environment = Sandbox(
        loader=ChoiceLoader(loaders),
        undefined=StrictUndefined,
        autoescape=to == "html",
        finalize=_finalized(to),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    del environment.filters["safe"]
    environment.filters["marked"] = {"html": _marked_html, "md": _marked_markdown, "txt": neutral}[to]
    environment.filters |= {"wrapped": wrapped, "columns": columns, "underlined": underlined}
    environment.globals["_"] = partial(_said, language)
    if to == "html":
        environment.globals |= _style(environment)
    return environment


def _finalized(to: Form) -> Callable[[object], object] | None:
    """What happens to every value that a template prints. HTML is escaped by Jinja itself."""
    if to != "md":
        return None
    return lambda value: value if isinstance(value, Ready) else markdown(str(value))


def _said(language: str, sentence: str) -> str:
    return text(Message(sentence), language)


def _marked_html(value: str) -> Markup:
    return Markup(NAMED.sub(r"<code>\1</code>", str(escape(value))))


def _marked_markdown(value: str) -> Ready:
    parts = NAMED.split(value)
    return Ready("".join(f"**{markdown(part)}**" if at % 2 else _inner(part) for at, part in enumerate(parts)))


def _inner(part: str) -> str:
    """A part of a line, with the white space that joins it to its neighbours."""
    inner = markdown(part)
    before = " " if part[:1].isspace() else ""
    after = " " if part[-1:].isspace() and inner else ""
    return before + inner + after


def _style(environment: Environment) -> Mapping[str, object]:
    """The style sheet, and its hash: the page allows this one style and nothing else."""
    loader = environment.loader
    assert loader is not None
    sheet = "\n".join(loader.get_source(environment, name)[0].strip() for name in STYLES)
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    return {"style": Markup(sheet), "style_hash": f"sha256-{digest}"}
