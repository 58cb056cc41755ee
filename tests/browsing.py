"""What tests of pages share: sizes of windows, and how a site is opened."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

WIDE, PHONE = (1400, 900), (390, 844)
DRAFT = Path("data") / "processed" / "tiny" / "2024"
Open = Callable[..., Any]


def obstacles(page: Any) -> list[tuple[str, str]]:
    """Return what keeps people out of a page, as axe sees it: rule and element."""
    found = Axe().run(page, options={"preload": False}).response["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")]


def settle(page: Any) -> None:
    """Wait until the screen that was asked for stands."""
    expect(page).to_have_title(re.compile(" – "))


def shows_slide(page: Any, number: int) -> None:
    """Wait until a slide is shown."""
    expect(page.locator("#slide-choice")).to_have_value(str(number))
