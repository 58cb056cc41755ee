"""Values as cells hold them, and back."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any

import yaml

from wavedeck.study.errors import ConfigError
from wavedeck.study.sheets.layout import Kind
from wavedeck.study.yaml_lines import parse_yaml
from wavedeck.study.yaml_write import to_flow

LONGEST = 32_767
_SPECIAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_YES = {"true": True, "yes": True, "false": False, "no": False}


def to_cell(value: Any, kind: Kind) -> str | float | bool | None:
    """Return what a cell holds for a value.

    >>> to_cell(["2015", "2017"], "list")
    '2015, 2017'
    """
    if value is None:
        return None
    if kind == "flag":
        return value
    if kind == "number":
        return _number_cell(value)
    if kind == "list":
        return _list_cell(value)
    text = _checked(to_flow(value) if kind == "condition" else value)
    return _escaped(text) if _needs_escape(text) else text


def _number_cell(value: float) -> str | float:
    value += 0.0  # minus zero is zero
    return value if float(f"{value:.16g}") == value else repr(value)


def from_cell(value: Any, kind: Kind) -> Any:
    """Return the value that a cell holds, None for an empty cell.

    >>> from_cell(2017, "text"), from_cell("2015, 2017", "list"), from_cell("yes", "flag")
    ('2017', ['2015', '2017'], True)

    Raises
    ------
    ConfigError
        When the cell cannot be read as that kind; the message lacks file and cell.
    """
    if value is None or value == "":
        return None
    if kind == "number":
        return value
    if kind == "flag":
        return value if isinstance(value, bool) else _YES.get(str(value).strip().lower(), value)
    text = _text(value)
    if kind == "list":
        return _list(text)
    return _condition(text) if kind == "condition" else text


def _text(value: Any) -> str:
    if isinstance(value, bool):
        raise ConfigError(f"'{value}' is no text here; put ' before it")
    if isinstance(value, date | time):
        raise ConfigError(f"the spreadsheet made the date or time '{value}' of this; format the cell as text")
    if isinstance(value, int | float):
        return str(int(value)) if float(value).is_integer() else repr(value)
    text = str(value)
    if len(text) >= 2 and text[0] == text[-1] == '"':
        return _unescaped(text)
    return text


def _unescaped(text: str) -> str:
    try:
        return str(json.loads(text))
    except json.JSONDecodeError:
        return text


def _needs_escape(text: str) -> bool:
    return text == "" or text != text.strip() or text[0] == '"' or bool(_SPECIAL.search(text)) or "\r" in text


def _escaped(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return _SPECIAL.sub(_as_codes, text)


def _as_codes(match: re.Match[str]) -> str:
    first, rest = match[0][0], match[0][1:]
    return f"\\u{ord(first):04x}{rest}"


def _list_cell(values: list[str]) -> str:
    is_plain = bool(values) and all(_is_plain(value) for value in values) and not values[0].startswith("[")
    return _checked(", ".join(values) if is_plain else _escaped(values))


def _is_plain(text: str) -> bool:
    return not _needs_escape(text) and "," not in text


def _list(text: str) -> list[str]:
    if text.startswith("["):
        try:
            return [_text(value) for value in json.loads(text)]
        except json.JSONDecodeError as error:
            raise ConfigError(f'\'{text}\' is no list; write a, b or ["a", "b"]') from error
    return [part.strip() for part in text.split(",")]


def _condition(text: str) -> Any:
    try:
        value = parse_yaml(text)
    except (yaml.YAMLError, ConfigError) as error:
        raise ConfigError(f"'{text}' is no condition; write e.g. {{transport: [car, bus]}}") from error
    if not isinstance(value, Mapping):
        raise ConfigError(f"'{text}' is no condition; write e.g. {{transport: [car, bus]}}")
    return value


def _checked(text: str) -> str:
    if len(text) > LONGEST:
        raise ConfigError(
            f"a cell holds at most {LONGEST} characters, this text has {len(text)}: {text[:40]}..."
        )
    return text
