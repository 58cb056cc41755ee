"""Where a study's house templates stand: in its own folder, or with the program."""

from __future__ import annotations

from pathlib import Path

from wavedeck.study.errors import ConfigError, did_you_mean
from wavedeck.study.load import Study
from wavedeck.study.yaml_lines import read_yaml

HOUSE_FILES = ("deck.pptx", "style.yaml")
PROGRAM = Path(__file__).resolve().parents[3]


def house_file(study: Study, name: str, *, root: Path) -> Path:
    """Return a file of a study's house templates; the study's own folder goes first.

    Parameters
    ----------
    study
        The study.
    name
        ``deck.pptx`` or ``style.yaml``.
    root
        Folder that holds the study's config/, templates/ and data/.

    Raises
    ------
    ConfigError
        When neither that folder nor the program has it.
    """
    place = Path("templates") / study.settings.house / name
    for folder in (root, PROGRAM):
        if (folder / place).is_file():
            return folder / place
    raise ConfigError(_lacking(study, name, root))


def _lacking(study: Study, name: str, root: Path) -> str:
    house, line = study.settings.house, read_yaml(study.folder / "study.yaml").place(("house",))
    found = [path for folder in (root, PROGRAM) for path in folder.glob(f"templates/*/{name}")]
    known = sorted({path.parent.name for path in found})
    hint = did_you_mean(house, known, then=f"houses that exist: {', '.join(known) or 'none'}")
    return (
        f"{line}: house '{house}' has no {name}, neither in {(root / 'templates' / house).as_posix()}/ nor "
        f"among the program's own; put it there, or name another house{hint}"
    )
