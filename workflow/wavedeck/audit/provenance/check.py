"""Whether a folder is what it was when it was built or sealed, wherever it stands now."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from wavedeck.audit.ledger import AuditError
from wavedeck.audit.provenance.checksums import left_aside, read_sums, root_digest
from wavedeck.audit.provenance.comparison import Differences, compare_folder
from wavedeck.audit.provenance.inputs import HOUSE, OF_PERSONS, RAW, Input
from wavedeck.audit.provenance.manifest import MANIFEST, Manifest, input_sum, read_manifest, secret_key
from wavedeck.audit.provenance.published import SEAL, SIGNATURE, SUMS, published_folder
from wavedeck.audit.provenance.signature import Signature, can_check, check_signature
from wavedeck.study.house import PROGRAM

_SEAL_ASIDE = frozenset({SUMS, SIGNATURE})


@dataclass(frozen=True)
class Checked:
    """What is true of one folder.

    Attributes
    ----------
    folder
        The folder.
    files
        Number of files that should be there.
    differences
        How it differs from that.
    seal
        What its seal says; empty for a report that was built and not sealed.
    root
        Root digest of a sealed folder.
    signature
        What its signature proves, where it has one.
    doubts
        What else speaks against it, one sentence each.
    aside
        Files that programs leave by themselves, which count as nothing.
    remarks
        What else is good to know, one sentence each.
    """

    folder: Path
    files: int
    differences: Differences
    seal: Mapping[str, Any] = field(default_factory=dict)
    root: str = ""
    signature: Signature | None = None
    doubts: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def untouched(self) -> bool:
        """Tell whether nothing at all speaks against the folder."""
        return not self.differences and not self.doubts


def check_folder(
    folder: Path,
    *,
    signers: Path | None = None,
    must_be_signed: bool = False,
    project: Path | None = None,
) -> Checked:
    """Check a folder that was built or sealed.

    Parameters
    ----------
    folder
        The folder, or a copy of it anywhere.
    signers
        List of known signers; a signature by another key is a doubt.
    must_be_signed
        Whether a sealed folder without signature is one.
    project
        Folder with data/published, where there is one: a copy is held against the version that it keeps.

    Raises
    ------
    AuditError
        When it is no folder, or neither sealed nor built.
    """
    if not folder.is_dir():
        raise AuditError(f"{folder}: there is no such folder")
    if (folder / SUMS).is_file() and (folder / SEAL).is_file():
        found = _check_sealed(folder, signers, project)
        if found.signature is None and must_be_signed:
            return replace(found, doubts=(*found.doubts, *(found.remarks or ["It is not signed."])))
        return found
    if (folder / MANIFEST).is_file():
        manifest = read_manifest(folder / MANIFEST)
        return Checked(
            folder, len(manifest.report), built_differences(folder, manifest), aside=tuple(left_aside(folder))
        )
    raise AuditError(
        f"{folder}: neither sealed (no {SUMS} and {SEAL}) nor built by wavedeck (no {MANIFEST}); "
        "give the folder of one report, such as reports/<study>/<wave>"
    )


def built_differences(folder: Path, manifest: Manifest) -> Differences:
    """Return how a report's folder differs from its manifest."""
    expected = {one.path: one.sha256 for one in manifest.report}
    return compare_folder(folder, expected, aside=frozenset({MANIFEST}))


def changed_inputs(root: Path, manifest: Manifest) -> list[str]:
    """Return the files that a report rests on and that are no longer as they were.

    Raw files are the key to checksums of files that name respondents: where one changed, those stay untold.

    Parameters
    ----------
    root
        Folder that holds config/, templates/ and data/.
    """
    given = [(Input(kind, one.path), one.sha256) for kind, one in manifest.inputs]
    raw = [(one, before) for one, before in given if one.kind == RAW]
    changed = {one for one, before in raw if _now(root, one) != before}
    key = b"" if changed else secret_key(root / one.path for one, _ in raw)
    rest = [(one, before) for one, before in given if key or one.kind not in OF_PERSONS]
    changed |= {one for one, before in rest if _now(root, one, key) != before}
    return [one.path for one, _ in given if one in changed]


def _now(root: Path, given: Input, key: bytes = b"") -> str:
    places = (root, PROGRAM) if given.kind == HOUSE else (root,)
    there = [folder / given.path for folder in places if (folder / given.path).is_file()]
    return input_sum(given, there[0], key).sha256 if there else ""


def read_seal(folder: Path) -> dict[str, Any]:
    """Return what the seal of a folder says.

    Raises
    ------
    AuditError
        When it cannot be read.
    """
    try:
        data = json.loads((folder / SEAL).read_text(encoding="utf-8"))
        return {"study": data["study"], "wave": data["wave"], "version": int(data["version"]), **data}
    except (ValueError, KeyError, TypeError) as error:
        raise AuditError(f"{folder / SEAL}: this is no seal as wavedeck writes it; it was changed") from error


def sealed_sums(folder: Path) -> dict[str, str]:
    """Return path -> checksum of what a sealed folder should hold."""
    return read_sums((folder / SUMS).read_text(encoding="utf-8"), name=str(folder / SUMS))


def sealed_root(folder: Path) -> str:
    """Return the root digest of a sealed folder."""
    return root_digest((folder / SUMS).read_text(encoding="utf-8"))


def _check_sealed(folder: Path, signers: Path | None, project: Path | None) -> Checked:
    seal, root, expected = read_seal(folder), sealed_root(folder), sealed_sums(folder)
    signature, remarks = _signature(folder, signers)
    doubts = [*_chain(folder, seal), *_kept(root, seal, project), *_signed(signature, signers)]
    differences = compare_folder(folder, expected, aside=_SEAL_ASIDE)
    aside = tuple(left_aside(folder))
    return Checked(folder, len(expected), differences, seal, root, signature, tuple(doubts), aside, remarks)


def _signature(folder: Path, signers: Path | None) -> tuple[Signature | None, tuple[str, ...]]:
    """Return what a signature proves; a machine without OpenSSH still checks every file."""
    if not (folder / SIGNATURE).is_file():
        return None, ()
    if not can_check():
        return None, ("It is signed, but ssh-keygen (OpenSSH) is not installed here to check by whom.",)
    return check_signature(folder / SUMS, folder / SIGNATURE, signers=signers), ()


def _chain(folder: Path, seal: Mapping[str, Any]) -> list[str]:
    """Say when the version before this one is not the one that the seal names."""
    before = seal.get("previous")
    place = folder.parent / str(before["version"]) if before else None
    if before is None or place is None or not (place / SUMS).is_file():
        return []
    if sealed_root(place) == before["root"]:
        return []
    return [f"Version {before['version']} beside it is not the one that its seal names as the one before."]


def _kept(root: str, seal: Mapping[str, Any], project: Path | None) -> list[str]:
    """Say when the project keeps something else under the same version."""
    if project is None:
        return []
    own = published_folder(project, seal["study"], seal["wave"]) / str(seal["version"])
    if not (own / SUMS).is_file() or sealed_root(own) == root:
        return []
    return [f"It is not the version {seal['version']} that data/published keeps, whose root digest differs."]


def _signed(signature: Signature | None, signers: Path | None) -> list[str]:
    if signature is None or signature.signer:
        return []
    if not signature.holds:
        return [f"Its signature is not of this {SUMS}: one of them was changed or swapped."]
    return [f"It is signed with a key that is not in {signers}."] if signers else []
