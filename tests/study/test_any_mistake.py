"""Whatever someone types in a study file, the answer is a message, never a traceback."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from study.conftest import FILES, Folder, write_study
from wavedeck.study.errors import ConfigError
from wavedeck.study.yaml_lines import parse_yaml
from wavedeck.study.yaml_write import to_yaml

TYPED = st.sampled_from(
    [
        None,
        5,
        -1,
        1.5,
        True,
        "",
        "x",
        "all",
        "*",
        "a*b",
        "service",
        "service@art",
        "2017",
        [],
        {},
        [1],
        ["x"],
        {"x": "y"},
    ]
)


def places(data: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the path of every value within data."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(found for key, value in pairs for found in places(value, (*path, key)))]


PLACES = {name: places(parse_yaml(text))[1:] for name, text in FILES.items()}


def mistaken(text: str, path: tuple[str | int, ...], kind: str, value: Any) -> str:
    """Return YAML in which one value was replaced, left out, or given under another key."""
    data = parse_yaml(text)
    holder = data
    for key in path[:-1]:
        holder = holder[key]
    if kind == "replace" or isinstance(holder, list):
        holder[path[-1]] = value
    else:
        kept = holder.pop(path[-1])
        if kind == "rename":
            holder[str(value)] = kept
    return to_yaml(data)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_mistake_gets_a_message(tmp_path_factory, data):
    name = data.draw(st.sampled_from(sorted(FILES)))
    path = data.draw(st.sampled_from(PLACES[name]))
    kind, value = data.draw(st.sampled_from(["replace", "leave out", "rename"])), data.draw(TYPED)
    folder = write_study(tmp_path_factory.mktemp("any") / "config" / "studies" / "demo")
    (folder.path / f"{name}.yaml").write_text(mistaken(FILES[name], path, kind, value))
    lines = said_of(folder)
    assert lines is None or all(line.startswith("config/studies/demo/") for line in lines)


def said_of(folder: Folder) -> list[str] | None:
    """Return the lines of the message, None when there is nothing to say."""
    try:
        folder.load()
    except ConfigError as error:
        return str(error).splitlines()
    return None
