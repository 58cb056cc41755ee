"""Signatures with a person's own key."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from wavedeck.audit.ledger import AuditError
from wavedeck.audit.provenance.check import check_folder
from wavedeck.audit.provenance.seal import Sealed, seal_report
from wavedeck.audit.provenance.signature import check_signature, sign
from workplace import Workplace

pytestmark = pytest.mark.skipif(
    shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed, so nothing can be signed"
)


def make_key(folder: Path, name: str) -> Path:
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(folder / name)]
    subprocess.run(command, check=True)
    return folder / name


def listed(key: Path, name: str) -> Path:
    """Return a list of signers with one key on it."""
    kind, public = key.with_suffix(".pub").read_text().split()[:2]
    file = key.with_name("signers")
    file.write_text(f"{name} {kind} {public}\n")
    return file


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return make_key(tmp_path, "desk")


def _sealed(place: Workplace, key: Path | None) -> Sealed:
    return seal_report(place.folder, "tiny", wave="2024", key=key)


def test_signature_names_the_signer_who_is_listed(place: Workplace, key: Path) -> None:
    folder = _sealed(place, key).folder
    found = check_folder(folder, signers=listed(key, "desk@example.org"))
    assert found.untouched
    assert found.signature is not None
    assert found.signature.signer == "desk@example.org"


def test_signature_without_list_holds_and_names_nobody(place: Workplace, key: Path) -> None:
    found = check_folder(_sealed(place, key).folder)
    assert found.untouched
    assert found.signature is not None
    assert (found.signature.holds, found.signature.signer) == (True, "")
    assert found.signature.key.startswith("SHA256:")


def test_signature_by_another_key_is_a_doubt(place: Workplace, key: Path, tmp_path: Path) -> None:
    stranger = make_key(tmp_path, "stranger")
    found = check_folder(_sealed(place, stranger).folder, signers=listed(key, "desk@example.org"))
    assert not found.untouched
    assert "signed with a key that is not in" in found.doubts[0]


def test_signature_of_another_list_does_not_hold(place: Workplace, key: Path) -> None:
    folder = _sealed(place, key).folder
    (folder / "SHA256SUMS").chmod(0o644)
    text = (folder / "SHA256SUMS").read_text()
    (folder / "SHA256SUMS").write_text(text.replace(text[:64], "0" * 64, 1))
    found = check_folder(folder, signers=listed(key, "desk@example.org"))
    assert any("signature is not of this SHA256SUMS" in doubt for doubt in found.doubts)


def test_sealed_report_can_be_signed_later(place: Workplace, key: Path) -> None:
    before = _sealed(place, None)
    assert not check_folder(before.folder, signers=listed(key, "d"), must_be_signed=True).untouched
    after = _sealed(place, key)
    assert (after.folder, after.root, after.is_new, after.signed) == (before.folder, before.root, False, True)
    assert check_folder(before.folder, signers=listed(key, "d"), must_be_signed=True).untouched


def test_anybody_can_check_it_with_openssh_alone(place: Workplace, key: Path) -> None:
    folder = _sealed(place, key).folder
    signers = listed(key, "desk@example.org")
    command = (
        f"ssh-keygen -Y verify -f {signers} -I desk@example.org -n wavedeck -s SHA256SUMS.sig < SHA256SUMS"
    )
    done = subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert 'Good "wavedeck" signature for desk@example.org' in done.stdout


def test_signature_for_another_purpose_does_not_count(place: Workplace, key: Path) -> None:
    folder = _sealed(place, None).folder
    command = ["ssh-keygen", "-q", "-Y", "sign", "-n", "git", "-f", str(key), str(folder / "SHA256SUMS")]
    subprocess.run(command, check=True, capture_output=True)
    assert not check_signature(folder / "SHA256SUMS", folder / "SHA256SUMS.sig").holds


def test_machine_without_openssh_says_what_to_install(
    place: Workplace, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _sealed(place, None).folder
    monkeypatch.setenv("PATH", "")
    with pytest.raises(AuditError, match=r"ssh-keygen is not installed.*openssh-client"):
        sign(folder / "SHA256SUMS", key)


def test_machine_without_openssh_still_checks_the_files(
    place: Workplace, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _sealed(place, key).folder
    monkeypatch.setenv("PATH", "")
    found = check_folder(folder)
    assert (found.untouched, found.signature) == (True, None)
    assert "ssh-keygen (OpenSSH) is not installed here" in found.remarks[0]
    assert not check_folder(folder, signers=listed(key, "d"), must_be_signed=True).untouched


def test_openssh_that_is_too_old_is_named(
    place: Workplace, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _sealed(place, key).folder
    old = tmp_path / "ssh-keygen"
    old.write_text("#!/bin/sh\necho unknown option -- Y >&2\nexit 1\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(AuditError, match="too old for signatures"):
        check_folder(folder)


def test_file_that_is_no_key_is_refused(place: Workplace, tmp_path: Path) -> None:
    (tmp_path / "no key").write_text("hello")
    (tmp_path / "no key").chmod(0o600)
    with pytest.raises(AuditError, match="this key did not sign; ssh-keygen says"):
        _sealed(place, tmp_path / "no key")
