"""Which reports a build makes: config.yaml and what was asked for on the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wavedeck.study.build_config import BuildChoice, check_chosen, config_place, lacks, read_config
from wavedeck.study.errors import ConfigError, did_you_mean
from wavedeck.study.house import HOUSE_FILES, house_file
from wavedeck.study.languages import language_gaps
from wavedeck.study.load import Study, check_names_differ, load_study


@dataclass(frozen=True)
class Report:
    """One report to build; `whole` when in every language that config.yaml wants it in."""

    study: Study
    wave: str
    languages: tuple[str, ...]
    whole: bool = True

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
    choice = read_config(config, root=folder.parent.parent)
    names = [choice.only_study] if choice.only_study else list(choice.studies)
    folders = sorted(path.parent for path in folder.glob("*/study.yaml"))
    check_names_differ(folders)
    known = [path.name for path in folders]
    for name in names:
        if name not in known:
            raise ConfigError(_no_study(name, known, choice, folder))
    return {name: load_study(folder / name) for name in names}


def _no_study(name: str, known: Sequence[str], choice: BuildChoice, folder: Path) -> str:
    """Say that a study is unknown, and where it was asked for."""
    hint = did_you_mean(name, known, then=f"studies that exist: {', '.join(known) or 'none'}")
    if choice.only_study:
        return f"unknown study '{name}'{hint}"
    place = config_place(("studies", name), root=folder.parent.parent)
    return f"{place}: study '{name}' has no config/studies/{name}/study.yaml{hint}"


def chosen_reports(
    studies: Mapping[str, Study], config: Mapping[str, Any], *, tell: Callable[[str], None]
) -> list[Report]:
    """Return the reports to build; what is left out is told.

    Raises
    ------
    ConfigError
        When a wave or language does not exist, or raw data or house templates are not there.
    """
    choice = read_config(config)
    reports: list[Report] = []
    for name, study in studies.items():
        declared = choice.studies.get(name)
        languages = _languages(study, choice)
        _require_translated(study, languages)
        whole = set(_wanted_languages(study, choice)) <= set(languages)
        reports += [Report(study, wave, languages, whole) for wave in _waves(study, choice)]
        for file in HOUSE_FILES:
            house_file(study, file, root=Path.cwd())
        absent = _absent(reports, study)
        if absent and declared and declared.optional and not choice.only_study:
            tell(f"study '{name}' is left out: {absent} is not there (see data/raw/README.md)")
            reports = [report for report in reports if report.study is not study]
        elif absent:
            raise ConfigError(
                f"raw file {absent} of study '{name}' is not there; put it there as it was received"
            )
    return reports


def _require_translated(study: Study, languages: Sequence[str]) -> None:
    """Refuse a report in another language than the study's own while words of it lack that language."""
    known = study.settings.languages
    if set(languages) - {known[0]}:
        told = [str(finding) for finding in language_gaps(study.folder, known)]
        if told:
            raise ConfigError("\n".join(told))


def _waves(study: Study, choice: BuildChoice) -> list[str]:
    declared = choice.studies.get(study.name)
    if choice.only_wave:
        return [_known(study, "wave", choice.only_wave, study.wave_names)]
    if declared is None:
        return [study.wave_names[-1]]
    check_chosen(study.name, "wave", declared.waves, known=study.wave_names)
    return declared.waves


def _languages(study: Study, choice: BuildChoice) -> tuple[str, ...]:
    known = study.settings.languages
    if choice.only_lang:
        return (_known(study, "language", choice.only_lang, known),)
    wanted = _wanted_languages(study, choice)
    check_chosen(study.name, "language", wanted, known=known)
    return tuple(wanted)


def _wanted_languages(study: Study, choice: BuildChoice) -> Sequence[str]:
    declared = choice.studies.get(study.name)
    return (declared.languages if declared else None) or study.settings.languages


def _known(study: Study, noun: str, name: str, known: Sequence[str]) -> str:
    if name not in known:
        raise ConfigError(lacks(study.name, noun, name, known))
    return name


def _absent(reports: list[Report], study: Study) -> str:
    """Return the first raw file of a study's reports that is not there, or an empty string."""
    for report in reports:
        if report.study is study:
            for wave in study.waves_until(report.wave):
                for part in study.parts_in(wave):
                    if not Path(study.raw_file(part, wave)).is_file():
                        return study.raw_file(part, wave)
    return ""
