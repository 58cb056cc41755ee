"""Make the raw files of a study that has no respondents of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from wavedeck.dummy.chance import generator
from wavedeck.dummy.dirt import soiled
from wavedeck.dummy.draw import draw_respondents
from wavedeck.dummy.encode import raw_frame
from wavedeck.dummy.labels import FileLabels, labels_of
from wavedeck.dummy.plan import DirtPlan, DummyPlan, load_plan
from wavedeck.dummy.write import write_raw
from wavedeck.intake.read import source_in
from wavedeck.study.errors import ConfigError
from wavedeck.study.load import Study


def make_raw_files(study: Study, root: Path, *, waves: Sequence[str] = ()) -> list[Path]:
    """Make the raw file of every part and wave.

    Parameters
    ----------
    study
        A study that declares `dummy: true`.
    root
        Folder that holds config/ and data/.
    waves
        Waves to make; all when empty.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    ConfigError
        When the study is not declared as made up, or its plan is not complete.
    """
    if not study.settings.dummy:
        raise ConfigError(
            f"study '{study.name}' does not say `dummy: true` in study.yaml; its raw files are "
            "real and stay as they are"
        )
    plan, files = load_plan(study), []
    for wave in waves or study.wave_names:
        for part in study.parts_in(wave):
            files.append(root / study.raw_file(part, wave))
            _make(study, plan, part, wave, files[-1])
    return files


def raw_content(study: Study, plan: DummyPlan, *, part: str, wave: str) -> pd.DataFrame:
    """Return what the raw file of one part and wave holds: columns of text, dirt included."""
    respondents = draw_respondents(study, plan, part=part, wave=wave)
    own = plan.parts[part]
    dirt = own.dirt.get(wave, DirtPlan())
    rng = generator(plan.seed, part, wave, "dirt")
    return soiled(raw_frame(respondents), respondents, plan=own, dirt=dirt, rng=rng)


def _make(study: Study, plan: DummyPlan, part: str, wave: str, path: Path) -> None:
    raw = raw_content(study, plan, part=part, wave=wave)
    source = source_in(study.settings.parts[part].source, wave)
    write_raw(raw, path, source=source, labels=_labels(study, plan, part, wave))


def _labels(study: Study, plan: DummyPlan, part: str, wave: str) -> FileLabels:
    return labels_of(
        study.codebook.questions(part, wave),
        language=study.settings.languages[0],
        missing={str(kind): label for kind, label in plan.missing_labels.items()},
        date=dt.date.fromisoformat(study.wave(wave).published),
    )
