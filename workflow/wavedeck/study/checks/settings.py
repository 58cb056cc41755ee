"""Check study.yaml: languages, waves, variables it names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import get_args

from babel import localedata

from wavedeck.study.base import ANY_LANGUAGE
from wavedeck.study.checks.vocabulary import Problems, Vocabulary, plural, unknown
from wavedeck.study.errors import did_you_mean
from wavedeck.study.indicators import Unit
from wavedeck.study.settings import Part
from wavedeck.study.shape import Location

UNITS = get_args(Unit)


def check_settings(names: Vocabulary) -> Problems:
    """Check what study.yaml says against itself and the codebook."""
    settings = names.settings
    yield from check_languages(settings.languages, ("languages",))
    for part, declared in settings.parts.items():
        yield from _check_part(part, declared, names)
    yield from _check_waves(names)
    stated = settings.tests.stated_wave
    if stated and stated not in names.waves:
        yield ("tests", "stated_wave"), unknown("wave", stated, names.waves)
    yield from names.keys("unit", settings.decimals, UNITS, ("decimals",))
    yield from names.keys("unit", settings.tests.minimum_difference, UNITS, ("tests", "minimum_difference"))


def check_languages(codes: Iterable[str], path: Location) -> Problems:
    """Check that codes of languages are known."""
    for place, code in enumerate(codes):
        if not is_language(code):
            common = did_you_mean(code, ("nl", "en", "de", "fr", "es", "fy"))
            yield (*path, place), f"unknown language '{code}'{common or '; write a code such as nl or en'}"


def is_language(code: str) -> bool:
    """Tell whether a code is a language that numbers and dates can be written in."""
    return localedata.exists(code.replace("-", "_"))


def _check_part(part: str, declared: Part, names: Vocabulary) -> Problems:
    path = ("parts", part)
    design = declared.design
    variables = {
        ("id",): declared.id,
        ("design", "strata"): design.strata,
        ("design", "clusters"): design.clusters,
    }
    for key, variable in variables.items():
        if variable is None:
            continue
        if variable in names.groups.derived:
            yield (*path, *key), f"'{variable}' is a derived variable; name one of the codebook"
        else:
            yield from names.check_field(variable, (*path, *key), [part])
    yield from names.check_waves(declared.waves, path)
    yield from names.keys("wave", declared.gross, names.waves, (*path, "gross"))
    source = (*path, "source")
    yield from names.keys("wave", declared.source.checksums, names.waves, (*source, "checksums"))
    yield from names.keys("wave", declared.source.by_wave, names.waves, (*source, "by_wave"))


def _check_waves(names: Vocabulary) -> Problems:
    waves = names.settings.waves
    for place, wave in enumerate(waves):
        path = ("waves", place)
        if not _is_date(wave.published):
            yield (*path, "published"), f"'{wave.published}' is no date; write year-month-day"
        known = (ANY_LANGUAGE, *names.parts)
        strange = [key for key in wave.fieldwork if key not in known and not is_language(key)]
        for key in strange:
            yield (*path, "fieldwork", key), unknown("part", key, names.parts)
        spoken = [key for key in wave.fieldwork if is_language(key) and key not in known]
        lacking = [one for one in names.settings.languages if one not in wave.fieldwork]
        if spoken and lacking and ANY_LANGUAGE not in wave.fieldwork:
            yield (*path, "fieldwork"), f"has no text in {plural('language', lacking)}"
    for place, (older, newer) in enumerate(pairwise(waves), start=1):
        if older.published > newer.published:
            wrong = plural("wave", [older.id, newer.id])
            yield (
                ("waves", place, "published"),
                f"{wrong}: published before the one above; put the oldest first",
            )


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
