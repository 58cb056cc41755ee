"""The command ``wavedeck codebook``: YAML into a spreadsheet and back."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from wavedeck.cli.project import UsageError
from wavedeck.study.codebook import Codebook
from wavedeck.study.errors import ConfigError
from wavedeck.study.explain import explain
from wavedeck.study.load import study_file
from wavedeck.study.paths import shown
from wavedeck.study.plain import codebook_to_yaml
from wavedeck.study.sheet import codebook_from_xlsx, codebook_to_xlsx
from wavedeck.study.yaml_lines import read_yaml

FORMS = ("xlsx", "yaml")


def convert_codebook(folder: Path, form: str) -> Path:
    """Write a study's codebook in the other form, and remove the old one; no other file is needed.

    The new file is read again first: the old one goes only when both say the same.

    Parameters
    ----------
    folder
        Folder of the study.
    form
        ``xlsx`` or ``yaml``.

    Returns
    -------
    The new file.

    Raises
    ------
    UsageError
        When the form is unknown, there is no codebook, it has that form already, or something would be lost.
    ConfigError
        When the codebook has errors.
    """
    if form not in FORMS:
        raise UsageError(f"--to {form}: give {' or '.join(FORMS)}")
    new = folder / f"codebook.{form}"
    old = study_file(folder, "codebook")
    if not old.is_file():
        raise UsageError(f"{shown(folder)} has no codebook yet, neither codebook.yaml nor codebook.xlsx")
    if old == new:
        raise UsageError(f"{shown(old)}: the codebook is kept as {new.name} already")
    codebook = _read(old)
    _write(codebook, new)
    if _read(new) != codebook:
        new.unlink()
        raise UsageError(f"{shown(old)} cannot be turned into {new.name} without loss; it stays as it is")
    old.unlink()
    return new


def _write(codebook: Codebook, path: Path) -> None:
    write = codebook_to_xlsx if path.suffix == ".xlsx" else codebook_to_yaml
    write(codebook, path)


def _read(path: Path) -> Codebook:
    if path.suffix == ".xlsx":
        return codebook_from_xlsx(path)
    file = read_yaml(path)
    try:
        return Codebook.model_validate(file.data)
    except ValidationError as error:
        raise ConfigError("\n".join(explain(file, Codebook, error))) from error
