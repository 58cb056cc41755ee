"""What a manifest lists, and what it keeps to itself."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from base64 import urlsafe_b64encode
from pathlib import Path

import pytest

from delivered_report import CODE, DELIVERED, FULL, delivered_report, describe, write
from wavedeck.audit.ledger import AuditError
from wavedeck.audit.provenance.check import changed_inputs
from wavedeck.audit.provenance.inputs import OF_PERSONS
from wavedeck.audit.provenance.manifest import read_manifest
from workplace import Workplace


def _text(place: Workplace) -> str:
    return (place.reports / "manifest.json").read_text()


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_manifest_lists_every_delivered_file_by_its_checksum(place: Workplace) -> None:
    listed = {one["path"]: one["sha256"] for one in json.loads(_text(place))["report"]}
    assert set(listed) == {*DELIVERED, "workflow/Snakefile", "ro-crate-metadata.json"}
    assert all(sha256 == _sha256(place.reports / path) for path, sha256 in listed.items())


def test_manifest_lists_what_the_report_rests_on_by_kind(place: Workplace) -> None:
    kinds: dict[str, set[str]] = {}
    for one in json.loads(_text(place))["inputs"]:
        kinds.setdefault(one["kind"], set()).add(one["path"])
    assert kinds["raw file"] == {f"data/raw/tiny/{wave}/responses.csv" for wave in ("2023", "2024")}
    assert kinds["codes of open answers"] == {
        f"data/raw/tiny/{wave}/visitors_coding.csv" for wave in ("2023", "2024")
    }
    assert kinds["cleared texts"] == {"data/raw/tiny/2024/visitors_cleared.csv"}
    assert kinds["settings of the study"] == {
        path.relative_to(place.folder).as_posix() for path in place.folder.glob("config/studies/tiny/*.yaml")
    }
    assert kinds["text"] == {
        path.relative_to(place.folder).as_posix() for path in place.folder.glob("templates/tiny/*.j2")
    }
    assert kinds["house template"] == {
        f"templates/house/{name}" for name in ("deck.pptx", "style.yaml", "wavedeck.mplstyle")
    }


def test_manifest_in_another_folder_at_another_time_is_the_same(place: Workplace, tmp_path: Path) -> None:
    other = delivered_report(tmp_path / "a" / "longer" / "way" / "to" / "the" / "study")
    for path in other.folder.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    describe(other)
    assert _text(other) == _text(place)
    crates = [(one.reports / "ro-crate-metadata.json").read_bytes() for one in (place, other)]
    assert crates[0] == crates[1]


def test_manifest_and_crate_name_no_place_of_this_machine(place: Workplace) -> None:
    for name in ("manifest.json", "ro-crate-metadata.json"):
        text = (place.reports / name).read_text()
        assert str(place.folder) not in text
        assert str(Path.home()) + "/" not in text
        assert os.uname().nodename not in text


def test_other_commit_gives_another_manifest(place: Workplace) -> None:
    before = _text(place)
    describe(place, code={**CODE, "commit": "c" * 40})
    assert _text(place) != before


def test_checksum_of_a_full_store_cannot_be_tried_out_without_the_raw_files(place: Workplace) -> None:
    plain = _sha256(place.folder / FULL)
    assert plain not in _text(place)
    before = json.loads(_text(place))["internal"]["files"]
    raw = place.folder / "data/raw/tiny/2023/responses.csv"
    raw.write_bytes(raw.read_bytes() + b"\n")
    describe(place)
    after = json.loads(_text(place))["internal"]["files"]
    assert [one["path"] for one in after] == [one["path"] for one in before] == [FULL]
    assert after[0]["hmac_sha256"] != before[0]["hmac_sha256"]


@pytest.mark.parametrize("name", ["manifest.json", "ro-crate-metadata.json"])
def test_id_of_a_respondent_cannot_be_tried_out_with_a_quote(place: Workplace, name: str) -> None:
    """A list with one line: the deck prints the text, so only the id would be left to guess."""
    line = "{},remark,yes,en,Please open on Sundays."
    cleared = place.folder / "data/raw/tiny/2024/visitors_cleared.csv"
    head = "respondent,variable,cleared,language,text"
    cleared.write_text(f"{head}\n{line.format(24004)}\n", encoding="utf-8")
    describe(place)
    text = (place.reports / name).read_text()
    tried = [f"{head}\n{line.format(number)}\n".encode() for number in range(24001, 24055)]
    sums = [hashlib.sha256(one).digest() for one in tried]
    assert cleared.read_bytes() in tried
    assert "visitors_cleared.csv" in text
    assert not [one for one in sums if one.hex() in text or urlsafe_b64encode(one).decode()[:43] in text]


def test_files_that_name_respondents_have_keyed_checksums_and_no_size(place: Workplace) -> None:
    found = json.loads(_text(place))["inputs"]
    of_persons = [one for one in found if one["kind"] in OF_PERSONS]
    assert len(of_persons) == 3
    assert all(set(one) == {"kind", "path", "hmac_sha256"} for one in of_persons)
    assert all("sha256" in one for one in found if one not in of_persons)


def test_internal_checksum_can_be_made_by_hand(place: Workplace) -> None:
    script = f"""
        key=$( (echo wavedeck; cat data/raw/tiny/2023/responses.csv data/raw/tiny/2024/responses.csv) \
               | sha256sum | cut -d' ' -f1)
        openssl dgst -sha256 -hmac "$key" {FULL} | sed 's/.*= //'
    """
    made = subprocess.run(
        ["bash", "-c", script], cwd=place.folder, capture_output=True, text=True, check=True
    ).stdout.strip()
    assert made == json.loads(_text(place))["internal"]["files"][0]["hmac_sha256"]


def test_values_of_full_stores_are_in_no_byte(place: Workplace) -> None:
    write(place.folder / FULL, "3.1415926535")
    describe(place)
    every = b"".join(path.read_bytes() for path in place.reports.rglob("*") if path.is_file())
    assert b"3.1415926535" not in every
    assert b"full_figures.parquet" in every


def test_changed_manifest_is_refused(place: Workplace) -> None:
    (place.reports / "manifest.json").write_text('{"study": "tiny"}')
    with pytest.raises(AuditError, match=r"manifest\.json: this is no manifest"):
        read_manifest(place.reports / "manifest.json")


def test_manifest_lists_what_was_verified_though_a_delivered_file_was_edited(place: Workplace) -> None:
    before = {one.path: one.sha256 for one in read_manifest(place.reports / "manifest.json").report}
    shutil.copytree(place.reports, place.folder / "drafts")
    write(place.reports / "deck.pptx", "edited by hand")
    differences = describe(place, drafts=place.folder / "drafts")
    after = {one.path: one.sha256 for one in read_manifest(place.reports / "manifest.json").report}
    assert (after, differences.changed) == (before, ("deck.pptx",))


@pytest.mark.parametrize(
    ("edited", "named"),
    [
        ([], []),
        (["data/raw/tiny/2024/visitors_coding.csv"], ["data/raw/tiny/2024/visitors_coding.csv"]),
        (
            ["data/raw/tiny/2024/visitors_coding.csv", "data/raw/tiny/2024/responses.csv"],
            ["data/raw/tiny/2024/responses.csv"],
        ),
    ],
)
def test_changed_inputs_are_named_as_far_as_raw_files_tell(
    place: Workplace, edited: list[str], named: list[str]
) -> None:
    manifest = read_manifest(place.reports / "manifest.json")
    for name in edited:
        path = place.folder / name
        path.write_bytes(path.read_bytes() + b"\n")
    assert changed_inputs(place.folder, manifest) == named
