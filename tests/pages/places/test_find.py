"""The numbers of finished decks are found where they are printed, as other eyes see them."""

from __future__ import annotations

import datetime as dt
import html
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from audit.verify import finished
from audit.verify.plant import C, Parts, shapes
from pages.places.made import line, middles
from tiny_study import study
from wavedeck.audit.ledger import Print, read_ledger
from wavedeck.audit.verify.deck import verify_deck
from wavedeck.audit.verify.ooxml import open_package
from wavedeck.audit.verify.report import write_whole_ledger
from wavedeck.audit.verify.slides import read_slides
from wavedeck.pages.places.boxes import Box
from wavedeck.pages.places.check import bare_numbers
from wavedeck.pages.places.find import find_places
from wavedeck.pages.report import Report
from wavedeck.pages.slides import slides_of
from wavedeck.render.pdf import convert

#: Lines of the tiny deck that nothing is drawn for: shares of 0%, and a service that was not asked about.
NOT_DRAWN = {
    ("14", "chart:service_answers/s1p2"),
    ("14", "chart:service_answers/s2p2"),
    ("15", "chart:service_trend/s3p1"),
}
Seen = tuple[float, float, float, float, str]


@cache
def _ledger() -> tuple[Print, ...]:
    path = finished.folder() / "whole_ledger.csv"
    write_whole_ledger(verify_deck(finished.deck(), finished.truth()), path)
    return read_ledger(path)


@cache
def _places() -> Mapping[int, tuple[Box, ...]]:
    return find_places(finished.pdf(), finished.deck(), _ledger())


