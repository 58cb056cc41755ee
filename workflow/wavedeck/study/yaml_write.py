"""Write YAML that `yaml_lines` reads back as it was: readable, and the same each time."""

from __future__ import annotations

from typing import Any

import yaml

from wavedeck.study.yaml_lines import plain_value

_WIDTH = 110
_ONE_LINE = 80


class _Writer(yaml.SafeDumper):
    """Quotes whatever would not be read as text, and writes short mappings on one line."""

    def represent_mapping(self, tag: str, mapping: Any, flow_style: bool | None = None) -> yaml.MappingNode:
        """Return a mapping, on one line when it is short."""
        node = super().represent_mapping(tag, mapping, flow_style)
        node.flow_style = _is_short(node)
        return node

    def represent_sequence(
        self, tag: str, sequence: Any, flow_style: bool | None = None
    ) -> yaml.SequenceNode:
        """Return a list, on one line when it is short."""
        node = super().represent_sequence(tag, sequence, flow_style)
        node.flow_style = _is_short(node)
        return node

    def ignore_aliases(self, _: Any) -> bool:
        """Write everything out."""
        return True


def _text(writer: _Writer, value: str) -> yaml.ScalarNode:
    is_plain = value.isprintable() and plain_value(value) == value
    return writer.represent_scalar("tag:yaml.org,2002:str", value, style=None if is_plain else '"')


_Writer.add_representer(str, _text)


def to_yaml(data: Any) -> str:
    """Return data as YAML text, keys in the order given.

    >>> print(to_yaml({"waves": ["2017"], "label": "Yes"}), end="")
    waves: ["2017"]
    label: 'Yes'
    """
    return _dump(data, _WIDTH)


def to_flow(data: Any) -> str:
    """Return data as YAML on one line.

    >>> to_flow({"area": ["a", "b"]})
    '{area: [a, b]}'
    """
    writer_text = yaml.dump(
        data,
        Dumper=_OneLine,
        sort_keys=False,
        allow_unicode=True,
        width=float("inf"),
        default_flow_style=True,
    )
    return writer_text.strip().removesuffix("\n...").strip()


class _OneLine(_Writer):
    """Writes everything on one line."""

    def represent_mapping(self, tag: str, mapping: Any, flow_style: bool | None = None) -> yaml.MappingNode:
        """Return a mapping on one line."""
        node = super().represent_mapping(tag, mapping, flow_style)
        node.flow_style = True
        return node

    def represent_sequence(
        self, tag: str, sequence: Any, flow_style: bool | None = None
    ) -> yaml.SequenceNode:
        """Return a list on one line."""
        node = super().represent_sequence(tag, sequence, flow_style)
        node.flow_style = True
        return node


def _dump(data: Any, width: int) -> str:
    return yaml.dump(data, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=width)


def _is_short(node: yaml.CollectionNode) -> bool:
    length = _length(node)
    return length is not None and length <= _ONE_LINE


def _length(node: yaml.Node) -> int | None:
    if isinstance(node, yaml.ScalarNode):
        return len(node.value) + 4
    if isinstance(node, yaml.MappingNode):
        if not all(isinstance(value, yaml.ScalarNode) for _, value in node.value) and not _is_condition(node):
            return None
        lengths = [_length(child) for pair in node.value for child in pair]
    else:
        lengths = [_length(child) for child in node.value]
    return None if None in lengths else sum(length for length in lengths if length is not None) + 2


def _is_condition(node: yaml.MappingNode) -> bool:
    return len(node.value) == 1 and isinstance(node.value[0][1], yaml.SequenceNode)
