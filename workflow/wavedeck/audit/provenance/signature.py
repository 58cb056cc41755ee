"""Detached signatures with a person's own key, by OpenSSH's ``ssh-keygen -Y``."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from wavedeck.audit.ledger import AuditError

NAMESPACE = "wavedeck"
_PROGRAM = "ssh-keygen"
_KEY = re.compile(r"SHA256:[A-Za-z0-9+/]+")


@dataclass(frozen=True)
class Signature:
    """What a signature proves.

    Attributes
    ----------
    holds
        It was made over exactly this file.
    signer
        Who signed, by the list of known signers; empty where the key is not on it.
    key
        Fingerprint of the key.
    """

    holds: bool
    signer: str = ""
    key: str = ""


def sign(file: Path, key: Path) -> Path:
    """Sign a file; the signature stands beside it, its name ending in .sig.

    A passphrase is asked for on the terminal.

    Raises
    ------
    AuditError
        When OpenSSH or the key is missing, or it does not sign.
    """
    if not key.is_file():
        raise AuditError(
            f"{key}: there is no such key; make one with  ssh-keygen -t ed25519  and name its file "
            "(the one without .pub)"
        )
    made = file.with_name(f"{file.name}.sig")
    with tempfile.TemporaryDirectory(prefix="wavedeck-sign-") as folder:
        copy = Path(shutil.copyfile(file, Path(folder, file.name)))
        done = _keygen("sign", "-n", NAMESPACE, "-f", str(key), str(copy), quiet=False)
        signed = copy.with_name(made.name)
        if done.returncode or not signed.is_file():
            _require_able(done.stderr)
            raise AuditError(f"{key}: this key did not sign; ssh-keygen says: {_last(done.stderr)}")
        made.unlink(missing_ok=True)
        shutil.copyfile(signed, made)
    return made


def check_signature(file: Path, signature: Path, *, signers: Path | None = None) -> Signature:
    """Return what a signature proves.

    Parameters
    ----------
    file
        The signed file.
    signature
        The signature.
    signers
        List of known signers, a line each: name, kind of key, key.

    Raises
    ------
    AuditError
        When OpenSSH or the list is missing.
    """
    if signers is not None and not signers.is_file():
        raise AuditError(f"{signers}: there is no such list of signers")
    content = file.read_bytes()
    proof = _keygen("check-novalidate", "-n", NAMESPACE, "-s", str(signature), given=content)
    if proof.returncode:
        _require_able(proof.stderr)
        return Signature(holds=False)
    key = _KEY.search(proof.stdout.decode("utf-8", "replace"))
    name = _signer(signature, content, signers) if signers else ""
    return Signature(True, name, key[0] if key else "")


def _signer(signature: Path, content: bytes, signers: Path) -> str:
    """Return who signed, when the list has the key for this purpose."""
    known = _keygen("find-principals", "-s", str(signature), "-f", str(signers))
    for name in known.stdout.decode("utf-8", "replace").splitlines():
        command = ("-n", NAMESPACE, "-I", name, "-s", str(signature), "-f", str(signers))
        if not _keygen("verify", *command, given=content).returncode:
            return name
    return ""


def _keygen(
    task: str, *arguments: str, given: bytes = b"", quiet: bool = True
) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which(_PROGRAM)
    if program is None:
        raise AuditError(
            "ssh-keygen is not installed, and signatures are made and checked by it; it belongs to OpenSSH: "
            "sudo apt-get install openssh-client  (Windows: the optional feature OpenSSH Client)"
        )
    command = [program, "-Y", task, *arguments]
    feed = {"input": given} if quiet else {}
    return subprocess.run(command, capture_output=True, check=False, **feed)  # type: ignore[call-overload]


def can_check() -> bool:
    """Tell whether this machine has what signatures are made and checked by."""
    return shutil.which(_PROGRAM) is not None


def _require_able(said: bytes) -> None:
    if b"unknown option" in said or b"illegal option" in said:
        raise AuditError("ssh-keygen is too old for signatures; they need OpenSSH 8.2 or newer")


def _last(said: bytes) -> str:
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "nothing"
