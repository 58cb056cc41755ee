"""A codebook as plain data, without what says nothing; and as YAML."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from wavedeck.study.base import ANY_LANGUAGE
from wavedeck.study.codebook import Answers, Codebook, Item, LoopEntry, Variable, WaveOverride
from wavedeck.study.yaml_write import to_yaml


def codebook_data(codebook: Codebook) -> dict[str, Any]:
    """Return a codebook as plain data that validates to the same codebook.

    Keys that hold their default are left out.
    """
    data = {
        "scales": {name: _given(answers) for name, answers in codebook.scales.items()},
        "loops": {
            name: {entry: _given(declared) for entry, declared in entries.items()}
            for name, entries in codebook.loops.items()
        },
        "variables": {name: _variable(variable) for name, variable in codebook.variables.items()},
    }
    return {key: value for key, value in data.items() if value or key == "variables"}


def codebook_to_yaml(codebook: Codebook, path: Path) -> None:
    """Write a codebook as YAML; comments of an earlier file are not kept."""
    data = _short_texts(codebook_data(codebook))
    path.write_text("\n".join(to_yaml({key: value}) for key, value in data.items()), encoding="utf-8")


def _given(model: Answers | LoopEntry | Item | Variable) -> dict[str, Any]:
    """Return the fields that are not the default."""
    found = {}
    for name, info in type(model).model_fields.items():
        value = getattr(model, name)
        default = info.get_default(call_default_factory=True, validated_data={})
        if value != default:
            found[name] = value
    return found


def _variable(variable: Variable) -> dict[str, Any]:
    data = _given(variable)
    if variable.items:
        data["items"] = {name: _holder(item, _given(item)) for name, item in variable.items.items()}
    return _holder(variable, data)


def _holder(holder: Variable | Item, data: dict[str, Any]) -> dict[str, Any]:
    overrides = {wave: _override(override) for wave, override in holder.by_wave.items()}
    data.pop("by_wave", None)
    given = {wave: override for wave, override in overrides.items() if override}
    return {**data, "by_wave": given} if given else data


def _override(override: WaveOverride) -> dict[str, Any]:
    return {name: value for name, value in override if value is not None}


def _short_texts(value: Any) -> Any:
    """Write a text for every language as that text; whole numbers without decimals."""
    if isinstance(value, BaseModel) or not isinstance(value, Mapping):
        return int(value) if isinstance(value, float) and value.is_integer() else value
    if set(value) == {ANY_LANGUAGE}:
        return value[ANY_LANGUAGE]
    return {key: inner if key == "asked_if" else _short_texts(inner) for key, inner in value.items()}
