"""The command ``wavedeck explain``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wavedeck.audit.explain.build import Side, open_builds
from wavedeck.audit.explain.revision import revision
from wavedeck.audit.trace.find import newest_place
from wavedeck.audit.trace.place import Place
from wavedeck.cli.project import CONFIG, Project, UsageError
from wavedeck.cli.trace import FORMATS, Asked, load_named, study_of_address
from wavedeck.study.address import Address
from wavedeck.study.errors import did_you_mean

if TYPE_CHECKING:
    from wavedeck.audit.explain.changes import Comparison

_LIKE_ADDRESS = re.compile(r"^(?:[a-z0-9-]+/)?[a-z0-9_]+/[a-z0-9_@.]+/[a-z0-9_*]+(?:/[A-Za-z0-9_-]+)?$")
USE = (
    "say what to explain: two builds (wavedeck explain ../before), two waves of a figure "
    "(wavedeck explain pax/overall/all --from 2016 --to 2017), or --restated STUDY"
)


@dataclass(frozen=True)
class Question:
    """What a person asked to explain.

    Attributes
    ----------
    words
        Folders, revisions and addresses, in the order given.
    earlier, later
        Waves of ``--from`` and ``--to``.
    by
        Set of groups by which a change between waves is split.
    rows
        How many respondents are listed; None lists all.
    restated
        Ask for figures that differ from what was delivered.
    """

    words: tuple[str, ...] = ()
    earlier: str = ""
    later: str = ""
    by: str = ""
    study: str = ""
    wave: str = ""
    format: str = "text"
    rows: int | None = 0
    restated: bool = False


def explain_lines(project: Project, asked: Question) -> Iterator[str]:
    """Yield what an explanation says.

    Raises
    ------
    UsageError
        When it is unclear what is asked.
    WavedeckError
        When a build, study, wave or figure is not there.
    """
    if asked.format not in FORMATS:
        raise UsageError(
            f"--format {asked.format}: give {', '.join(FORMATS)}{did_you_mean(asked.format, FORMATS)}"
        )
    if asked.restated:
        yield from _restated(project, asked)
        return
    addresses = [word for word in asked.words if _is_address(word)]
    builds = [word for word in asked.words if not _is_address(word)]
    if builds and len(builds) <= 2 and len(addresses) <= 1:
        yield from _builds(project, asked, builds, *addresses)
    elif len(addresses) in (1, 2) and not builds:
        yield from _waves(project, asked, *addresses)
    else:
        raise UsageError(USE)


def _is_address(word: str) -> bool:
    return bool(_LIKE_ADDRESS.match(word)) and not Path(word).is_dir()


def _builds(project: Project, asked: Question, builds: list[str], address: str = "") -> Iterator[str]:
    if asked.earlier or asked.later or asked.by:
        raise UsageError("--from, --to and --by explain a change between waves; give an address, no folder")
    with ExitStack() as open_for_now:
        sides = [_side(project, word, open_for_now) for word in builds]
        sides += [Side("this folder", project.folder)] * (2 - len(sides))
        first, second = open_builds(*sides, study=asked.study, wave=asked.wave)
        from wavedeck.audit.explain.split import compare_builds

        found = compare_builds(first, second)
        yield from _said_of_figure(found, asked, address) if address else _said_of_builds(found, asked)


def _side(project: Project, word: str, open_for_now: ExitStack) -> Side:
    folder = Path(word)
    if folder.is_dir():
        if not (folder / CONFIG).is_file():
            raise UsageError(
                f"{word}: there is no {CONFIG} in it; give the folder that holds config/ and data/"
            )
        return Side(word, folder.resolve())
    if "/" in word and folder.parent.is_dir() and not word.startswith(("origin/", "refs/")):
        near = sorted(one.name for one in folder.parent.iterdir() if one.is_dir())
        raise UsageError(f"{word}: there is no such folder{did_you_mean(folder.name, near)}")
    return open_for_now.enter_context(revision(project.folder, word))


def _said_of_builds(found: Comparison, asked: Question) -> Iterator[str]:
    from wavedeck.audit.explain.export import csv_of_builds, record_of_builds
    from wavedeck.audit.explain.say import text_of_builds
    from wavedeck.audit.trace.export import json_of

    if asked.format == "json":
        yield json_of(record_of_builds(found))
    elif asked.format == "csv":
        yield csv_of_builds(found)
    else:
        yield from text_of_builds(found)


def _said_of_figure(found: Comparison, asked: Question, address: str) -> Iterator[str]:
    from wavedeck.audit.explain.detail import explain_change
    from wavedeck.audit.explain.export import csv_of_detail, record_of_detail
    from wavedeck.audit.explain.say_figure import text_of_change
    from wavedeck.audit.trace.export import json_of

    detail = explain_change(found, _whole(address, found.second.study.name, found.second.wave))
    if asked.format == "json":
        yield json_of(record_of_detail(found, detail, asked.rows))
    elif asked.format == "csv":
        yield csv_of_detail(detail)
    else:
        yield from text_of_change(found, detail, asked.rows)


def _whole(address: str, study: str, wave: str) -> str:
    """Return an address with its wave, without the name of the study before it."""
    own = address.removeprefix(f"{study}/") if address.count("/") > 2 else address
    return own if own.count("/") == 3 else f"{own}/{wave}"


def _waves(project: Project, asked: Question, *addresses: str) -> Iterator[str]:
    from wavedeck.audit.explain.grouped import choose_grouping
    from wavedeck.audit.explain.say_waves import csv_of_waves, record_of_waves, text_of_waves
    from wavedeck.audit.explain.waves import explain_waves
    from wavedeck.audit.trace.export import json_of

    study, _ = study_of_address(project, Asked(target=addresses[0], study=asked.study))
    place = newest_place(study, project.folder, asked.wave)
    first, second = _two(place, asked, addresses)
    found = explain_waves(place, first, second, choose_grouping(study, first.part, asked.by))
    if asked.format == "json":
        yield json_of(record_of_waves(found))
    elif asked.format == "csv":
        yield csv_of_waves(found)
    else:
        yield from text_of_waves(found, place.language)


def _two(place: Place, asked: Question, addresses: tuple[str, ...]) -> tuple[Address, Address]:
    """Return the figure in the earlier and in the later wave."""
    names = place.study.wave_names
    whole = [Address.parse(_whole(one, place.study.name, place.report)) for one in addresses]
    if len(whole) == 1:
        later = asked.later or (whole[0].wave if not asked.later else "")
        _need_wave(place, later)
        before = names[: names.index(later)]
        if not (asked.earlier or before):
            raise UsageError(f"{later} is the first wave; there is none before it to hold it against")
        earlier = asked.earlier or before[-1]
        _need_wave(place, earlier)
        return whole[0].at(earlier), whole[0].at(later)
    if asked.earlier or asked.later:
        raise UsageError("give two addresses, or one with --from and --to")
    first, second = whole
    if first.at("") != second.at(""):
        raise UsageError(
            f"'{first}' and '{second}' are different figures; to explain is one figure in two waves"
        )
    for one in whole:
        _need_wave(place, one.wave)
    return (first, second) if names.index(first.wave) <= names.index(second.wave) else (second, first)


def _need_wave(place: Place, wave: str) -> None:
    known = place.study.waves_until(place.report)
    if wave not in known:
        raise UsageError(
            f"the report of {place.study.name} {place.report} holds no wave '{wave}'"
            f"{did_you_mean(wave, known, then='it holds ' + ', '.join(known))}"
        )


def _restated(project: Project, asked: Question) -> Iterator[str]:
    from wavedeck.audit.explain.restated import find_restatements
    from wavedeck.audit.explain.say_restated import csv_of_restated, record_of_restated, text_of_restated
    from wavedeck.audit.trace.export import json_of

    words = [asked.study] if asked.study else list(asked.words)
    if len(words) != 1:
        raise UsageError("--restated takes one study: wavedeck explain --restated travel")
    study = load_named(project, words[0])
    place = newest_place(study, project.folder, asked.wave)
    found = find_restatements(study, project.folder, place.report)
    if asked.format == "json":
        yield json_of(record_of_restated(found))
    elif asked.format == "csv":
        yield csv_of_restated(found)
    else:
        yield from text_of_restated(found)


def show_explanation(project: Project, asked: Question, show: Callable[[str], object]) -> None:
    """Print an explanation."""
    for line in explain_lines(project, asked):
        show(line)
