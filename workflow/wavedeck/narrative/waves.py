"""Waves as templates and slides name them: counted back from the one being built."""

from __future__ import annotations

from wavedeck.study.errors import NarrativeError
from wavedeck.study.load import Study

WaveRef = int | str


def resolve_wave(study: Study, current: str, wave: WaveRef) -> str:
    """Return the wave meant by 0, -1, 'first' or 'stated', or a declared wave up to the current one.

    Raises
    ------
    NarrativeError
        When there is no such wave.
    """
    waves = study.waves_until(current)
    stated = study.settings.tests.stated_wave
    if wave == "first":
        return waves[0]
    if wave == "stated" and stated:
        return stated
    if isinstance(wave, int) and 0 <= -wave < len(waves):
        return waves[len(waves) - 1 + wave]
    back = f"0 to {1 - len(waves)}" if len(waves) > 1 else "only 0"
    others = "'first' and 'stated'" if stated else "'first'"
    raise NarrativeError(
        f"wave={wave!r} does not exist; in the report of {current} there is {back}, and {others}"
    )
