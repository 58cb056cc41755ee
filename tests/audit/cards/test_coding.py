from __future__ import annotations

import json
import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wavedeck.audit.cards.coding import (
    ALPHABET,
    bits,
    coded_numbers,
    coded_texts,
    mask_of,
    numbers_of,
    texts_of,
)

NUMBERS = st.lists(st.floats(allow_infinity=False, width=64), min_size=1, max_size=200)


@given(NUMBERS)
def test_numbers_come_back_as_they_were(values: list[float]) -> None:
    found = numbers_of(json.loads(json.dumps(coded_numbers(np.array(values)), allow_nan=False)))
    assert all(
        (math.isnan(one) and math.isnan(other)) or one == other
        for one, other in zip(values, found.tolist(), strict=True)
    )


@given(st.lists(st.text(max_size=5), min_size=1, max_size=200))
def test_texts_come_back_as_they_were(texts: list[str]) -> None:
    assert texts_of(coded_texts(texts)) == texts


@given(st.lists(st.booleans(), max_size=100))
def test_members_come_back_as_they_were(members: list[bool]) -> None:
    assert mask_of(bits(np.array(members, bool))).tolist() == members


def test_few_levels_take_one_sign_each_and_many_a_number() -> None:
    few, many = (coded_numbers(np.arange(float(size))) for size in (len(ALPHABET), len(ALPHABET) + 1))
    assert few["codes"] == ALPHABET
    assert many["codes"] == list(range(len(ALPHABET) + 1))
    assert numbers_of(many).tolist() == list(range(len(ALPHABET) + 1))
