"""Read a study's files, check them, and say clearly what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ValidationError

from wavedeck.study.base import text_in
from wavedeck.study.check import check_references
from wavedeck.study.codebook import Codebook
from wavedeck.study.deck import DeckSpec
from wavedeck.study.earlier import EarlierQuestion, earlier_questions
from wavedeck.study.errors import ConfigError, did_you_mean
from wavedeck.study.explain import SourceFile, explain
from wavedeck.study.groups import GroupBook
from wavedeck.study.impact import Impact
from wavedeck.study.impact_indicators import ImpactIndicator, impact_indicators
from wavedeck.study.impact_loops import spell_out
from wavedeck.study.indicators import Indicator, Indicators
from wavedeck.study.paths import shown
from wavedeck.study.settings import Cleaning, Groups, Part, StudySettings, Wave, Weighting
from wavedeck.study.verbatims import Verbatims
from wavedeck.study.yaml_lines import YamlFile, read_yaml

STUDY_FILES: dict[str, type[BaseModel]] = {
    "study": StudySettings,
    "codebook": Codebook,
    "cleaning": Cleaning,
    "groups": Groups,
    "weighting": Weighting,
    "indicators": Indicators,
    "deck": DeckSpec,
    "impact": Impact,
    "verbatims": Verbatims,
}
OPTIONAL_FILES = {"cleaning", "groups", "weighting", "impact", "verbatims"}


@dataclass(frozen=True)
class Study:
    """Everything that its files say about a study."""

    folder: Path
    settings: StudySettings
    codebook: Codebook
    cleaning: Cleaning
    groups: Groups
    weighting: Weighting
    indicators: Indicators
    deck: DeckSpec
    impact: Impact = field(default_factory=Impact)
    verbatims: Verbatims = field(default_factory=Verbatims)

    @property
    def name(self) -> str:
        """Return the study's id."""
        return self.settings.study

    @cached_property
    def group_book(self) -> GroupBook:
        """Return the groups by name."""
        return GroupBook(self.groups, self.codebook)

    @cached_property
    def every_indicator(self) -> dict[str, Indicator | ImpactIndicator]:
        """Return the indicators of indicators.yaml and those that analyses make, by name."""
        made = impact_indicators(self.impact, self.indicators, self.codebook, self.settings.decimals)
        return {**self.indicators.indicators, **made}

    @property
    def wave_names(self) -> tuple[str, ...]:
        """Return the waves, oldest first."""
        return tuple(wave.id for wave in self.settings.waves)

    def wave(self, name: str) -> Wave:
        """Return one wave by its id."""
        return next(wave for wave in self.settings.waves if wave.id == name)

    def report_title(self, wave: str, language: str) -> str:
        """Return what the report of a wave is called."""
        label = self.wave(wave).label
        name = text_in(label, language) if label else wave
        return f"{text_in(self.settings.title, language)} {name}"

    def waves_until(self, name: str) -> tuple[str, ...]:
        """Return the waves up to and including one, oldest first."""
        return self.wave_names[: self.wave_names.index(name) + 1]

    def earlier(self, part: str, wave: str) -> dict[str, EarlierQuestion]:
        """Return raw column -> the question that it held in earlier waves, where this one does not ask it."""
        before = [older for older in self.waves_until(wave)[:-1] if part in self.parts_in(older)]
        return earlier_questions(self.codebook, part, wave=wave, before=before)

    def parts_in(self, wave: str) -> dict[str, Part]:
        """Return the parts that were asked in a wave."""
        parts = self.settings.parts.items()
        return {name: part for name, part in parts if part.waves is None or wave in part.waves}

    def raw_file(self, part: str, wave: str) -> str:
        """Return the path of a raw file, from the root that holds config/ and data/."""
        source = self.settings.parts[part].source
        override = source.by_wave.get(wave)
        return ((override.file if override else None) or source.file).replace("{wave}", wave)


