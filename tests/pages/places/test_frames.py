"""Shapes stand where they say, or where layout and master say."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from audit.verify import finished
from audit.verify.plant import A, P, Parts, shapes
from wavedeck.audit.verify.ooxml import open_package
from wavedeck.audit.verify.slides import Deck, read_slides
from wavedeck.pages.places.boxes import Area
from wavedeck.pages.places.frames import WHOLE, Placed, place_shapes
from wavedeck.pages.places.words import read_pages, squash


@cache
def _deck() -> Deck:
    return read_slides(open_package(finished.deck()))


@cache
def _placed(slide: int) -> dict[str, Placed]:
    return {one.shape.name: one for one in place_shapes(_deck(), _deck().slides[slide - 1])}


def test_every_shape_of_the_deck_has_a_frame() -> None:
    numbers = range(1, len(_deck().slides) + 1)
    whole = [name for number in numbers for name, one in _placed(number).items() if one.frame == WHOLE]
    assert whole == []


def test_placeholder_without_a_frame_has_that_of_its_layout() -> None:
    page = read_pages(finished.pdf())[7]
    assert page.within(_placed(8)["slide_number"].frame).text == "8"
    for name in ("title", "footnote", "question"):
        own = _placed(8)[name]
        assert page.within(own.frame, 0.005).text == squash(own.shape.text)
    frames = [_placed(8)[name].frame for name in ("title", "chart:overall", "body", "footnote")]
    for one in frames:
        assert not any(other is not one and other.holds(one.middle) for other in frames)


def test_shape_in_a_group_is_drawn_by_the_measures_of_the_group(tmp_path: Path) -> None:
    parts = Parts.read(finished.deck())
    (chart,) = [one for one in shapes(parts, "chart:overall") if one.slide == 8]
    given = chart.node.find(f"{P}xfrm")
    ends = "".join(etree.tostring(one).decode() for one in given)
    twice = re.sub(r'"(\d+)"', lambda found: f'"{2 * int(found[1])}"', ends)
    inner = re.sub(r"a:(off|ext)\b", lambda found: f"a:ch{found[1].title()}", twice)
    names = f'xmlns:p="{P[1:-1]}" xmlns:a="{A[1:-1]}"'
    own = '<p:nvGrpSpPr><p:cNvPr id="90" name="group"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
    group = etree.fromstring(
        f"<p:grpSp {names}>{own}<p:grpSpPr><a:xfrm>{ends}{inner}</a:xfrm></p:grpSpPr></p:grpSp>"
    )
    chart.node.getparent().replace(chart.node, group)
    given[:] = list(etree.fromstring(f"<r {names}>{twice}</r>"))
    group.append(chart.node)
    parts.put(chart.part, chart.root)
    (tmp_path / "deck.pptx").write_bytes(parts.blob())
    deck = read_slides(open_package(tmp_path / "deck.pptx"))
    found = {one.shape.name: one.frame for one in place_shapes(deck, deck.slides[7])}
    for edge in ("left", "top", "right", "bottom"):
        wanted = getattr(_placed(8)["chart:overall"].frame, edge)
        assert getattr(found["chart:overall"], edge) == pytest.approx(wanted, abs=1e-6)
        assert getattr(found["group"], edge) == pytest.approx(wanted, abs=1e-6)


def test_columns_of_a_table_fill_its_frame() -> None:
    table = _placed(5)["table:response"]
    assert len(table.columns) == 4
    assert table.columns[0] == table.frame.left
    assert table.columns[-1] == pytest.approx(table.frame.right, abs=0.001)
    assert list(table.columns) == sorted(table.columns)


def test_chart_knows_its_part() -> None:
    assert _placed(8)["chart:overall"].chart.startswith("ppt/charts/")
    assert isinstance(_placed(8)["chart:overall"].frame, Area)
