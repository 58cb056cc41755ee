from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wavedeck.study.errors import ConfigError
from wavedeck.study.yaml_lines import parse_yaml, plain_value, read_yaml
from wavedeck.study.yaml_write import to_flow, to_yaml

scalars = (
    st.text() | st.integers() | st.booleans() | st.none() | st.floats(allow_nan=False, allow_infinity=False)
)
trees = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)


def read(tmp_path, text, **options):
    path = tmp_path / "a.yaml"
    path.write_text(text, **options)
    return read_yaml(path)


def test_read_yaml_means_what_people_mean(tmp_path):
    text = "no: NO\n01: 01\ndate: 2017-05-01\nyes: true\nnumber: 1.5\nquoted: '5'\nwave: 2017\nempty:\n"
    assert read(tmp_path, text).data == {
        "no": "NO",
        "01": "01",
        "date": "2017-05-01",
        "yes": True,
        "number": 1.5,
        "quoted": "5",
        "wave": 2017,
        "empty": None,
    }


def test_read_yaml_knows_the_line_of_each_key(tmp_path):
    file = read(tmp_path, "a:\n  - b: 1\n    c: 2\n\nd: {e: 3}\n")
    assert file.line(("a", 0, "c")) == 3
    assert file.line(("d", "e")) == 5
    assert file.line(("d", "not there")) == 5
    assert file.line(("nowhere",)) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        ("a: 1\na: 2\n", r"line 2: key 'a' stands twice \(first on line 1\)"),
        ("a: [1, 2\nb: 3\n", "line 2: this is not valid YAML"),
        ("a: b: c\n", "line 1: this is not valid YAML"),
    ],
)
def test_read_yaml_says_what_is_wrong(tmp_path, text, message):
    with pytest.raises(ConfigError, match=message):
        read(tmp_path, text)


def test_read_yaml_not_utf8(tmp_path):
    with pytest.raises(ConfigError, match="not UTF-8"):
        read(tmp_path, "a: é\n", encoding="latin-1")


@given(trees)
def test_to_yaml_is_read_back_as_it_was(tree):
    assert parse_yaml(to_yaml({"a": tree})) == {"a": tree}


@given(trees)
def test_to_flow_is_one_line_that_is_read_back(tree):
    line = to_flow({"a": tree})
    assert "\n" not in line
    assert parse_yaml(line) == {"a": tree}


@given(st.text(alphabet="0123456789.+-eE_xo", max_size=6))
def test_plain_value_numbers_are_those_of_python(text):
    value = plain_value(text)
    assert value == (text if isinstance(value, str) else float(text) if text else None)
