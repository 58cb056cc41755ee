"""Follow a validation error's location through the models, to the keys a person wrote."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator
from pydantic.fields import FieldInfo

from wavedeck.study.base import LocalText

Location = tuple[str | int, ...]
KEY_MARK = "[key]"


@dataclass(frozen=True)
class Spot:
    """Where in a file an error stands, and what the models expect there.

    Attributes
    ----------
    path
        Keys and list positions as written in the file, without the tags of unions.
    annotation
        Type expected there; None when the models do not know the key.
    owner
        Model that holds the last key.
    is_key
        True when the key itself is wrong, not its value.
    union, union_path
        Nearest union that the value had to fit, and where it stands; None when there is none.
    """

    path: Location
    annotation: Any
    owner: type[BaseModel] | None = None
    is_key: bool = False
    union: Any = None
    union_path: Location | None = None


def locate(model: type[BaseModel], location: Location) -> Spot:
    """Return the place in the file that a pydantic error location means."""
    spot = Spot((), model)
    for step in location:
        spot = _step(spot, step)
    return spot


def bare(annotation: Any) -> Any:
    """Return an annotation without `Annotated` and without None."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if is_union(annotation):
        members = [member for member in get_args(annotation) if member is not NoneType]
        return bare(members[0]) if len(members) == 1 else annotation
    return annotation


def is_union(annotation: Any) -> bool:
    """Tell whether an annotation is a union."""
    return get_origin(annotation) in (Union, UnionType)


def is_model(annotation: Any) -> bool:
    """Tell whether an annotation is one of the models."""
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def field_type(info: FieldInfo) -> Any:
    """Return the annotation of a field, with what its declaration adds."""
    if info.discriminator:
        return Annotated[info.annotation, info]
    return Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation


def is_local_text(annotation: Any) -> bool:
    """Tell whether an annotation is a text per language, optional or not."""
    if is_union(annotation):
        return any(is_local_text(member) for member in get_args(annotation))
    return bool(set(_validators(annotation)) & set(_validators(LocalText)))


def discriminator(annotation: Any) -> str | None:
    """Return the key that tells the members of a tagged union apart, if it is one."""
    while get_origin(annotation) is Annotated:
        annotation, *extras = get_args(annotation)
        for extra in extras:
            if isinstance(extra, FieldInfo) and isinstance(extra.discriminator, str):
                return extra.discriminator
    return None


def tagged(annotation: Any) -> dict[str, type[BaseModel]]:
    """Return tag -> model of a tagged union."""
    key = discriminator(annotation)
    if key is None:
        return {}
    return {
        tag: member
        for member in get_args(bare(annotation))
        for tag in get_args(member.model_fields[key].annotation)
    }


def literals(annotation: Any) -> tuple[str, ...]:
    """Return the values of a Literal, within a union too."""
    inner = bare(annotation)
    if get_origin(inner) is Literal:
        return tuple(str(value) for value in get_args(inner))
    members = get_args(inner) if is_union(inner) else ()
    return tuple(value for member in members for value in literals(member))


def _validators(annotation: Any) -> tuple[BeforeValidator, ...]:
    extras = get_args(annotation)[1:] if get_origin(annotation) is Annotated else ()
    inner = _validators(get_args(annotation)[0]) if extras else ()
    return (*inner, *(extra for extra in extras if isinstance(extra, BeforeValidator)))


def _step(spot: Spot, step: str | int) -> Spot:
    if step == KEY_MARK:
        return replace(spot, is_key=True)
    tags = tagged(spot.annotation)
    if tags:
        return replace(spot, annotation=tags.get(str(step)))
    inner = bare(spot.annotation)
    if is_union(inner):
        return replace(spot, annotation=_member(inner, str(step)), union=inner, union_path=spot.path)
    path = (*spot.path, step)
    if is_model(inner):
        info = inner.model_fields.get(str(step))
        return replace(spot, path=path, annotation=field_type(info) if info else None, owner=inner)
    arguments = get_args(inner)
    return replace(spot, path=path, annotation=arguments[-1] if arguments else None, owner=None)


def _member(union: Any, label: str) -> Any:
    names = {_label(member): member for member in get_args(union)}
    return next((member for name, member in names.items() if name and name in label), union)


def _label(annotation: Any) -> str:
    inner = bare(annotation)
    origin = get_origin(inner) or inner
    return getattr(origin, "__name__", "").lower()
