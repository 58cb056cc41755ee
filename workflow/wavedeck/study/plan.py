"""Which reports a build makes: config.yaml and what was asked for on the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from wavedeck.study.base import Strict, StudyName, WaveName
from wavedeck.study.errors import ConfigError, did_you_mean
from wavedeck.study.load import Study, check_names_differ, load_study


class StudyChoice(Strict):
    """What a plain run builds of one study."""

    waves: list[WaveName] = Field(min_length=1, description="Waves whose reports are built.")
    languages: list[str] | None = Field(None, description="Languages; all of the study if left out.")
    optional: bool = Field(False, description="Leave it out, with a notice, where raw files are absent.")


class BuildConfig(Strict):
    """config/config.yaml and the choices of one run."""

    studies: dict[StudyName, StudyChoice]
    only_study: StudyName | None = None
    only_wave: WaveName | None = None
    only_lang: str | None = None


@dataclass(frozen=True)
class Report:
    """One report to build."""

    study: Study
    wave: str
    languages: tuple[str, ...]

    def paths(self, pattern: str) -> list[str]:
        """Fill in a pattern with `{study}`, `{wave}`, `{part}` and `{suffix}`."""
        parts = self.study.parts_in(self.wave)
        main = self.study.settings.languages[0]
        suffixes = ["" if language == main else f".{language}" for language in self.languages]
        names = {"study": self.study.name, "wave": self.wave}
        return [pattern.format(**names, part=part, suffix=suffix) for part in parts for suffix in suffixes]


def read_studies(folder: Path, config: Mapping[str, Any]) -> dict[str, Study]:
    """Read the studies that this build is about.

    Raises
    ------
    ConfigError
        When config.yaml or a study's files are wrong.
    """
    choice = read_config(config)
    names = [choice.only_study] if choice.only_study else list(choice.studies)
    folders = sorted(path.parent for path in folder.glob("*/study.yaml"))
    check_names_differ(folders)
    known = [path.name for path in folders]
    for name in names:
        if name not in known:
            raise ConfigError(
                f"there is no study '{name}' in {folder}{did_you_mean(name, known)}; there are {known}"
            )
    return {name: load_study(folder / name) for name in names}


def read_config(config: Mapping[str, Any]) -> BuildConfig:
    """Check the content of config/config.yaml.

    Raises
    ------
    ConfigError
        Naming each key that is wrong.
    """
    try:
        return BuildConfig.model_validate(_waves_as_text(dict(config)))
    except ValidationError as error:
        lines = [
            f"config/config.yaml, {'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors()
        ]
        raise ConfigError("\n".join(lines)) from error


def _waves_as_text(config: dict[str, Any]) -> dict[str, Any]:
    """Undo what the command line does to a wave: ``only_wave=2017`` arrives as a number."""
    if isinstance(config.get("only_wave"), int):
        return {**config, "only_wave": str(config["only_wave"])}
    return config


def chosen_reports(
    studies: Mapping[str, Study], config: Mapping[str, Any], *, tell: Callable[[str], None]
) -> list[Report]:
    """Return the reports to build; what is left out is told.

    Raises
    ------
    ConfigError
        When a wave or language does not exist.
    """
    choice = read_config(config)
    reports: list[Report] = []
    for name, study in studies.items():
        declared = choice.studies.get(name)
        waves = (
            [choice.only_wave] if choice.only_wave else declared.waves if declared else [study.wave_names[-1]]
        )
        reports += [Report(study, wave, _languages(study, choice)) for wave in waves if _known(study, wave)]
        absent = _absent(reports, study)
        if absent and declared and declared.optional and not choice.only_study:
            tell(f"study '{name}' is left out: {absent} is not there (see data/raw/README.md)")
            reports = [report for report in reports if report.study is not study]
        elif absent:
            raise ConfigError(
                f"raw file {absent} of study '{name}' is not there; put it there as it was received"
            )
    return reports


def _known(study: Study, wave: str) -> bool:
    if wave not in study.wave_names:
        hint = did_you_mean(wave, study.wave_names)
        raise ConfigError(
            f"study '{study.name}' has no wave '{wave}'{hint}; it has {', '.join(study.wave_names)}"
        )
    return True


def _languages(study: Study, choice: BuildConfig) -> tuple[str, ...]:
    declared = choice.studies.get(study.name)
    known = study.settings.languages
    wanted = [choice.only_lang] if choice.only_lang else (declared.languages if declared else None) or known
    for language in wanted:
        if language not in known:
            raise ConfigError(f"study '{study.name}' has no language '{language}'; it has {', '.join(known)}")
    return tuple(wanted)


def _absent(reports: list[Report], study: Study) -> str:
    """Return the first raw file of a study's reports that is not there, or an empty string."""
    for report in reports:
        if report.study is study:
            for wave in study.waves_until(report.wave):
                for part in study.parts_in(wave):
                    if not Path(study.raw_file(part, wave)).is_file():
                        return study.raw_file(part, wave)
    return ""
