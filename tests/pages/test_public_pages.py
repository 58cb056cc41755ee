"""The delivered audit pages in a real browser."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from browsing import PHONE, Open, obstacles, settle, shows_slide

SCREENS = ("#slide=3&n=1", "#figures&find=overall", "#data", "#methods", "#checks")
OVERALL = "visitors/overall/all/2024"


def test_number_on_a_slide_shows_its_card(open_page: Open, public_site: Path) -> None:
    page = open_page(public_site, "#slide=3")
    page.get_by_role("button", name="7.4: The library as a whole · Total · 2024").first.click()
    card = page.locator("#card")
    assert card.locator(".printed").inner_text() == "7.4"
    assert card.get_by_text("sum(weight × value) / sum(weight)").count() == 1
    assert card.locator("code.address").inner_text() == OVERALL
    assert page.evaluate("document.activeElement.tagName") == "H2"
    assert "n=" in page.url


def test_every_number_on_the_picture_is_a_button(open_page: Open, public_site: Path) -> None:
    page = open_page(public_site)
    found = page.evaluate(
        """() => W.data.slides.slides.map((slide, i) => {
             W.go(`#slide=${i + 1}`);
             return slide.lines.filter((line) => line.boxes).length;
           })"""
    )
    assert sum(found) > 200
    page.goto(page.url.split("#")[0] + "#slide=6")
    places = page.evaluate("W.data.slides.slides[5].lines.filter((line) => line.boxes).length")
    lines = page.locator(".mark").evaluate_all(
        "all => new Set(all.flatMap(a => a.dataset.lines.split(' '))).size"
    )
    assert lines == places


def test_deep_link_opens_slide_and_number(open_page: Open, public_site: Path) -> None:
    page = open_page(public_site, "#slide=5&n=2")
    assert page.locator("#card .printed").inner_text() == "130"
    assert page.locator(".mark.chosen").count() >= 1
    assert page.locator("#slide-choice").input_value() == "5"


def test_deep_link_opens_a_figure(open_page: Open, public_site: Path) -> None:
    page = open_page(public_site, f"#address={OVERALL}")
    assert page.locator("#card h2").inner_text() == "The library as a whole"
    page.locator("#card .prints a").first.click()
    assert page.locator("#card .printed").inner_text() == "7.4"


def test_unknown_figure_is_said_to_be_unknown(open_page: Open, public_site: Path) -> None:
    page = open_page(public_site, "#address=visitors/nothing/all/2024")
    assert page.locator("#card h2").inner_text() == "No such figure"


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("visitors/overall/branch_east", "visitors/overall/branch_east/2024"),
        ("whole total 2024", OVERALL),
        ("7.4 library", OVERALL),
    ],
)
def test_search_finds_by_address_label_and_value(
    open_page: Open, public_site: Path, typed: str, address: str
) -> None:
    page = open_page(public_site)
    page.keyboard.press("/")
    page.keyboard.type(typed)
    page.locator("#results-body tr").first.wait_for()
    assert page.locator(f'#results-body a[href="#address={address}"]').count() == 1


def test_search_lists_where_a_value_is_printed(open_page: Open, public_site: Path) -> None:
    page = open_page(public_site, "#figures&find=130")
    page.locator("#prints-list a").first.click()
    assert page.locator("#card .printed").inner_text() == "130"


def test_filters_keep_state_and_significance(open_page: Open, public_site: Path) -> None:
    page = open_page(public_site, "#figures")
    page.locator("#by-state").select_option("suppressed")
    states = page.locator("#results-body .state").all_inner_texts()
    assert states
    assert set(states) == {"withheld"}
    assert set(page.locator("#results-body td.value").all_inner_texts()) == {""}
    page.locator("#by-state").select_option("")
    page.locator("#by-mark").select_option("previous+")
    rows = page.locator("#results-body tr")
    assert rows.count() >= 1
    assert page.locator("#results-body tr:has(.higher)").count() == rows.count()
    assert "mark=previous" in page.url


def test_keyboard_alone_reads_a_number(open_page: Open, public_site: Path) -> None:
    page = open_page(public_site)
    page.locator("#picture").wait_for()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    shows_slide(page, 3)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('mark')"):
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    said = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("Enter")
    page.locator("#card .printed").wait_for()
    assert said.startswith(page.locator("#card .printed").inner_text())
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == said


def test_escape_empties_the_search(open_page: Open, public_site: Path) -> None:
    page = open_page(public_site, "#figures&find=overall")
    page.locator("#find").focus()
    page.keyboard.press("Escape")
    assert page.locator("#find").input_value() == ""


def test_numbers_off_the_slide_are_listed_with_it(open_page: Open, public_site: Path) -> None:
    page = open_page(public_site, "#slide=3")
    hidden = page.locator("#lines details").nth(1)
    hidden.locator("summary").click()
    hidden.get_by_role("link", name="46").click()
    assert "speaker notes" in page.locator("#card header").inner_text()


@pytest.mark.parametrize("screen", SCREENS)
def test_phone_needs_no_scrolling_sideways(open_page: Open, public_site: Path, screen: str) -> None:
    page = open_page(public_site, screen, size=PHONE)
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_keeps_people_out(open_page: Open, public_site: Path, screen: str) -> None:
    page = open_page(public_site, screen)
    settle(page)
    assert obstacles(page) == []


def test_certificate_stands_with_the_data(open_page: Open, public_site: Path) -> None:
    page = open_page(public_site, "#data")
    page.get_by_role("heading", name="Weighting certificate").first.wait_for()
    assert page.get_by_text("computed apart: all").count() >= 1


def test_missing_file_is_named(
    open_page: Open, public_site: Path, tmp_path: Path, complaints: list[str]
) -> None:
    broken = tmp_path / "audit"
    shutil.copytree(public_site, broken)
    (broken / "data" / "methods.js").unlink()
    page = open_page(broken, "#methods")
    assert "data/methods.js" in page.get_by_role("alert").inner_text()
    assert len(complaints) == 1
    complaints.clear()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("100 x 99 / 247", "100 × 99 / 247"),
        ("6113.303642 / 919.2285264 - 7.5e-07", "6113.3036 / 919.22853 − 7.5 × 10⁻⁷"),
        ("(-3 - -2.5) x v14_2.1", "(−3 − −2.5) × v14_2.1"),
    ],
)
def test_formula_is_written_with_signs_of_arithmetic(
    open_page: Open, public_site: Path, written: str, shown: str
) -> None:
    page = open_page(public_site)
    assert page.evaluate("(text) => W.formula(text)", written) == shown


@pytest.mark.parametrize("width", [360, 768, 1024, 1280, 1500, 1920])
def test_tools_stand_on_as_few_lines_as_they_can(open_page: Open, public_site: Path, width: int) -> None:
    page = open_page(public_site, "#slide=3", size=(width, 900))
    tops = page.locator(".tools > :is(button, select)").evaluate_all(
        "all => new Set(all.map((one) => Math.round(one.getBoundingClientRect().top))).size"
    )
    assert tops == (1 if width > 640 else 2)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_linked_figure_is_in_sight_on_a_phone(open_page: Open, public_site: Path) -> None:
    page = open_page(public_site, f"#address={OVERALL}", size=PHONE)
    page.locator("#card h2").wait_for()
    settle(page)
    top = page.locator("#card h2").evaluate("head => head.getBoundingClientRect().top")
    assert 0 <= top < PHONE[1]
