"""The audit pages of the tiny study, and a real browser to open them in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from browsing import DRAFT, WIDE, Open
from workplace import Workplace, copy_study


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """The tiny study with its audit pages; not to be changed by tests."""
    place = copy_study(tmp_path_factory.mktemp("built"))
    run = place.snakemake(str(DRAFT / "draft" / "audit"))
    assert run.code == 0, run.text
    return place


@pytest.fixture(scope="session")
def public_site(built: Workplace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site that is delivered, copied elsewhere as onto a stick."""
    folder = tmp_path_factory.mktemp("a stick") / "audit"
    shutil.copytree(built.folder / DRAFT / "draft" / "audit", folder)
    return folder


@pytest.fixture(scope="session")
def internal_site(built: Workplace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with rows, copied elsewhere."""
    folder = tmp_path_factory.mktemp("inside") / "audit"
    shutil.copytree(built.folder / DRAFT / "audit", folder)
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium without a window."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        assert not os.environ.get("WAVEDECK_NEEDS_BROWSER"), "there is no Chromium; run: make setup-browser"
        pytest.skip("there is no Chromium; `make setup-browser` installs it")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def complaints() -> list[str]:
    """What pages complained of and asked for elsewhere; a test may expect some and take them out."""
    return []


@pytest.fixture
def open_page(browser: Any, complaints: list[str]) -> Iterator[Open]:
    """Return a function that opens a site; what is left of complaints fails the test."""
    pages: list[Any] = []

    def opened(site: Path, place: str = "", *, size: tuple[int, int] = WIDE) -> Any:
        page = browser.new_page(viewport={"width": size[0], "height": size[1]})
        page.set_default_timeout(5_000)
        page.on("console", lambda said: complaints.append(said.text) if said.type != "log" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: complaints.append(asked.url) if _is_elsewhere(asked.url) else None)
        page.goto(f"{(site / 'index.html').as_uri()}{place}")
        pages.append(page)
        return page

    yield opened
    for page in pages:
        page.close()
    assert complaints == []


def _is_elsewhere(url: str) -> bool:
    return not url.startswith(("file://", "data:"))