@cache
def _seen(pdf: Path) -> list[list[Seen]]:
    """Return the words of each page in reading order, as the program gives them by itself."""
    done = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, text=True, check=True)
    pages = []
    for page in done.stdout.split("<page ")[1:]:
        across, down = (float(one) for one in re.findall(r'(?:width|height)="([\d.]+)"', page)[:2])
        words = re.findall(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', page)
        pages.append(
            [
                (float(a) / across, float(b) / down, float(c) / across, float(d) / down, html.unescape(text))
                for a, b, c, d, text in words
            ]
        )
    return pages


def _under(words: Sequence[Seen], boxes: Sequence[Box]) -> str:
    """Return the words that boxes lie on."""
    return "".join(
        text
        for box in boxes
        for left, top, right, bottom, text in words
        if box.y <= (top + bottom) / 2 <= box.y + box.height
        if left < box.x + box.width - 0.0001 and right > box.x + 0.0001
    )


def _squashed(text: str) -> str:
    return "".join(text.replace("−", "-").split())


def test_each_line_on_a_slide_has_a_box() -> None:
    ledger, found = _ledger(), _places()
    wanted = {number for number, one in enumerate(ledger) if one.on_slide and one.slide != "0"}
    without = {(ledger[number].slide, ledger[number].element) for number in wanted - set(found)}
    assert without == NOT_DRAWN
    assert set(found) <= wanted
    assert len(found) > 300


def test_each_assignment_is_proven_in_a_deck_of_our_own() -> None:
    assert [_ledger()[number] for number, own in _places().items() if not all(one.sure for one in own)] == []


def test_each_box_lies_on_its_printed_number() -> None:
    seen = _seen(finished.pdf())
    wrong = [
        one
        for number, boxes in _places().items()
        for one in [_ledger()[number]]
        if not one.element.endswith("/axis")
        if _squashed(one.printed) not in _squashed(_under(seen[int(one.slide) - 1], boxes))
    ]
    assert wrong == []


def test_boxes_are_fractions_of_the_picture() -> None:
    for boxes in _places().values():
        for one in boxes:
            assert 0 <= one.x <= one.x + one.width <= 1
            assert 0 <= one.y <= one.y + one.height <= 1
            assert min(one.width, one.height) > 0


def test_label_of_a_bar_stands_beside_its_category() -> None:
    seen = _seen(finished.pdf())[11]
    names = {"p1": "Staff", "p2": "Bicycle", "p3": "Wifi", "p4": "Opening"}
    for number, boxes in _places().items():
        one = _ledger()[number]
        if one.element.startswith("chart:services/s1p"):
            name = names[one.element[-2:]]
            heights = [
                (top + bottom) / 2 for left, top, _, bottom, text in seen if text == name and left < 0.15
            ]
            assert any(abs(middles(boxes)[0][1] - height) < 0.01 for height in heights), one


def test_no_number_on_a_page_is_without_a_box() -> None:
    assert bare_numbers(finished.pdf(), _ledger(), _places(), language="en") == ()


def test_number_whose_box_is_gone_is_named() -> None:
    gone = next(n for n, one in enumerate(_ledger()) if (one.slide, one.element) == ("8", "title/p1"))
    left = {number: boxes for number, boxes in _places().items() if number != gone}
    found = bare_numbers(finished.pdf(), _ledger(), left, language="en")
    assert [(one.slide, one.number) for one in found] == [(8, "7.4")]


def test_places_are_the_same_twice() -> None:
    again = find_places(finished.pdf(), finished.deck(), _ledger())
    assert list(again.items()) == list(_places().items())


LONG = "Invitations that were sent to visitors of all branches in the weeks before the fieldwork " * 3


@cache
def _worn() -> tuple[Path, Path]:
    """Return a deck with equal bars, a row that grew and a number twice in one paragraph, and its PDF."""
    parts = Parts.read(finished.deck())
    linked = parts.targets(parts.slides()[11]).values()
    (chart,) = [part for part in linked if part.startswith("ppt/charts/")]
    root = parts.xml(chart)
    for value in root.iterfind(f".//{C}val//{C}v"):
        value.text = "2.8"
    parts.put(chart, root)
    (table,) = shapes(parts, "table:response")
    table.runs[3].text = LONG
    parts.put(table.part, table.root)
    (body,) = [one for one in shapes(parts, "body") if one.slide == 8]
    last = body.runs[-1]
    last.text = f"{last.text} Before it was 8.0 too."
    parts.put(body.part, body.root)
    folder = finished.folder()
    deck, pdf = folder / "worn.pptx", folder / "worn.pdf"
    deck.write_bytes(parts.blob())
    convert(deck, pdf, language="en-GB", title="Worn", created=dt.date(2024, 6, 28))
    return deck, pdf


def _worn_places(*lines: Print) -> tuple[list[tuple[Box, ...]], list[list[Seen]]]:
    deck, pdf = _worn()
    found = find_places(pdf, deck, lines)
    return [found.get(number, ()) for number in range(len(lines))], _seen(pdf)


def _on(slide: int, element: str, printed: str, address: str = "") -> Print:
    one = line(printed, address, element=element)
    return Print(str(slide), one.element, one.address, one.field, one.printed)


def test_equal_labels_of_one_chart_stand_beside_their_categories() -> None:
    lines = [_on(12, f"chart:services/s1p{place}", "2.8", f"p/{place}/all/2024") for place in (1, 2, 3, 4)]
    found, seen = _worn_places(*lines)
    names = [
        next((top + bottom) / 2 for left, top, _, bottom, text in seen[11] if text == name and top > 0.2)
        for name in ("Staff", "Bicycle", "Wifi", "Opening")
    ]
    assert [middles(boxes)[0][1] for boxes in found] == [pytest.approx(one, abs=0.01) for one in names]
    assert all(box.sure for boxes in found for box in boxes)
    assert len({middles(boxes)[0][0] for boxes in found}) == 1


def test_cells_below_a_row_that_grew_are_found() -> None:
    lines = [_on(5, "table:response/r3c2", "48"), _on(5, "table:response/r4c3", "42%")]
    found, seen = _worn_places(*lines)
    for one, boxes in zip(lines, found, strict=True):
        assert _under(seen[4], boxes) == one.printed
    (old,) = [
        boxes
        for number, boxes in _places().items()
        if (_ledger()[number].slide, _ledger()[number].element) == ("5", "table:response/r3c2")
    ]
    assert found[0][0].y > old[0].y + 0.05
    assert all(box.sure for boxes in found for box in boxes)


def test_number_twice_in_a_paragraph_goes_to_its_claims_in_order() -> None:
    lines = [_on(8, "body/p1", "8.0", "p/now/all/2024"), _on(8, "body/p1", "8.0", "p/before/all/2023")]
    found, seen = _worn_places(*lines)
    assert middles(found[0]) != middles(found[1])
    words = [text for *_, text in sorted(seen[7], key=lambda word: (round(word[1], 2), word[0]))]
    assert words.count("8.0") >= 2
    assert [_under(seen[7], boxes)[:3] for boxes in found] == ["8.0", "8.0"]
    first, second = (boxes[0] for boxes in found)
    assert (first.y, first.x) < (second.y, second.x)
    assert first.sure
    assert second.sure
    (alone,), _ = _worn_places(lines[0])
    assert [one.sure for one in alone] == [False, False]


HIDDEN = 2


@cache
def _with_hidden_slide() -> tuple[Path, Path]:
    """Return the deck with a slide that is hidden, and its PDF, where it has no page."""
    parts = Parts.read(finished.deck())
    part = parts.slides()[HIDDEN - 1]
    root = parts.xml(part)
    root.set("show", "0")
    parts.put(part, root)
    deck, pdf = finished.folder() / "hidden.pptx", finished.folder() / "hidden.pdf"
    deck.write_bytes(parts.blob())
    with pikepdf.open(finished.pdf()) as opened:
        del opened.pages[HIDDEN - 1]
        opened.save(pdf)
    return deck, pdf


def test_page_of_a_hidden_slide_is_left_out() -> None:
    deck, pdf = _with_hidden_slide()
    found = find_places(pdf, deck, _ledger())
    shown = {number for number in _places() if _ledger()[number].slide != str(HIDDEN)}
    assert set(found) == shown
    assert all(found[number] == _places()[number] for number in shown)
    slides = [one.number for one in read_slides(open_package(deck)).slides if not one.hidden]
    assert bare_numbers(pdf, _ledger(), found, language="en", slides=slides) == ()


def test_slides_behind_a_hidden_one_keep_number_title_and_lines(tmp_path: Path) -> None:
    report = Report(study(), tmp_path / "project", "2024", "en")
    report.deck.parent.mkdir(parents=True)
    for source, own in zip(_with_hidden_slide(), (report.deck, report.pdf), strict=True):
        shutil.copyfile(source, own)
    _ledger()
    shutil.copyfile(finished.folder() / "whole_ledger.csv", report.ledger)
    drawn = slides_of(report, tmp_path / "site")
    numbers = [one["number"] for one in drawn.slides]
    assert numbers[:3] == [1, 3, 4]
    assert drawn.bare == 0
    for one in drawn.slides:
        addresses = {each.address for each in _ledger() if each.slide == str(one["number"])}
        assert {each["address"] for each in one["lines"]} == addresses
    pages = [line["printed"] for one in drawn.slides for line in one["lines"] if line["field"] == "page"]
    assert set(pages) <= {str(number) for number in numbers}
