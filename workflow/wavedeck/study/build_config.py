"""config/config.yaml: the reports that a plain build makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from wavedeck.study.base import Strict, StudyName, WaveName
from wavedeck.study.errors import ConfigError, did_you_mean
from wavedeck.study.explain import explain
from wavedeck.study.shape import Location
from wavedeck.study.yaml_lines import YamlFile, read_yaml

CONFIG = Path("config") / "config.yaml"
ASKED = ("only_study", "only_wave", "only_lang")
STRICT = "strict"


class StudyChoice(Strict):
    """What a plain run builds of one study."""

    waves: list[WaveName] = Field(min_length=1, description="Waves whose reports are built.")
    languages: list[str] | None = Field(None, description="Languages; all of the study if left out.")
    optional: bool = Field(False, description="Leave it out, with a notice, where raw files are absent.")


class BuildConfig(Strict):
    """config/config.yaml."""

    studies: dict[StudyName, StudyChoice] = Field(description="Study -> what a plain run builds of it.")


@dataclass(frozen=True)
class BuildChoice:
    """config/config.yaml and the choices of one run, empty where none was made.

    `strict`: deliver no report with a claim that does not hold, whatever its study says.
    """

    studies: Mapping[str, StudyChoice]
    only_study: str = ""
    only_wave: str = ""
    only_lang: str = ""
    strict: bool = False


def read_config(config: Mapping[str, Any], *, root: Path = Path()) -> BuildChoice:
    """Check the content of config/config.yaml and what was asked on the command line.

    Parameters
    ----------
    config
        Both together, as the workflow has them.
    root
        Folder that holds config/.

    Raises
    ------
    ConfigError
        Naming line and key of everything that is wrong, and what would be valid.
    """
    strange = [key for key in config if key.startswith("only_") and key not in ASKED]
    if strange:
        hint = did_you_mean(strange[0], ASKED, then=f"valid: {', '.join(ASKED)}")
        raise ConfigError(f"--config {strange[0]}: unknown setting{hint}")
    declared = {key: value for key, value in config.items() if key not in (*ASKED, STRICT)}
    try:
        studies = BuildConfig.model_validate(declared).studies
    except ValidationError as error:
        file = YamlFile(root / CONFIG, declared, _lines(root / CONFIG))
        raise ConfigError("\n".join(explain(file, BuildConfig, error))) from error
    asked = {key: str(config[key]) for key in ASKED if config.get(key) is not None}
    return BuildChoice(studies, **asked, strict=str(config.get(STRICT, "")) == "yes")


def read_config_file(root: Path) -> BuildChoice:
    """Read config/config.yaml of a folder.

    Raises
    ------
    ConfigError
        Naming line and key of everything that is wrong, and what would be valid.
    """
    data = read_yaml(root / CONFIG).data
    if not isinstance(data, dict):
        raise ConfigError(f'{CONFIG}: name the studies to build:  studies: {{<study>: {{waves: ["2017"]}}}}')
    return read_config(data, root=root)


def check_chosen(
    study: str, noun: str, names: Iterable[str], *, known: Iterable[str], root: Path = Path()
) -> None:
    """Check that a study has the waves or languages that config/config.yaml asks for.

    Raises
    ------
    ConfigError
        Naming the line, and which there are.
    """
    known = tuple(known)
    for place, name in enumerate(names):
        if name not in known:
            line = config_place(("studies", study, f"{noun}s", place), root=root)
            raise ConfigError(f"{line}: {lacks(study, noun, name, known)}")


def lacks(study: str, noun: str, name: str, known: Iterable[str]) -> str:
    """Say that a study has no wave or language of a name.

    >>> lacks("travel", "wave", "2071", ["2016", "2017"])
    "study 'travel' has no wave '2071'; it has 2016, 2017"
    """
    return f"study '{study}' has no {noun} '{name}'; it has {', '.join(known)}"


def config_place(location: Location, *, root: Path = Path()) -> str:
    """Return file and line of a key of config/config.yaml."""
    return YamlFile(root / CONFIG, {}, _lines(root / CONFIG)).place(location)


def _lines(path: Path) -> dict[Location, int]:
    return read_yaml(path).lines if path.is_file() else {}
