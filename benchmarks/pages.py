"""Time the audit pages of a built report in headless Chromium: opening, searching, showing a card.

Usage: python benchmarks/pages.py FOLDER [value ...]

FOLDER holds the pages, such as reports/ind-kto/2013/audit. Each time is the middle one of several, with
a browser that keeps nothing from one to the next.
"""

from __future__ import annotations

import shutil
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

REPEATS = 7
TYPED = ("7,7", "vr/overall_mark", "totaal")
OPENED = """() => {
  const load = performance.getEntriesByType("navigation")[0].loadEventEnd;
  return { load, slide: performance.getEntriesByName("slide")[0].startTime };
}"""
SEARCH = """async (typed) => {
  await W.load("slides");
  await W.figures();
  const found = document.getElementById("find");
  const times = [];
  for (let end = 1; end <= typed.length; end += 1) {
    found.value = typed.slice(0, end);
    const start = performance.now();
    await W.typed();
    document.getElementById("results").getBoundingClientRect();
    times.push(performance.now() - start);
  }
  return { slowest: Math.max(...times), figures: W.list.size };
}"""
CARD = """async () => {
  const lines = W.data.slides.slides.flatMap((slide) => slide.lines);
  const line = lines.find((one) => W.list.places.has(one.address));
  const start = performance.now();
  await W.showCard(line.address);
  document.getElementById("card").getBoundingClientRect();
  return performance.now() - start;
}"""
FIRST = """async () => {
  const start = performance.now();
  await W.load("slides");
  await W.figures();
  return performance.now() - start;
}"""


def opened(browser: Browser, address: str) -> Page:
    """Open the pages in a window of their own."""
    page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
    page.goto(address)
    return page


def middle(browser: Browser, address: str, measure: Callable[[Page], float]) -> float:
    """Return the middle of several measurements, in milliseconds."""
    times = []
    for _ in range(REPEATS):
        page = opened(browser, address)
        times.append(measure(page))
        page.context.close()
    return statistics.median(times)


def searched(page: Page, typed: str) -> dict[str, Any]:
    """Type a text letter by letter and return the slowest answer, in milliseconds."""
    return dict(page.evaluate(SEARCH, typed))


def measure(browser: Browser, address: str, typed: tuple[str, ...]) -> list[tuple[str, float]]:
    """Return what was measured and how long it took, in milliseconds."""
    lines = [
        ("load event", middle(browser, address, lambda page: page.evaluate(OPENED)["load"])),
        (
            "first slide with its buttons",
            middle(browser, address, lambda page: page.evaluate(OPENED)["slide"]),
        ),
        ("list of figures made ready, once", middle(browser, address, lambda page: page.evaluate(FIRST))),
    ]
    for text in typed:
        slowest = middle(browser, address, lambda page, own=text: searched(page, own)["slowest"])
        lines.append((f"slowest key of {text!r}", slowest))

    def card(page: Page) -> float:
        page.evaluate(FIRST)
        return float(page.evaluate(CARD))

    return [*lines, ("card of a figure, first time", middle(browser, address, card))]


def main() -> None:
    """Print a line per measurement."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    index = Path(sys.argv[1]).resolve() / "index.html"
    typed = tuple(sys.argv[2:]) or TYPED
    program = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        size = searched(opened(browser, index.as_uri()), typed[0])["figures"]
        sys.stdout.write(f"{size:,} figures, middle of {REPEATS}\n")
        for name, time in measure(browser, index.as_uri(), typed):
            sys.stdout.write(f"{name:34} {time:8.0f} ms\n")
        browser.close()


if __name__ == "__main__":
    main()
