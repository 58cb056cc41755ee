"""Describe models as tables of keys, for the reference page."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from enum import Enum
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, StringConstraints
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from wavedeck.study.base import GroupName, Identifier, StudyName, WaveName
from wavedeck.study.conditions import Where
from wavedeck.study.settings import IsoDate, Sha256
from wavedeck.study.shape import bare, field_type, is_local_text, is_model, is_union, literals, tagged

_WORDS = {
    "str": "text",
    "int": "whole number",
    "float": "number",
    "bool": "true or false",
    "Any": "anything",
    "date": "date",
}
_NAMED: tuple[tuple[Any, str], ...] = (
    (Identifier, "id"),
    (WaveName, "wave"),
    (GroupName, "group"),
    (StudyName, "name"),
    (IsoDate, "date"),
    (Sha256, "SHA-256"),
)
_HEADER = "| key | type | default | what it is |\n|---|---|---|---|"


def model_sections(model: type[BaseModel]) -> Iterator[str]:
    """Yield the table of a model, then one section for each model within it."""
    yield f"{_summary(model)}\n\n{_table(model)}\n"
    for inner in inner_models(model):
        yield f"### {_title(inner)}\n\n{_summary(inner)}\n\n{_table(inner)}\n"


def inner_models(model: type[BaseModel]) -> list[type[BaseModel]]:
    """Return every model within a model, each once."""
    found: dict[type[BaseModel], None] = {}
    todo = [model]
    while todo:
        for inner in _direct_models(todo.pop(0)):
            if inner not in found and inner is not model:
                found[inner] = None
                todo.append(inner)
    return list(found)


def _direct_models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for info in model.model_fields.values():
        yield from _models_in(info.annotation)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if is_model(annotation):
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)


def _title(model: type[BaseModel]) -> str:
    words = re.findall(r"[A-Z][a-z]*", model.__name__)
    return " ".join([words[0], *(word.lower() for word in words[1:])])


def _summary(model: type[BaseModel]) -> str:
    return inspect.cleandoc(model.__doc__ or "").split("\n\n")[0].replace("\n", " ")


def _table(model: type[BaseModel]) -> str:
    return "\n".join([_HEADER, *(_row(name, info) for name, info in model.model_fields.items())])


def _row(name: str, info: FieldInfo) -> str:
    cells = [f"`{name}`", _type(field_type(info)), _default(info), info.description or ""]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _default(info: FieldInfo) -> str:
    if info.is_required():
        return "required"
    value = info.get_default(call_default_factory=True, validated_data={})
    if value is None or value is PydanticUndefined or value in ("", [], {}) or isinstance(value, BaseModel):
        return ""
    plain = value.value if isinstance(value, Enum) else value
    return f"`{json.dumps(plain, ensure_ascii=False) if not isinstance(plain, str) else plain}`"


def _type(annotation: Any) -> str:
    if is_local_text(annotation) and not _is_choice(annotation):
        return "text"
    if _same(annotation, Where):
        return "condition"
    named = _name_of(annotation)
    if named:
        return named
    if tagged(annotation):
        return "one of " + ", ".join(_link(model) for model in dict.fromkeys(tagged(annotation).values()))
    return _structure(bare(annotation))


def _structure(inner: Any) -> str:
    arguments = get_args(inner)
    if is_model(inner):
        return _link(inner)
    if is_union(inner):
        return " or ".join(dict.fromkeys(_type(member) for member in arguments if member is not type(None)))
    if get_origin(inner) is list:
        return f"list of {_type(arguments[0])}"
    if get_origin(inner) is dict:
        return f"{_type(arguments[0])} → {_type(arguments[1])}"
    if get_origin(inner) is Annotated:
        return _type(inner)
    values = literals(inner)
    return ", ".join(f"`{value}`" for value in values) if values else _WORDS[inner.__name__]


def _is_choice(annotation: Any) -> bool:
    inner = bare(annotation)
    return is_union(inner)


def _name_of(annotation: Any) -> str:
    if is_union(annotation):
        members = [member for member in get_args(annotation) if member is not type(None)]
        return _name_of(members[0]) if len(members) == 1 else ""
    return next((name for named, name in _NAMED if _pattern(annotation) == _pattern(named)), "")


def _pattern(annotation: Any) -> str | None:
    extras = get_args(annotation)[1:] if get_origin(annotation) is Annotated else ()
    found = [extra.pattern for extra in extras if isinstance(extra, StringConstraints)]
    return str(found[0]) if found else None


def _same(annotation: Any, named: Any) -> bool:
    if is_union(annotation):
        return any(_same(member, named) for member in get_args(annotation))
    extras = get_args(annotation)[1:] if get_origin(annotation) is Annotated else ()
    return get_args(named)[1] in extras


def _link(model: type[BaseModel]) -> str:
    title = _title(model)
    return f"[{title.lower()}](#{title.lower().replace(' ', '-')})"
