"""Codebooks of every shape, for property tests."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st

from wavedeck.study.codebook import Codebook, MissingKind

names = st.from_regex(r"[a-z0-9][a-z0-9_]{0,6}", fullmatch=True)
texts = st.text(max_size=12) | st.sampled_from(
    ["01", "1.0", "NO", "true", "=1+1", "a, b", '["x"]', '"', "_x0041_", " "]
)
languages = st.sampled_from(["*", "nl", "en"])
labels = st.dictionaries(languages, texts, min_size=1, max_size=2)
waves = st.sampled_from(["2015", "2016", "w1-b"])
numbers = (
    st.floats(allow_nan=False, allow_infinity=False)
    | st.integers(-5, 10)
    | st.sampled_from([-0.0, 1e16, 1e22])
)
leaves = texts | st.lists(texts | st.integers(0, 9), min_size=1, max_size=3) | st.just({"min": 1, "max": 2.5})
conditions = st.dictionaries(
    names.filter(lambda key: key not in ("any", "all", "not")), leaves, min_size=1, max_size=2
)
nested = conditions | st.fixed_dictionaries({"any": st.lists(conditions, min_size=1, max_size=2)})
columns = (
    texts | st.lists(texts, min_size=1, max_size=3) | st.dictionaries(names, texts, min_size=1, max_size=3)
)
codes = st.dictionaries(texts, names, max_size=3)
missing = st.dictionaries(texts, st.sampled_from(get_args(MissingKind)), max_size=3)


def _some(**fields: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


answers = _some(
    minimum=st.none() | numbers,
    maximum=st.none() | numbers,
    categories=st.dictionaries(names, labels, max_size=3),
    codes=codes,
    missing=missing,
)
override = _some(
    columns=columns,
    codes=st.none() | codes,
    missing=st.none() | missing,
    checked=st.lists(texts, max_size=2),
)
overrides = st.dictionaries(waves, override, max_size=2)
asked = _some(waves=st.none() | st.lists(waves, max_size=2, unique=True), asked_if=nested)


@st.composite
def items(draw: st.DrawFn) -> dict[str, Any]:
    own = draw(
        _some(columns=columns, by_wave=overrides, kind=names, parts=st.lists(names, min_size=1, max_size=2))
    )
    return {"label": draw(labels), **own, **draw(asked)}


@st.composite
def loops(draw: st.DrawFn) -> dict[str, Any]:
    entry = st.builds(lambda label, more: {"label": label, **more}, labels, asked)
    return draw(st.dictionaries(names, st.dictionaries(names, entry, max_size=2), max_size=2))


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    scales = draw(st.dictionaries(names, answers, max_size=2))
    for scale in scales.values():
        scale["type"] = draw(st.sampled_from(["single", "rating", "multi"]))
    declared = draw(loops())
    variables = {
        name: draw(variable(sorted(scales), sorted(declared)))
        for name in draw(st.lists(names, max_size=3, unique=True))
    }
    return Codebook.model_validate({"scales": scales, "loops": declared, "variables": variables})


@st.composite
def variable(draw: st.DrawFn, scales: list[str], declared: list[str]) -> dict[str, Any]:
    data = {"label": draw(labels), **draw(answers), **draw(asked)}
    data |= draw(
        _some(
            question=labels,
            asked_of=labels,
            parts=st.lists(names, max_size=2),
            columns=columns,
            checked=st.lists(texts, max_size=2),
            unchecked=st.lists(texts, max_size=2),
            by_wave=overrides,
            items=st.dictionaries(names, items(), max_size=2),
            personal=st.booleans(),
        )
    )
    if scales and draw(st.booleans()):
        data["scale"] = draw(st.sampled_from(scales))
    else:
        data["type"] = draw(st.sampled_from(["single", "numeric", "open"]))
    if declared and draw(st.booleans()):
        data["loop"] = draw(st.sampled_from(declared))
    return data
