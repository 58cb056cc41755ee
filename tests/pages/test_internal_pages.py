"""The audit pages that stay inside, in a real browser: from a number to the raw file and back."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from browsing import PHONE, Open, obstacles, settle, shows_slide
from workplace import Workplace

RAW = Path("data") / "raw" / "tiny" / "2024" / "responses.csv"
OVERALL = "visitors/overall/all/2024"
SCREENS = ("#slide=3&n=1", "#figures", "#rows", f"#rows={OVERALL}", "#row=visitors/2024:22", "#data")


def raw_row(built: Workplace, number: int) -> dict[str, str]:
    with (built.folder / RAW).open(encoding="utf-8", newline="") as file:
        heading, *rows = csv.reader(file)
    return dict(zip(heading, rows[number - 2], strict=True))


def test_number_leads_to_the_raw_value(open_page: Open, internal_site: Path, built: Workplace) -> None:
    page = open_page(internal_site, "#slide=3")
    page.get_by_role("button", name="7.4: The library as a whole · Total · 2024").first.click()
    page.get_by_role("link", name="Rows behind this figure").click()
    page.locator("#sum").wait_for()
    assert page.locator("#sum").inner_text().endswith("equal.")
    heads = page.locator("#screen-rows thead th").all_inner_texts()
    cells = page.locator("#screen-rows tbody tr").evaluate_all(
        "rows => rows.map(r => [...r.cells].map(c => c.innerText))"
    )
    shown = [dict(zip(heads, row, strict=True)) for row in cells]
    assert len(shown) == 46
    for one in shown:
        raw = raw_row(built, int(one["Row in the raw file"]))
        assert one["raw overall"] == raw["overall"] == one["counts as"]


def test_row_shows_raw_and_cleaned_answers_and_the_rule(
    open_page: Open, internal_site: Path, built: Workplace
) -> None:
    page = open_page(internal_site, "#row=visitors/2024:22")
    answer = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="sex", exact=True))
    assert raw_row(built, 22)["sex"] == "7"
    cells = answer.locator("td").all_inner_texts()
    assert cells[0] == "7"
    assert cells[2] == "not coded"
    assert "unknown_code" in cells[3]


def test_row_leads_back_to_figures_and_slides(open_page: Open, internal_site: Path) -> None:
    page = open_page(internal_site, "#row=visitors/2024:22")
    page.locator("#row-count").wait_for()
    hrefs = page.locator("#screen-rows a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert f"#rows={OVERALL}" in hrefs
    page.locator('#screen-rows a[href="#slide=3"]').first.click()
    shows_slide(page, 3)


def test_way_back_names_the_figures_that_a_trace_names(
    open_page: Open, internal_site: Path, built: Workplace
) -> None:
    from wavedeck.audit.trace.back import trace_row
    from wavedeck.audit.trace.place import Place
    from wavedeck.study.load import load_study

    place = Place(load_study(built.folder / "config" / "studies" / "tiny"), built.folder, "2024")
    named = {one.address for one in trace_row(place, RAW.as_posix(), 22).figures}
    page = open_page(internal_site, "#row=visitors/2024:22")
    page.locator("#row-count").wait_for()
    while page.get_by_role("button", name="Show more").count():
        page.get_by_role("button", name="Show more").first.click()
    hrefs = page.locator('#screen-rows a[href^="#rows="]').evaluate_all(
        "all => all.map(a => a.hash.slice(6))"
    )
    assert set(hrefs) == named


def test_parts_of_every_figure_add_up(open_page: Open, internal_site: Path) -> None:
    page = open_page(internal_site, "#rows")
    off = page.evaluate(
        """async () => {
          await W.load("slides");
          const figures = await W.figures();
          const shared = await W.load("shared");
          const wrong = [];
          let checked = 0;
          for (let i = 0; i < figures.size; i += 1) {
            const { card } = await W.cardAt(i);
            if (!card.rows || !card.values || card.values.estimate === undefined) continue;
            const columns = card.rows.terms.flatMap((term) => [term.of, term.per]);
            const evidence = await W.evidence(card.rows.evidence, columns);
            const parts = [...W.partsOf(card.rows, evidence).values()];
            if (parts.includes(null)) continue;
            checked += 1;
            const total = parts.reduce((sum, one) => sum + one, 0);
            const estimate = card.values.estimate;
            if (Math.abs(total - estimate) > 1e-9 * Math.max(1, Math.abs(estimate))) wrong.push(card.address);
          }
          return { wrong, checked };
        }"""
    )
    assert off["wrong"] == []
    assert off["checked"] > 300


def test_figure_that_is_not_published_says_so(open_page: Open, internal_site: Path) -> None:
    page = open_page(internal_site, "#figures&state=suppressed")
    page.locator("#results-body a").first.click()
    assert page.locator("#card .hidden-figure").inner_text().startswith("NOT PUBLISHED")


@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_is_labelled_and_fits(open_page: Open, internal_site: Path, screen: str) -> None:
    page = open_page(internal_site, screen, size=PHONE)
    settle(page)
    assert page.locator(".internal").is_visible()
    assert "INTERNAL" in page.locator(".internal").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert obstacles(page) == []


def test_every_change_leads_to_its_row(open_page: Open, internal_site: Path) -> None:
    page = open_page(internal_site, "#data")
    page.get_by_text("Every change").first.click()
    page.get_by_role("link", name="22").first.click()
    assert page.locator("#screen-rows h1").inner_text() == f"Row 22 of {RAW.as_posix()}"


def test_number_of_one_side_stands_only_beside_its_own_rows(open_page: Open, internal_site: Path) -> None:
    page = open_page(internal_site, "#rows")
    shown = page.evaluate(
        """() => {
          const evidence = {
            base: { in_weighting: "111" }, groups: { a: "110", b: "011" }, masks: {},
            column: () => ({ levels: [7], codes: "000" }),
          };
          const term = (group, name) => ({ group, of: "mark", show: { [name]: ["mark", 2] } });
          const shows = W.shownBy({ terms: [term("a", "high"), term("b", "low")] });
          return shows.map((one) => [one.name, [0, 1, 2].map((i) => W.shownAt(one, evidence, i))]);
        }"""
    )
    assert shown == [["high", [14, 14, None]], ["low", [None, 14, 14]]]


def test_ratio_to_nothing_has_parts_of_nothing(open_page: Open, internal_site: Path) -> None:
    page = open_page(internal_site, "#rows")
    parts = page.evaluate(
        """() => {
          const evidence = {
            size: 2, base: { in_weighting: "11", weight: { levels: [0], codes: "00" } }, groups: { a: "11" },
            masks: {}, column: () => ({ levels: [7], codes: "00" }),
          };
          const term = { kind: "ratio", sign: 1, scale: 1, of: "mark", group: "a", weighted: true };
          return [...W.partsOf({ terms: [term] }, evidence).values()];
        }"""
    )
    assert parts == [0, 0]
