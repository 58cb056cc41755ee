"""Where sealed reports stand: data/published/<study>/<wave>/<n>/, a folder per version, never overwritten."""

from __future__ import annotations

from pathlib import Path

SUMS, SIGNATURE, SEAL = "SHA256SUMS", "SHA256SUMS.sig", "seal.json"
PUBLISHED = Path("data") / "published"


def published_folder(root: Path, study: str, wave: str) -> Path:
    """Return the folder that holds the sealed versions of a report."""
    return root / PUBLISHED / study / wave


def sealed_versions(root: Path, study: str, wave: str) -> list[Path]:
    """Return the folders of the sealed versions of a report, oldest first.

    Parameters
    ----------
    root
        Folder that holds data/.
    """
    folder = published_folder(root, study, wave)
    found = [path for path in folder.glob("*") if path.name.isdecimal() and (path / SEAL).is_file()]
    return sorted(found, key=lambda path: int(path.name))


def newest_sealed(root: Path, study: str, wave: str) -> Path | None:
    """Return the folder of the newest sealed version of a report, the measure for restatements."""
    versions = sealed_versions(root, study, wave)
    return versions[-1] if versions else None


def every_sealed(root: Path) -> list[Path]:
    """Return the folders of all sealed versions of all reports, by study, wave and version."""
    waves = sorted(path for path in (root / PUBLISHED).glob("*/*") if path.is_dir())
    return [folder for wave in waves for folder in sealed_versions(root, wave.parent.name, wave.name)]
