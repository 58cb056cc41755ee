"""Files of a site."""

from __future__ import annotations

from pathlib import Path

import pytest

from tiny_study import study
from wavedeck.audit.ledger import AuditError
from wavedeck.pages.files import FIRST_DATA, STATIC, look_digest, scripts_of, write_data
from wavedeck.pages.report import Report
from wavedeck.pages.site import write_sites


def test_data_is_a_script_under_its_key(tmp_path: Path) -> None:
    write_data(tmp_path, "cards/a*b", {"text": "é", "none": None})
    path = tmp_path / "data" / "cards" / "a+b.js"
    assert path.read_text(encoding="utf-8") == 'wavedeck("cards/a*b", {"text":"é","none":null});\n'


def test_number_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="JSON"):
        write_data(tmp_path, "site", {"value": float("nan")})


def test_every_script_is_on_the_internal_site() -> None:
    known = {f"app/{path.name}" for path in (STATIC / "app").iterdir()}
    assert set(scripts_of("internal")) - set(FIRST_DATA) == known
    assert set(scripts_of("public")) < set(scripts_of("internal"))
    assert scripts_of("public")[0] == "app/start.js"
    assert scripts_of("public")[-1] == "app/main.js"


def test_digest_of_the_look_is_short_and_stays() -> None:
    assert len(look_digest()) == 16
    assert look_digest() == look_digest()


def test_report_that_is_not_built_is_refused(tmp_path: Path) -> None:
    report = Report(study(), tmp_path, "2024", "en")
    with pytest.raises(AuditError, match=r"deck\.pptx: this file is not there; build the report first"):
        write_sites(report, public=tmp_path / "public", internal=tmp_path / "internal")
    assert not (tmp_path / "public").exists()
