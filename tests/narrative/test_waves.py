from __future__ import annotations

import pytest

import tiny_study
from wavedeck.narrative.waves import WaveRef, resolve_wave
from wavedeck.study.errors import NarrativeError


@pytest.mark.parametrize(("wave", "name"), [(0, "2024"), (-1, "2023"), ("first", "2023"), ("stated", "2023")])
def test_wave_is_counted_from_the_one_built(wave: WaveRef, name: str) -> None:
    assert resolve_wave(tiny_study.study(), "2024", wave) == name


@pytest.mark.parametrize("wave", [1, -2, "last", "2023"])
def test_wave_that_is_none_of_these_is_refused(wave: WaveRef) -> None:
    with pytest.raises(NarrativeError, match="does not exist"):
        resolve_wave(tiny_study.study(), "2024", wave)
