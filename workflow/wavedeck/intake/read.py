"""Open a raw file: the right one, complete, in the format declared."""

from __future__ import annotations

import hashlib
from pathlib import Path

from wavedeck.intake.csv import read_csv
from wavedeck.intake.excel import read_excel
from wavedeck.intake.problems import stop
from wavedeck.intake.raw import RawTable
from wavedeck.intake.sav import read_sav
from wavedeck.study.settings import Source


def source_in(source: Source, wave: str) -> Source:
    """Return where and how the raw file of one wave stands."""
    override = source.by_wave.get(wave)
    given = override.model_dump(exclude_none=True) if override else {}
    return source.model_copy(update=given)


def read_raw(path: Path, *, file: str, source: Source, wave: str) -> RawTable:
    """Read the raw file of one wave.

    Parameters
    ----------
    path
        Where the file stands.
    file
        Its path as the study names it, for messages.
    source
        How the part's files are written.
    wave
        Wave of the file.

    Raises
    ------
    RawDataError
        When the file is missing, empty, truncated, another one than declared, or unreadable.
    """
    here = source_in(source, wave)
    data = file_bytes(path, file, declared="'file' under source in study.yaml")
    _check_sum(data, here, file, wave)
    if here.format == "csv":
        return read_csv(data, file=file, delimiter=here.delimiter, encoding=here.encoding)
    if here.format == "sav":
        return read_sav(path, file=file)
    return read_excel(path, file=file, sheet=here.sheet)


def file_bytes(path: Path, file: str, *, declared: str) -> bytes:
    """Return the content of a file; `declared` is where the study names it.

    Raises
    ------
    RawDataError
        When the file is missing, empty or cannot be opened.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        message = f"this raw file is missing; put it there, or correct {declared}"
        raise stop("missing_file", file, message) from error
    except OSError as error:
        raise stop("unreadable", file, f"this raw file cannot be opened ({error.strerror})") from error
    if not data.strip():
        raise stop("empty_file", file, "this raw file is empty; put the complete file there")
    return data


def _check_sum(data: bytes, source: Source, file: str, wave: str) -> None:
    expected = source.checksums.get(wave)
    actual = hashlib.sha256(data).hexdigest()
    if expected and actual != expected:
        message = (
            f"the file is not the one declared (SHA-256 {actual}, study.yaml says {expected}); restore the "
            f"original, or if it was meant to change, put its SHA-256 under source, checksums, '{wave}'"
        )
        raise stop("checksum", file, message)
