"""What can be built, and what a command asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from wavedeck.cli.project import STUDIES, Project, UsageError
from wavedeck.study.build_config import StudyChoice, check_chosen, config_place, read_config_file
from wavedeck.study.errors import ConfigError, did_you_mean
from wavedeck.study.paths import shown
from wavedeck.study.yaml_lines import YamlFile, read_yaml

STAGES = (
    "intake",
    "weight",
    "estimate",
    "impact",
    "store",
    "recompute",
    "chart",
    "deck",
    "pdf",
    "workbook",
    "verify",
    "pages",
)
OTHER_NAMES = {
    "responses": "intake",
    "weights": "weight",
    "figures": "store",
    "charts": "chart",
    "pptx": "deck",
}


@dataclass(frozen=True)
class StudyPlan:
    """What a plain run builds of one study, and which waves it has.

    Attributes
    ----------
    study, title
        Id, and title in its main language.
    waves
        Waves of the study, oldest first.
    built_waves, built_languages
        What config/config.yaml asks for; empty when it leaves the study out.
    languages
        Languages of the study, the main one first.
    """

    study: str
    title: str
    waves: tuple[str, ...]
    languages: tuple[str, ...]
    built_waves: tuple[str, ...] = ()
    built_languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """What one build is asked to do; empty means everything that config/config.yaml names."""

    study: str = ""
    wave: str = ""
    language: str = ""
    stages: tuple[str, ...] = ()
    waves: dict[str, tuple[str, ...]] = field(default_factory=dict)
    strict: bool = False

    @property
    def targets(self) -> list[str]:
        """Return the target rules of the workflow."""
        return [f"all_{stage}" for stage in self.stages] or ["all"]

    @property
    def config(self) -> list[str]:
        """Return the settings for the workflow, marked as text so that wave 01 is not the number 1."""
        asked = {"only_study": self.study, "only_wave": self.wave, "only_lang": self.language}
        asked["strict"] = "yes" if self.strict else ""
        return [f"{key}=!!str {value}" for key, value in asked.items() if value]


def read_plans(project: Project, *, study: str = "", everything: bool = False) -> dict[str, StudyPlan]:
    """Read what can be built: one study, those in config/config.yaml, or every study that there is.

    Raises
    ------
    UsageError
        When `study` does not exist.
    ConfigError
        Naming file and line of what is wrong.
    """
    known = project.study_names()
    if study:
        _need(study, known, what="study")
    config = read_config_file(project.folder)
    names = [study] if study else known if everything else list(config.studies)
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known, then=_known("study", known))
            line = config_place(("studies", name), root=project.folder)
            raise ConfigError(f"{line}: study '{name}' has no {STUDIES}/{name}/study.yaml{hint}")
    return {name: _plan(project, config.studies.get(name), name) for name in names}


def _plan(project: Project, choice: StudyChoice | None, study: str) -> StudyPlan:
    own = read_yaml(project.study_folder(study) / "study.yaml")
    waves = tuple(_texts(own, ("waves",), key="id"))
    languages = tuple(_texts(own, ("languages",)))
    plan = StudyPlan(study, _title(own.data, languages), waves, languages)
    if choice is None:
        return plan
    built = choice.languages or languages
    check_chosen(study, "wave", choice.waves, known=waves, root=project.folder)
    check_chosen(study, "language", built, known=languages, root=project.folder)
    return replace(plan, built_waves=tuple(choice.waves), built_languages=tuple(built))


def _title(own: Any, languages: Sequence[str]) -> str:
    title = own.get("title", "") if isinstance(own, dict) else ""
    return str(title.get(languages[0] if languages else "", "") if isinstance(title, dict) else title)


def _texts(file: YamlFile, where: tuple[str, ...], *, key: str = "") -> list[str]:
    value: Any = file.data
    for step in where:
        value = value.get(step) if isinstance(value, dict) else None
    entries = value if isinstance(value, list) else []
    return [_text(file, (*where, place), entry, key) for place, entry in enumerate(entries)]


def _text(file: YamlFile, where: tuple[str | int, ...], entry: object, key: str) -> str:
    value = entry.get(key) if isinstance(entry, dict) else entry
    if isinstance(value, str):
        return value
    line = file.line((*where, key))
    raise ConfigError(
        f'{shown(file.path)}, line {line}: {value!r} is not text; write it in quotes, "{value}"'
    )


def choose(
    plans: dict[str, StudyPlan],
    *,
    study: str = "",
    wave: str = "",
    language: str = "",
    only: Sequence[str] = (),
) -> Choice:
    """Check what is asked against what there is; a study that config leaves out is built for its last wave.

    Raises
    ------
    UsageError
        Saying what is unknown, what was perhaps meant, and what there is.
    """
    stages = tuple(OTHER_NAMES.get(stage, stage) for stage in only)
    for stage in stages:
        _need(stage, STAGES, what="stage", among=OTHER_NAMES)
    if not study:
        if wave or language:
            raise UsageError(f"--wave and --lang need a study; {_known('study', plans)}")
        return Choice(stages=stages, waves={name: plan.built_waves for name, plan in plans.items()})
    if wave:
        _need(wave, plans[study].waves, what="wave", of=study)
    if language:
        _need(language, plans[study].languages, what="language", of=study)
    waves = (wave,) if wave else plans[study].built_waves or plans[study].waves[-1:]
    return Choice(study, wave, language, stages, {study: waves})


def _need(word: str, known: Iterable[str], *, what: str, of: str = "", among: Iterable[str] = ()) -> None:
    known = list(known)
    if word in known:
        return
    owner = f" of study '{of}'" if of else ""
    hint = did_you_mean(word, [*known, *among], then=_known(what, known))
    raise UsageError(f"unknown {what} '{word}'{owner}{hint}")


def need_study(project: Project, study: str) -> None:
    """Check that a study has a folder.

    Raises
    ------
    UsageError
        Saying which studies there are.
    """
    _need(study, project.study_names(), what="study")


def _known(what: str, known: Iterable[str]) -> str:
    plural = {"study": "studies"}.get(what, f"{what}s")
    return f"{plural} that exist: {', '.join(known) or 'none'}"
