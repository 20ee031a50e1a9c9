"""Which keys a place in the document may have: read off the models, for suggestions and the schema."""

from __future__ import annotations

from contextlib import suppress
from types import UnionType
from typing import Annotated, Union, get_args, get_origin

from pydantic import Tag

from promisekit.commitment import Commitment, Model
from promisekit.kinds import kind_class, kind_names
from promisekit.spec.shapes import DUPLICATES

SHARED = ("log", "shared")
"""Where the model has the one mapping for all exports; in YAML it is `log` itself."""
Location = tuple[str | int, ...]
"""Where pydantic says an error is: keys and positions, and names of fields that no YAML holds."""


def step_into(data: object, step: str | int) -> object:
    """The value under a key or at a position. Raises LookupError where there is none."""
    if isinstance(data, dict):
        return data[step]
    if isinstance(data, list) and isinstance(step, int):
        return data[step]
    raise LookupError(step)


def keys_at(root: type[Model], location: Location, data: object) -> tuple[str, ...]:
    """The keys that the mapping at `location` may have; none where it is free."""
    model = _model_at(root, location, data)
    beside = (DUPLICATES,) if location == SHARED else ()  # it stands beside the keys of the one mapping
    return (*(field.alias or name for name, field in model.model_fields.items()), *beside) if model else ()


def _model_at(root: type[Model], location: Location, data: object) -> type[Model] | None:
    annotation: object = root
    for step in location:
        model = _model(annotation)
        with suppress(LookupError):
            data = step_into(data, step)
        annotation = _inside(annotation, step) if model is None else _field(model, step)
        if annotation is Commitment:
            annotation = kind_of(data)
    return _model(annotation)


def list_keys(model: type[Model], of: type[Model]) -> tuple[str, ...]:
    """The keys of a model that hold lists of a certain model."""
    fields = model.model_fields.items()
    return tuple(field.alias or name for name, field in fields if _list_of(field.annotation) is of)


def _list_of(annotation: object) -> object:
    bare = _bare(annotation)
    return _bare(get_args(bare)[0]) if get_origin(bare) is list else None


def kind_of(data: object) -> type[Commitment]:
    """The class that a commitment is read with, as far as its `kind` can be told."""
    kind = data.get("kind") if isinstance(data, dict) else None
    return kind_class(kind) if isinstance(kind, str) and kind in kind_names() else Commitment


def _model(annotation: object) -> type[Model] | None:
    bare = _bare(annotation)
    return bare if isinstance(bare, type) and issubclass(bare, Model) else None


def _bare(annotation: object) -> object:
    """The annotation without `Annotated` and without `| None`."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        inner = [part for part in get_args(annotation) if part is not type(None)]
        return _bare(inner[0]) if len(inner) == 1 else annotation
    return annotation


def _inside(annotation: object, step: str | int) -> object:
    """The type of what a mapping or list of that annotation holds; the annotation itself for a step that is no key."""
    bare = _bare(annotation)
    if get_origin(bare) in (dict, list):
        return _bare(get_args(bare)[-1])
    if get_origin(bare) in (Union, UnionType):
        return next((part for part in get_args(bare) if _tagged(part, step)), annotation)
    return annotation


def _tagged(part: object, step: str | int) -> bool:
    """Whether this is the branch of a union that pydantic calls so."""
    return any(isinstance(told, Tag) and told.tag == step for told in get_args(part)[1:])


def _field(model: type[Model], step: str | int) -> object:
    for name, field in model.model_fields.items():
        if (field.alias or name) == step:
            return _bare(field.annotation)
    return None
