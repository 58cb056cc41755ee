"""YAML as people mean it: keys and odd scalars stay text, and every key knows its line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from wavedeck.study.errors import ConfigError
from wavedeck.study.paths import shown

_INTEGER = re.compile(r"^[-+]?(0|[1-9][0-9]*)$")
_FLOAT = re.compile(r"^[-+]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)([eE][-+]?[0-9]+)?$")
_CONSTANTS = {"true": True, "false": False, "null": None, "~": None, "": None}
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Path_ = tuple[str | int, ...]


@dataclass(frozen=True)
class YamlFile:
    """The content of one YAML file and the line of each of its keys.

    `lines` maps a path of keys, e.g. ``("slides", 3, "chart")``, to a 1-based line number.
    """

    path: Path
    data: Any
    lines: dict[Path_, int] = field(repr=False)

    def line(self, location: Path_) -> int:
        """Return the line of the deepest known part of a path of keys."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)

    def order(self, location: Path_) -> int:
        """Return a number that sorts keys as they stand in the file."""
        return self.line(location)

    def place(self, location: Path_) -> str:
        """Return file and line of a path of keys, as messages show them."""
        return f"{shown(self.path)}, line {self.line(location)}"


def read_yaml(path: Path) -> YamlFile:
    """Read one YAML file.

    Keys are always text; plain scalars follow YAML 1.2 (``NO`` and ``01`` stay text).

    Raises
    ------
    ConfigError
        When the file is absent, empty, not UTF-8, malformed, or names a key twice.
    """
    node = _compose(path)
    lines: dict[Path_, int] = {}
    data = _construct(node, (), lines, path)
    return YamlFile(path, data, lines)


def parse_yaml(text: str) -> Any:
    """Return the content of YAML text that stands elsewhere, e.g. in a cell.

    Raises
    ------
    yaml.YAMLError
        When it is not valid YAML.
    """
    node = yaml.compose(text, Loader=_LOADER)
    return None if node is None else _construct(node, (), {}, Path())


def _compose(path: Path) -> yaml.Node:
    try:
        node = yaml.compose(_read_text(path), Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else 1
        raise ConfigError(
            f"{shown(path)}, line {line}: this is not valid YAML ({error.problem}); "
            "check indentation, colons and quotes on this line and the one before"
        ) from error
    except yaml.YAMLError as error:
        raise ConfigError(f"{shown(path)}: this is not valid YAML ({error})") from error
    if node is None:
        raise ConfigError(f"{shown(path)}: the file is empty; write its settings or restore it")
    return node


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ConfigError(f"{shown(path)}: this file is missing") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{shown(path)}: this file is not UTF-8 text; save it as UTF-8") from error


def _construct(node: yaml.Node, where: Path_, lines: dict[Path_, int], path: Path) -> Any:
    lines.setdefault(where, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, where, lines, path)
    if isinstance(node, yaml.SequenceNode):
        return [_construct(child, (*where, i), lines, path) for i, child in enumerate(node.value)]
    return _scalar(node)


def _mapping(node: yaml.MappingNode, where: Path_, lines: dict[Path_, int], path: Path) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key in result:
            first = lines[(*where, key)]
            raise ConfigError(f"{shown(path)}, line {line}: key '{key}' stands twice (first on line {first})")
        lines[(*where, key)] = line
        result[key] = _construct(value_node, (*where, key), lines, path)
    return result


def _scalar(node: yaml.Node) -> Any:
    text = str(node.value)
    return text if getattr(node, "style", None) else plain_value(text)


def plain_value(text: str) -> Any:
    """Return what a scalar without quotes means.

    >>> [plain_value(text) for text in ("2017", "01", "1.5", "NO", "true", "")]
    [2017, '01', 1.5, 'NO', True, None]
    """
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.match(text):
        return int(text)
    return float(text) if _FLOAT.match(text) and not re.match(r"^[-+]?0[0-9]", text) else text