def load_study(folder: Path) -> Study:
    """Read the study whose files stand in a folder.

    Raises
    ------
    ConfigError
        Naming file, line and key of everything that is wrong, and what would be valid.
    """
    if not folder.is_dir():
        raise ConfigError(f"{shown(folder)}: there is no such study{_others(folder)}")
    files, unread = _read_all(folder)
    models, messages = _validate_all(files)
    if unread or messages:
        raise ConfigError("\n".join([*unread, *messages]))
    study = Study(folder, *(models[name] for name in STUDY_FILES))  # type: ignore[arg-type]
    _check_name(study, files["study"])
    wrong = check_references(models, files)
    if wrong:
        raise ConfigError("\n".join(wrong))
    return replace(study, impact=spell_out(study.impact, study.indicators, study.codebook))


def read_study_files(folder: Path) -> Iterator[tuple[str, SourceFile, BaseModel]]:
    """Yield name, content as written, and content as understood of each file of a sound study.

    Raises
    ------
    ConfigError
        When a file cannot be read.
    """
    for name, model in STUDY_FILES.items():
        file = _read(folder, name)
        yield name, file, model.model_validate(file.data)


def _others(folder: Path) -> str:
    siblings = sorted(path.parent.name for path in folder.parent.glob("*/study.yaml"))
    listed = f"studies here: {', '.join(siblings)}" if siblings else ""
    return did_you_mean(folder.name, siblings, then=listed)


def _read_all(folder: Path) -> tuple[dict[str, SourceFile], list[str]]:
    files: dict[str, SourceFile] = {}
    messages: list[str] = []
    for name in STUDY_FILES:
        try:
            files[name] = _read(folder, name)
        except ConfigError as error:
            messages.append(str(error))
    return files, messages


def study_file(folder: Path, name: str) -> Path:
    """Return the path of one file of a study; the codebook may be a spreadsheet.

    Raises
    ------
    ConfigError
        When the codebook is kept twice.
    """
    path, sheets = folder / f"{name}.yaml", folder / f"{name}.xlsx"
    if name != "codebook" or not sheets.exists():
        return path
    if path.exists():
        newer, older = sorted((path, sheets), key=lambda one: one.stat().st_mtime, reverse=True)
        raise ConfigError(
            f"{shown(path)}: there is also {sheets.name}, and only one of them can count; "
            f"keep {newer.name}, which was changed last, and delete {older.name}, or the other way round"
        )
    return sheets


def _read(folder: Path, name: str) -> SourceFile:
    path = study_file(folder, name)
    if name in OPTIONAL_FILES and not path.exists():
        return YamlFile(path, {}, {})
    if path.suffix == ".yaml":
        return read_yaml(path)
    from wavedeck.study.sheet import read_sheets

    return read_sheets(path)


def _validate_all(files: Mapping[str, SourceFile]) -> tuple[dict[str, BaseModel], list[str]]:
    models, messages = {}, []
    for name, file in files.items():
        try:
            models[name] = STUDY_FILES[name].model_validate(file.data)
        except ValidationError as error:
            messages += explain(file, STUDY_FILES[name], error)
    return models, messages


def _check_name(study: Study, file: SourceFile) -> None:
    if study.name != study.folder.name:
        raise ConfigError(
            f"{file.place(('study',))}: study is named '{study.name}' but stands in folder "
            f"'{study.folder.name}'; give both one name, which no other study has"
        )


def check_names_differ(folders: list[Path]) -> None:
    """Refuse two folders that name the same study.

    Raises
    ------
    ConfigError
        Naming both files and lines.
    """
    named: dict[str, YamlFile] = {}
    for folder in folders:
        file = read_yaml(folder / "study.yaml")
        name = str(file.data.get("study")) if isinstance(file.data, dict) else ""
        if name in named:
            raise ConfigError(
                f"{file.place(('study',))}: study '{name}' is also in {named[name].place(('study',))}; "
                "give each study a name of its own"
            )
        named[name] = file
