"""The manifest of a report: by checksum all that it rests on, all that was delivered, and what made it."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wavedeck.audit.ledger import AuditError
from wavedeck.audit.provenance.checksums import FileSum, files_in, sum_of
from wavedeck.audit.provenance.inputs import OF_PERSONS, RAW, Input
from wavedeck.study.base import ANY_LANGUAGE
from wavedeck.study.load import Study

MANIFEST, CRATE = "manifest.json", "ro-crate-metadata.json"
SCHEMA = 1
KEYED = "hmac_sha256"
_KEY_START = b"wavedeck\n"
_METHOD = (
    "HMAC-SHA256 in hexadecimal digits. Key: SHA-256, in hexadecimal digits, of the word wavedeck, a line "
    "feed and the raw files one after the other, in the order of inputs."
)


@dataclass(frozen=True)
class Manifest:
    """What a manifest says, as far as others need it.

    Attributes
    ----------
    study, wave
        Which report it is of.
    inputs
        Files that the report rests on, with their kinds.
    report
        Delivered files.
    data
        Everything that it says.
    """

    study: str
    wave: str
    inputs: tuple[tuple[str, FileSum], ...]
    report: tuple[FileSum, ...]
    data: Mapping[str, Any]


def described(study: Study, wave: str, languages: Sequence[str]) -> dict[str, Any]:
    """Return what a manifest says of the study itself, as plain data."""
    settings, own = study.settings, study.wave(wave)
    return {
        "study": study.name,
        "title": settings.title,
        "author": settings.author,
        "commissioner": settings.commissioner,
        "wave": wave,
        "waves": list(study.waves_until(wave)),
        "parts": sorted(study.parts_in(wave)),
        "languages": list(languages),
        "made_up_respondents": settings.dummy,
        "published": own.published,
        "fieldwork": own.fieldwork,
    }


def sums_of_inputs(given: Iterable[tuple[Input, Path]]) -> list[tuple[str, FileSum]]:
    """Return kind and checksum of inputs, each read where it stands and named by its path.

    Files of persons have a keyed checksum and no size. A list with one quote, which the deck prints, leaves
    only the respondent's id to guess, and ids are short.
    """
    there = list(given)
    key = secret_key(raw_paths(there))
    return [(one.kind, input_sum(one, place, key)) for one, place in there]


def input_sum(given: Input, place: Path, key: bytes) -> FileSum:
    """Return the checksum of one input: keyed, and without size, where it names respondents."""
    if given.kind in OF_PERSONS:
        return FileSum(given.path, keyed(place, key))
    return sum_of(place, given.path)


def sums_of_report(delivered: Mapping[str, Path]) -> list[FileSum]:
    """Return the checksums of what was verified, under the names that it was delivered by.

    Parameters
    ----------
    delivered
        Name in the report's folder -> the file, or folder of files, that was put there.
    """
    files: dict[str, Path] = {}
    for name, place in delivered.items():
        inside = files_in(place) if place.is_dir() else []
        files |= {f"{name}/{one}": place / one for one in inside} if place.is_dir() else {name: place}
    return sorted(sum_of(path, name) for name, path in files.items())


def internal_sums(names: Iterable[str], root: Path, *, raw: Iterable[Path]) -> dict[str, Any]:
    """Return checksums of files that stay inside, which say nothing to who does not have the raw files.

    A plain checksum of a full store would be a leak: who has the published figures can try the few values
    that a suppressed figure could have, until the checksum fits.
    """
    key = secret_key(raw)
    sums = [{"path": name, KEYED: keyed(root / name, key)} for name in sorted(names)]
    return {"method": _METHOD, "files": sums}


def secret_key(raw: Iterable[Path]) -> bytes:
    """Return the key for internal checksums, which only who has the raw files can make."""
    digest = hashlib.sha256(_KEY_START)
    for path in raw:
        digest.update(path.read_bytes())
    return digest.hexdigest().encode()


def keyed(path: Path, key: bytes) -> str:
    """Return the keyed checksum of a file."""
    return hmac.new(key, path.read_bytes(), hashlib.sha256).hexdigest()


def manifest_text(
    about: Mapping[str, Any],
    *,
    inputs: Iterable[tuple[str, FileSum]],
    report: Iterable[FileSum],
    internal: Mapping[str, Any],
    code: Mapping[str, Any],
    software: Mapping[str, Any],
) -> str:
    """Return the text of manifest.json; the same things give the same text."""
    data = {
        "schema": SCHEMA,
        **about,
        "inputs": [{"kind": kind, **_input_entry(kind, one)} for kind, one in inputs],
        "report": [_entry(one) for one in sorted(report)],
        "internal": internal,
        "code": code,
        "software": software,
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def _entry(one: FileSum) -> dict[str, Any]:
    return {"path": one.path, "size": one.size, "sha256": one.sha256}


def _input_entry(kind: str, one: FileSum) -> dict[str, Any]:
    return {"path": one.path, KEYED: one.sha256} if kind in OF_PERSONS else _entry(one)


def read_manifest(path: Path) -> Manifest:
    """Read a manifest.

    Raises
    ------
    AuditError
        When it is not there or is not one.
    """
    if not path.is_file():
        raise AuditError(f"{path}: there is no manifest; build the report, which writes one")
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        inputs = tuple((one["kind"], _sum(one)) for one in data["inputs"])
        report = tuple(_sum(one) for one in data["report"])
        return Manifest(data["study"], data["wave"], inputs, report, data)
    except (ValueError, KeyError, TypeError) as error:
        raise AuditError(f"{path}: this is no manifest as wavedeck writes it; it was changed") from error


def _sum(entry: Mapping[str, Any]) -> FileSum:
    if KEYED in entry:
        return FileSum(entry["path"], entry[KEYED])
    return FileSum(entry["path"], entry["sha256"], entry["size"])


def raw_paths(inputs: Iterable[tuple[Input, Path]]) -> list[Path]:
    """Return where the raw files among inputs stand, in their order."""
    return [place for one, place in inputs if one.kind == RAW]


def plain_text(text: Mapping[str, str] | None, language: str) -> str:
    """Return a text of the study in one language, empty where there is none."""
    return "" if text is None else text.get(language) or text.get(ANY_LANGUAGE, "")
