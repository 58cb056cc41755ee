"""Slides are drawn small, all of them, with the same bytes each time."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from audit.verify import finished
from wavedeck.audit.ledger import AuditError
from wavedeck.pages.places.pictures import draw_slides


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """Three pages, each of a colour of its own."""
    pages = [Image.new("RGB", (320, 180), colour) for colour in ("#aa0000", "#00aa00", "#0000aa")]
    pages[0].save(tmp_path / "deck.pdf", save_all=True, append_images=pages[1:])
    return tmp_path / "deck.pdf"


def test_slides_are_drawn_in_order(pdf: Path, tmp_path: Path) -> None:
    drawn = draw_slides(pdf, tmp_path / "new" / "slides", width=640)
    assert [(one.file, one.slide, one.width, one.height) for one in drawn] == [
        (f"slide-00{number}.png", number, 640, 360) for number in (1, 2, 3)
    ]
    for one, strong in zip(drawn, range(3), strict=True):
        with Image.open(tmp_path / "new" / "slides" / one.file) as opened:
            assert opened.mode == "P"
            assert opened.size == (640, 360)
            colour = opened.convert("RGB").getpixel((300, 100))
            assert isinstance(colour, tuple)
            assert colour.index(max(colour)) == strong


def test_flat_colours_stay_and_text_hardly_changes(tmp_path: Path) -> None:
    (first, *_) = draw_slides(finished.pdf(), tmp_path)
    options = ["-r", "96", "-scale-to-x", "1280", "-scale-to-y", "-1", "-singlefile", "-png"]
    subprocess.run(["pdftoppm", *options, str(finished.pdf()), str(tmp_path / "whole")], check=True)
    with Image.open(tmp_path / first.file) as small, Image.open(tmp_path / "whole.png") as whole:
        assert small.size == whole.size
        away = ImageChops.difference(small.convert("RGB"), whole.convert("RGB"))
        counted = sorted(whole.convert("RGB").getcolors(5000), reverse=True)
        assert {colour for _, colour in counted[:20]} <= {
            colour for _, colour in small.convert("RGB").getcolors(256)
        }
        assert max(ImageStat.Stat(away).mean) < 0.2
    assert (tmp_path / first.file).stat().st_size < 80_000


def test_picture_of_many_colours_is_drawn_too(tmp_path: Path) -> None:
    many = Image.effect_noise((640, 360), 90).convert("RGB")
    shades = Image.merge(
        "RGB", [many.getchannel(0), Image.linear_gradient("L").resize(many.size), many.getchannel(2)]
    )
    shades.save(tmp_path / "deck.pdf")
    (only,) = draw_slides(tmp_path / "deck.pdf", tmp_path)
    with Image.open(tmp_path / only.file) as opened:
        assert opened.mode == "P"
        assert len(opened.convert("RGB").getcolors(1 << 20)) > 100


def test_slides_have_the_same_bytes_twice(pdf: Path, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        draw_slides(pdf, tmp_path / folder)
    one, two = ([(p.name, p.read_bytes()) for p in sorted((tmp_path / f).iterdir())] for f in ("one", "two"))
    assert one == two
    assert len(one) == 3


def test_slides_of_another_time_go(pdf: Path, tmp_path: Path) -> None:
    (tmp_path / "slide-009.png").write_bytes(b"old")
    (tmp_path / "other.png").write_bytes(b"kept")
    draw_slides(pdf, tmp_path)
    assert [one.name for one in sorted(tmp_path.glob("*.png"))] == [
        "other.png",
        *(f"slide-00{number}.png" for number in (1, 2, 3)),
    ]


def test_slides_of_no_pdf_are_refused(tmp_path: Path) -> None:
    (tmp_path / "deck.pdf").write_text("no PDF")
    with pytest.raises(AuditError, match="no PDF that can be drawn"):
        draw_slides(tmp_path / "deck.pdf", tmp_path)
    with pytest.raises(AuditError, match="there is no such file"):
        draw_slides(tmp_path / "missing.pdf", tmp_path)
