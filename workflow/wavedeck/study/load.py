"""Read a study's files, check them, and say clearly what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from wavedeck.study.codebook import Codebook
from wavedeck.study.deck import DeckSpec
from wavedeck.study.errors import ConfigError, did_you_mean
from wavedeck.study.indicators import Indicators
from wavedeck.study.settings import Cleaning, Groups, Part, StudySettings, Wave, Weighting
from wavedeck.study.yaml_lines import YamlFile, read_yaml

STUDY_FILES: dict[str, type[BaseModel]] = {
    "study": StudySettings,
    "codebook": Codebook,
    "cleaning": Cleaning,
    "groups": Groups,
    "weighting": Weighting,
    "indicators": Indicators,
    "deck": DeckSpec,
}
OPTIONAL_FILES = {"cleaning", "groups", "weighting"}


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

    @property
    def name(self) -> str:
        """Return the study's id."""
        return self.settings.study

    @property
    def wave_names(self) -> tuple[str, ...]:
        """Return the waves, oldest first."""
        return tuple(wave.id for wave in self.settings.waves)

    def wave(self, name: str) -> Wave:
        """Return one wave by its id."""
        return next(wave for wave in self.settings.waves if wave.id == name)

    def waves_until(self, name: str) -> tuple[str, ...]:
        """Return the waves up to and including one, oldest first."""
        return self.wave_names[: self.wave_names.index(name) + 1]

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
    files = {name: _read(folder, name) for name in STUDY_FILES}
    models = {name: _validated(files[name], model) for name, model in STUDY_FILES.items()}
    study = Study(folder, *(models[name] for name in STUDY_FILES))  # type: ignore[arg-type]
    if study.name != folder.name:
        raise ConfigError(
            f"{folder / 'study.yaml'}, line {files['study'].line(('study',))}: study is named '{study.name}' but "
            f"stands in folder '{folder.name}'; give both one name, which no other study has"
        )
    return study


def _read(folder: Path, name: str) -> YamlFile:
    path = folder / f"{name}.yaml"
    if name in OPTIONAL_FILES and not path.exists():
        return YamlFile(path, {}, {})
    return read_yaml(path)


def _validated(file: YamlFile, model: type[BaseModel]) -> BaseModel:
    try:
        return model.model_validate(file.data)
    except ValidationError as error:
        messages = [_explain(file, model, item) for item in error.errors()]
        raise ConfigError("\n".join(dict.fromkeys(messages))) from error


def _explain(file: YamlFile, model: type[BaseModel], error: Any) -> str:
    location = tuple(part for part in error["loc"])
    where = f"{file.path}, line {file.line(location)}"
    return f"{where}, {'.'.join(map(str, location))}: {error['msg']}{did_you_mean(str(location[-1]), [])}"
