"""Seal a report: what is refused, what is kept, and what a check of the copy sees."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from delivered_report import DELIVERED, correct, write
from wavedeck.audit.ledger import AuditError
from wavedeck.audit.provenance.check import Checked, check_folder
from wavedeck.audit.provenance.published import newest_sealed, sealed_versions
from wavedeck.audit.provenance.seal import Sealed, seal_report
from workplace import Workplace


def _seal(place: Workplace, **more: object) -> Sealed:
    return seal_report(place.folder, "tiny", wave="2024", **more)  # type: ignore[arg-type]


def _copy(sealed: Sealed, to: Path) -> Path:
    """Copy a sealed version as onto a stick, where files can be written again."""
    shutil.copytree(sealed.folder, to)
    for path in to.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return to


def _checked(folder: Path) -> Checked:
    return check_folder(folder)


def test_sealed_version_holds_every_delivered_file(place: Workplace) -> None:
    sealed = _seal(place)
    assert sealed.folder == place.folder / "data/published/tiny/2024/1"
    for name in [*DELIVERED, "manifest.json", "ro-crate-metadata.json"]:
        assert (sealed.folder / name).read_bytes() == (place.reports / name).read_bytes()
    assert _checked(sealed.folder).untouched
    assert _checked(sealed.folder).root == sealed.root


@pytest.mark.parametrize("name", sorted([*DELIVERED, "manifest.json", "seal.json", "SHA256SUMS"]))
def test_one_changed_byte_anywhere_is_seen(place: Workplace, tmp_path: Path, name: str) -> None:
    sealed = _seal(place)
    copy = _copy(sealed, tmp_path / "stick")
    data = bytearray((copy / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copy / name).write_bytes(bytes(data))
    try:
        found = check_folder(copy, project=place.folder)
    except AuditError:
        assert name in ("seal.json", "SHA256SUMS")
        return
    assert not found.untouched
    assert name == "SHA256SUMS" or found.differences.changed == (name,)


def test_missing_and_added_files_are_named(place: Workplace, tmp_path: Path) -> None:
    copy = _copy(_seal(place), tmp_path / "stick")
    (copy / "charts/overall.png").rename(copy / "charts/renamed.png")
    differences = _checked(copy).differences
    assert (differences.missing, differences.added) == (("charts/overall.png",), ("charts/renamed.png",))
    assert differences.changed == ()


def test_folder_sealed_anew_by_somebody_else_is_not_the_one_that_is_kept(
    place: Workplace, tmp_path: Path
) -> None:
    _seal(place)
    other = Workplace(tmp_path / "other")
    shutil.copytree(place.folder, other.folder, ignore=shutil.ignore_patterns("published"))
    correct(other, "9.9")
    forged = _seal(other)
    assert check_folder(forged.folder).untouched
    found = check_folder(forged.folder, project=place.folder)
    assert "not the version 1 that data/published keeps" in found.doubts[0]


def test_second_version_needs_a_reason_and_keeps_the_first(place: Workplace) -> None:
    first = _seal(place)
    before = {path: path.read_bytes() for path in first.folder.rglob("*") if path.is_file()}
    correct(place)
    with pytest.raises(AuditError, match=r"(?s)sealed before, as version 1.*changed  figures\.csv.*--reason"):
        _seal(place)
    second = _seal(place, reason="weights corrected")
    assert [path.name for path in sealed_versions(place.folder, "tiny", "2024")] == ["1", "2"]
    assert newest_sealed(place.folder, "tiny", "2024") == second.folder
    assert {path: path.read_bytes() for path in first.folder.rglob("*") if path.is_file()} == before
    told = json.loads((second.folder / "seal.json").read_text())
    assert (told["version"], told["reason"]) == (2, "weights corrected")
    assert told["previous"] == {"version": 1, "root": first.root}


def test_tenth_version_comes_after_the_ninth(place: Workplace) -> None:
    for number in range(10):
        correct(place, f"7.{number}")
        _seal(place, reason=f"round {number}")
    assert [path.name for path in sealed_versions(place.folder, "tiny", "2024")][-2:] == ["9", "10"]


def test_same_report_is_not_sealed_twice(place: Workplace) -> None:
    first = _seal(place)
    again = _seal(place)
    assert (again.folder, again.root, again.is_new) == (first.folder, first.root, False)


def test_first_version_that_was_swapped_is_seen_from_the_second(place: Workplace) -> None:
    first = _seal(place)
    correct(place)
    second = _seal(place, reason="corrected")
    (first.folder / "SHA256SUMS").chmod(0o644)
    (first.folder / "SHA256SUMS").write_text("0" * 64 + "  deck.pptx\n")
    assert "Version 1 beside it is not the one" in _checked(second.folder).doubts[0]


def test_touched_version_stops_the_next_one(place: Workplace) -> None:
    first = _seal(place)
    (first.folder / "deck.pdf").chmod(0o644)
    (first.folder / "deck.pdf").write_text("other pages")
    correct(place)
    with pytest.raises(AuditError, match=r"(?s)Version 1.*no longer what was sealed.*changed  deck\.pdf"):
        _seal(place, reason="corrected")


def test_report_edited_by_hand_is_not_sealed(place: Workplace) -> None:
    write(place.reports / "deck.pptx", "edited")
    write(place.reports / "old.pptx", "left there")
    with pytest.raises(
        AuditError,
        match=r"(?s)not what was built.*changed  deck\.pptx.*added    old\.pptx.*wavedeck build tiny",
    ):
        _seal(place)
    assert not (place.folder / "data/published").exists()


def test_report_older_than_its_input_is_sealed_only_as_it_is(place: Workplace) -> None:
    name = "config/studies/tiny/codebook.yaml"
    write(place.folder / name, (place.folder / name).read_text() + "# later\n")
    with pytest.raises(AuditError, match=rf"(?s)older than what it rests on.*{name}.*--as-is"):
        _seal(place)
    sealed = _seal(place, as_is=True)
    assert json.loads((sealed.folder / "seal.json").read_text())["inputs_changed_before_sealing"] == [name]


def test_report_without_manifest_says_what_to_build(place: Workplace) -> None:
    (place.reports / "manifest.json").unlink()
    with pytest.raises(AuditError, match=r"no whole report to seal.*wavedeck build tiny --wave 2024"):
        _seal(place)


def test_sealing_that_fails_leaves_nothing_behind(place: Workplace) -> None:
    with pytest.raises(AuditError, match="there is no such key"):
        _seal(place, key=place.folder / "no_key")
    assert not list((place.folder / "data/published").rglob("*.*"))
    assert _seal(place).folder.name == "1"


def test_built_report_is_checked_by_its_manifest(place: Workplace) -> None:
    assert _checked(place.reports).untouched
    write(place.reports / "charts/overall.png", "other")
    assert _checked(place.reports).differences.changed == ("charts/overall.png",)


def test_folder_that_is_no_report_says_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(AuditError, match=r"neither sealed .* nor built"):
        check_folder(tmp_path)
