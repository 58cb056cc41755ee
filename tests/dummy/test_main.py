import sys

from wavedeck.dummy.__main__ import main


def test_command_writes_the_files_and_names_them(folder, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["dummy", str(folder), "--directory", str(tmp_path), "--wave", "3"])
    assert main() == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "data/raw/tiny/3.sav")
    assert (tmp_path / "data/raw/tiny/3.sav").exists()


def test_command_says_what_is_wrong_without_a_traceback(folder, tmp_path, monkeypatch, capsys):
    (folder / "dummy.yaml").write_text("sed: 1\n")
    monkeypatch.setattr(sys, "argv", ["dummy", str(folder), "--directory", str(tmp_path)])
    assert main() == 1
    assert "dummy.yaml, line 1" in capsys.readouterr().err
