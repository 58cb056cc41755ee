"""What the folders of the audit pages hold, without a browser."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from browsing import DRAFT
from wavedeck.pages.report import Report
from wavedeck.pages.site import write_sites
from wavedeck.study.load import load_study
from workplace import ROOT, Workplace

PLANTED = {"estimate": 31.4159265, "se": 2.7182818, "base": 987654.0, "weighted_base": 876543.25}
STATIC = ROOT / "workflow" / "wavedeck" / "pages"


def write_again(project: Path, into: Path) -> tuple[Path, Path]:
    """Write both sites of a built tiny study anew, from elsewhere."""
    study = load_study(project / "config" / "studies" / "tiny")
    public, internal = into / "public", into / "internal"
    write_sites(Report(study, project, "2024", "en"), public=public, internal=internal)
    return public, internal


def contents(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def digest(folder: Path) -> dict[str, str]:
    return {name: hashlib.sha256(data).hexdigest() for name, data in contents(folder).items()}


@pytest.fixture(scope="module")
def planted(built: Workplace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built study with values planted in every hidden figure, and a respondent that stands out."""
    folder = tmp_path_factory.mktemp("planted") / "study"
    shutil.copytree(built.folder, folder)
    path = folder / DRAFT / "full_figures.parquet"
    rows = pq.read_table(path).to_pylist()
    hidden = [row for row in rows if row["state"] == "suppressed"]
    assert hidden
    for row in hidden:
        row.update(PLANTED)
    pq.write_table(pa.Table.from_pylist(rows, schema=pq.read_schema(path)), path)
    raw = folder / "data" / "raw" / "tiny" / "2024" / "responses.csv"
    with raw.open(encoding="utf-8", newline="") as file:
        heading, *lines = list(csv.reader(file))
    lines[3][heading.index("remark")] = "The planted remark of one visitor"
    with raw.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([heading, *lines])
    return folder


@pytest.fixture(scope="module")
def planted_sites(planted: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return write_again(planted, tmp_path_factory.mktemp("written"))


@pytest.mark.parametrize("value", [str(value).rstrip("0").rstrip(".") for value in PLANTED.values()])
def test_hidden_value_is_nowhere_in_the_public_site(planted_sites: tuple[Path, Path], value: str) -> None:
    public, internal = (contents(folder) for folder in planted_sites)
    assert [name for name, data in public.items() if value.encode() in data] == []
    assert any(value.encode() in data for data in internal.values())


def test_respondent_is_nowhere_in_the_public_site(planted: Path, planted_sites: tuple[Path, Path]) -> None:
    public, internal = (contents(folder) for folder in planted_sites)
    responses = pq.read_table(planted / DRAFT / "visitors" / "responses.parquet")
    ids = [rf"(?<![\d.]){one}(?!\d)" for one in responses["_id"].to_pylist()]
    evidence = data_of(planted_sites[1], "evidence/visitors/2024")
    secrets = [*ids, *evidence["ids"], "planted remark"]
    data = {name: own for name, own in public.items() if not name.endswith(".png")}
    found = [(name, one) for name, own in data.items() for one in secrets if re.search(one.encode(), own)]
    assert found == []
    assert any(evidence["ids"][0].encode() in own for own in internal.values())


def test_public_site_has_no_rows_and_no_code_for_them(planted_sites: tuple[Path, Path]) -> None:
    public, internal = planted_sites
    for name in (
        "data/evidence",
        "data/back",
        "data/logs",
        "app/rows.js",
        "app/respondent.js",
        "app/logs.js",
    ):
        assert not (public / name).exists()
        assert (internal / name).exists()
    assert "#rows" not in (public / "index.html").read_text(encoding="utf-8")


def test_public_counts_stay_above_the_disclosure_threshold(planted_sites: tuple[Path, Path]) -> None:
    public, internal = (data_of(folder, "quality") for folder in planted_sites)
    names = ("dispositions", "cleaning", "findings")
    own, inside = (
        [count for part in site for name in names for *_, count in part[name]] for site in (public, internal)
    )
    assert all(count >= 3 for count in own if isinstance(count, int))
    assert "<3" in own
    assert any(isinstance(count, int) and count < 3 for count in inside)


def test_only_raw_files_have_plain_checksums(planted: Path, planted_sites: tuple[Path, Path]) -> None:
    """A file of codes may be one line long; its checksum would let ids be tried."""
    others = [path for path in planted.rglob("data/raw/**/*.csv") if path.name != "responses.csv"]
    assert len(others) >= 4
    for folder in planted_sites:
        listed = {one["file"] for one in data_of(folder, "checks")["inputs"]}
        assert listed == {f"data/raw/tiny/{wave}/responses.csv" for wave in ("2023", "2024")}
        every = b"".join(contents(folder).values())
        sums = [hashlib.sha256(path.read_bytes()).hexdigest() for path in others]
        assert [one for one in sums if one.encode() in every] == []


def test_two_writings_are_byte_identical(built: Workplace, tmp_path: Path) -> None:
    public, internal = write_again(built.folder, tmp_path)
    assert digest(public) == digest(built.folder / DRAFT / "draft" / "audit")
    assert digest(internal) == digest(built.folder / DRAFT / "audit")


def test_no_file_names_this_machine(planted_sites: tuple[Path, Path], planted: Path) -> None:
    for folder in planted_sites:
        found = [name for name, data in contents(folder).items() if str(planted).encode() in data]
        assert found == []


def test_page_loads_nothing_from_elsewhere() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(STATIC.rglob("*")) if path.suffix in TEXTS]
    assert len(texts) > 10
    assert [
        text for text in texts if re.search(r"https?://|fetch\(|XMLHttpRequest|innerHTML|eval\(", text)
    ] == []


TEXTS = (".js", ".css", ".j2")


def data_of(site: Path, key: str) -> object:
    text = (site / "data" / f"{key}.js").read_text(encoding="utf-8")
    return json.loads(text[text.index(",") + 1 :].rstrip().removesuffix(");"))
