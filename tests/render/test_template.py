import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.util import Inches

from render.samples import HOUSE, STYLE, TEMPLATE

LINES = {"question", "base", "footnote"}
NUMBERED = {"slide_number", "dummy_mark", "title"}
LAYOUTS = {
    "cover": {"title", "subtitle", "agency", "note", "dummy_mark"},
    "contents": {"body", *NUMBERED},
    "divider": {"number", "title", "dummy_mark"},
    "text": {"body", "footnote", *NUMBERED},
    "two_columns": {"left", "right", "footnote", *NUMBERED},
    "chart_text": {"chart", "body", *LINES, *NUMBERED},
    "chart_full": {"chart", *LINES, *NUMBERED},
    "table": {"table", *LINES, *NUMBERED},
    "table_text": {"table", "body", *LINES, *NUMBERED},
    "matrix": {"chart", "body", *LINES, *NUMBERED},
    "quotes": {"body", "body_2", *LINES, *NUMBERED},
}


def layouts():
    return {layout.name: layout for layout in Presentation(TEMPLATE).slide_layouts}


def test_template_is_what_its_script_makes(tmp_path):
    root = HOUSE.parents[1]
    target = tmp_path / "templates" / "house"
    target.mkdir(parents=True)
    subprocess.run(
        [sys.executable, str(root / "tools" / "make_template.py"), "--to", str(target / "deck.pptx")],
        check=True,
    )
    with zipfile.ZipFile(target / "deck.pptx") as made, zipfile.ZipFile(TEMPLATE) as kept:
        assert made.namelist() == kept.namelist()
        for name in kept.namelist():
            assert made.read(name) == kept.read(name), name


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout_has_its_placeholders(name):
    assert {holder.name for holder in layouts()[name].placeholders} == LAYOUTS[name]


def test_template_has_no_slides_and_no_background():
    assert len(Presentation(TEMPLATE).slides) == 0
    with zipfile.ZipFile(TEMPLATE) as package:
        assert not [name for name in package.namelist() if b"<p:bg>" in package.read(name)]


def test_placeholders_stand_within_the_margins_and_apart():
    for layout in layouts().values():
        boxes = [
            (one.left, one.top, one.left + one.width, one.top + one.height, one.name)
            for one in layout.placeholders
        ]
        for left, top, right, bottom, name in boxes:
            assert left >= Inches(0.5) - 10, name
            assert right <= Inches(12.834), name
            assert top >= Inches(0.4), name
            assert bottom <= Inches(7.4), name
        for number, one in enumerate(boxes):
            for other in boxes[number + 1 :]:
                apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
                assert apart, (layout.name, one[4], other[4])


def test_same_placeholder_stands_at_the_same_place_on_every_content_layout():
    places = {
        name: {
            (holder.left, holder.top, holder.width, holder.height)
            for key, layout in layouts().items()
            if key not in ("cover", "divider")
            for holder in layout.placeholders
            if holder.name == name
        }
        for name in ("title", "question", "base", "footnote", "slide_number", "dummy_mark")
    }
    assert {name: len(found) for name, found in places.items()} == dict.fromkeys(places, 1)


def test_theme_holds_the_colours_of_the_style():
    with zipfile.ZipFile(TEMPLATE) as package:
        theme = package.read("ppt/theme/theme1.xml").decode()
    for role in STYLE.roles.values():
        if role.theme:
            assert f'<a:{role.theme}><a:srgbClr val="{role.hex}"/></a:{role.theme}>' in theme
    assert 'typeface="Calibri"' in theme


def test_script_path_is_named_in_the_style_file():
    assert "tools/make_template.py" in Path(HOUSE / "style.yaml").read_text(encoding="utf-8")
