"""Make the raw files of a study that has no respondents of its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from wavedeck.dummy.chance import generator
from wavedeck.dummy.coded import write_verbatims
from wavedeck.dummy.dirt import soiled
from wavedeck.dummy.draw import NOTHING, Respondents, Wanted, draw_respondents
from wavedeck.dummy.encode import raw_frame
from wavedeck.dummy.labels import FileLabels, labels_of
from wavedeck.dummy.plan import DirtPlan, DummyPlan
from wavedeck.dummy.write import write_raw
from wavedeck.intake.read import source_in
from wavedeck.study.errors import ConfigError
from wavedeck.study.load import Study


@dataclass(frozen=True)
class Made:
    """The files of one part in one wave, and who is in them."""

    respondents: Respondents
    files: tuple[Path, ...]


def require_dummy(study: Study) -> None:
    """Refuse to write over the raw files of a study that is not declared as made up.

    Raises
    ------
    ConfigError
        Saying what to do.
    """
    if not study.settings.dummy:
        raise ConfigError(
            f"study '{study.name}' does not say `dummy: true` in study.yaml; its raw files are "
            "real and stay as they are. To try the study with made-up respondents, write them elsewhere: "
            "wavedeck rehearse --into FOLDER"
        )


def make_wave(
    study: Study, plan: DummyPlan, root: Path, *, part: str, wave: str, wanted: Wanted = NOTHING
) -> Made:
    """Make the raw file of one part in one wave, and what coders and editors would deliver with it.

    Parameters
    ----------
    study, plan
        The study and its plan.
    root
        Folder that holds data/.
    part, wave
        Which respondents.
    wanted
        What their answers must lead to.
    """
    respondents = draw_respondents(study, plan, part=part, wave=wave, wanted=wanted, root=root)
    path = root / study.raw_file(part, wave)
    source = source_in(study.settings.parts[part].source, wave)
    raw = _soiled(respondents, plan, part, wave)
    write_raw(raw, path, source=source, labels=_labels(study, plan, part, wave))
    return Made(respondents, (path, *write_verbatims(study, respondents, root, part=part, wave=wave)))


def raw_content(
    study: Study, plan: DummyPlan, *, part: str, wave: str, wanted: Wanted = NOTHING, root: Path = Path()
) -> pd.DataFrame:
    """Return what the raw file of one part and wave holds: columns of text, dirt included."""
    respondents = draw_respondents(study, plan, part=part, wave=wave, wanted=wanted, root=root)
    return _soiled(respondents, plan, part, wave)


def _soiled(respondents: Respondents, plan: DummyPlan, part: str, wave: str) -> pd.DataFrame:
    own = plan.part(part)
    dirt = own.dirt.get(wave, DirtPlan())
    rng = generator(plan.seed, part, wave, "dirt")
    return soiled(raw_frame(respondents), respondents, plan=own, dirt=dirt, rng=rng)


def _labels(study: Study, plan: DummyPlan, part: str, wave: str) -> FileLabels:
    return labels_of(
        study.codebook.questions(part, wave),
        language=study.settings.languages[0],
        missing={str(kind): label for kind, label in plan.missing_labels.items()},
        date=dt.date.fromisoformat(study.wave(wave).published),
    )
