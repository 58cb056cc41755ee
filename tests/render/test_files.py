from __future__ import annotations

from pathlib import Path

from wavedeck.render.files import deliver


def test_delivered_file_is_the_draft(tmp_path: Path) -> None:
    (tmp_path / "draft.csv").write_bytes(b"a,b\n")
    deliver(tmp_path / "draft.csv", tmp_path / "report.csv")
    assert (tmp_path / "report.csv").read_bytes() == b"a,b\n"


def test_delivered_folder_leaves_hidden_files_behind(tmp_path: Path) -> None:
    charts = tmp_path / "draft"
    charts.mkdir()
    (charts / "overall.png").write_bytes(b"png")
    (charts / ".stamp").write_bytes(b"")
    deliver(charts, tmp_path / "report")
    assert [path.name for path in (tmp_path / "report").iterdir()] == ["overall.png"]


def test_delivered_folder_brings_the_folders_in_it(tmp_path: Path) -> None:
    inner = tmp_path / "draft" / "data" / "cards"
    inner.mkdir(parents=True)
    (inner / "0.js").write_bytes(b"wavedeck()")
    deliver(tmp_path / "draft", tmp_path / "report")
    assert (tmp_path / "report" / "data" / "cards" / "0.js").read_bytes() == b"wavedeck()"
