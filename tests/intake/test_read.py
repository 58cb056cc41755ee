from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from wavedeck.intake.problems import RawDataError
from wavedeck.intake.read import source_in
from wavedeck.intake.run import Intake
from wavedeck.study.settings import Source

TakeIn = Callable[..., Intake]
GOOD = "id\n1\n"


def test_missing_raw_file_is_named_as_the_study_names_it(take_in: TakeIn, tmp_path: Path) -> None:
    with pytest.raises(RawDataError) as caught:
        take_in(tmp_path / "nowhere.csv", {})
    assert str(caught.value).startswith(
        "data/raw/tiny/2017/responses.csv: this raw file is missing; put it there"
    )


@pytest.mark.parametrize("content", [b"", b"\n \n"])
def test_empty_file_is_refused(take_in: TakeIn, content: bytes) -> None:
    with pytest.raises(RawDataError, match="this raw file is empty; put the complete file there"):
        take_in(content, {})


def test_file_that_is_a_folder_is_refused(take_in: TakeIn, tmp_path: Path) -> None:
    with pytest.raises(RawDataError, match="cannot be opened"):
        take_in(tmp_path, {})


def test_file_with_the_declared_checksum_is_read(take_in: TakeIn) -> None:
    digest = hashlib.sha256(GOOD.encode()).hexdigest()
    assert take_in(GOOD, {}, checksums={"2017": digest}).responses.num_rows == 1


def test_other_file_than_declared_stops(take_in: TakeIn) -> None:
    with pytest.raises(RawDataError, match="the file is not the one declared") as caught:
        take_in(GOOD, {}, checksums={"2017": "0" * 64})
    assert hashlib.sha256(GOOD.encode()).hexdigest() in str(caught.value)


def test_source_of_a_wave_fills_in_what_differs() -> None:
    source = Source.model_validate(
        {"file": "a.sav", "format": "sav", "by_wave": {"2011": {"file": "b.csv", "format": "csv"}}}
    )
    assert (source_in(source, "2011").file, source_in(source, "2011").format) == ("b.csv", "csv")
    assert source_in(source, "2013").format == "sav"
