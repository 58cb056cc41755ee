"""Pictures of slides, drawn from the PDF: small, sharp, the same bytes each time."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt
from PIL import Image

from wavedeck.audit.ledger import AuditError
from wavedeck.study.paths import shown

Colours = npt.NDArray[np.uint32]
_DRAWER = "pdftoppm"
_COLOURS, _MANY = 256, 4096
_EFFORT = 6


@dataclass(frozen=True)
class Picture:
    """The picture of one slide.

    Attributes
    ----------
    file
        Its name in the folder.
    slide
        Page of the PDF, from 1.
    width, height
        In pixels.
    """

    file: str
    slide: int
    width: int
    height: int


def draw_slides(pdf: Path, folder: Path, *, width: int = 1280) -> tuple[Picture, ...]:
    """Draw each page of a PDF as a small PNG into a folder.

    Parameters
    ----------
    pdf
        The deck as PDF.
    folder
        Made when it is not there; files are called slide-001.png and on, those of another time go.
    width
        Of the pictures, in pixels; the height follows.

    Returns
    -------
    tuple of Picture
        In the order of the pages.

    Raises
    ------
    AuditError
        When the file is no PDF, or the program that draws it is missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("slide-*.png"):
        old.unlink()
    return tuple(_save(page, folder, number) for number, page in enumerate(_drawn_pages(pdf, width), start=1))


def _save(page: Image.Image, folder: Path, number: int) -> Picture:
    name = f"slide-{number:03}.png"
    _with_palette(page).save(folder / name, "PNG", compress_level=_EFFORT)
    return Picture(name, number, page.width, page.height)


def _with_palette(page: Image.Image) -> Image.Image:
    """Return a picture with few colours: its most frequent ones as they are, others as the nearest.

    Pictures with very many colours, such as photographs, get colours that lie between theirs.
    """
    counted = page.getcolors(_MANY)
    if counted is None:
        return page.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    ordered = sorted(counted, key=lambda one: (-one[0], one[1]))
    colours = np.array([colour for _, colour in ordered], dtype=np.uint32)
    kept = colours[:_COLOURS]
    away = ((colours[:, None, :].astype(np.int32) - kept[None].astype(np.int32)) ** 2).sum(axis=2)
    places = np.zeros(1 << 24, dtype=np.uint8)
    places[_packed(colours)] = away.argmin(axis=1)
    small = Image.fromarray(places[_packed(np.asarray(page).astype(np.uint32))])
    small.putpalette(kept.astype(np.uint8).tobytes())
    return small


def _packed(colours: Colours) -> Colours:
    """Return red, green and blue (last axis) as one number."""
    red, green, blue = (colours[..., place] for place in range(3))
    return np.asarray((red << 16) | (green << 8) | blue, dtype=np.uint32)


def _drawn_pages(pdf: Path, width: int) -> Iterator[Image.Image]:
    """Yield the pages while the other program draws the next ones."""
    if not pdf.is_file():
        raise AuditError(f"{shown(pdf)}: there is no such file")
    if shutil.which(_DRAWER) is None:
        raise AuditError(f"{_DRAWER} is missing; apt-get install poppler-utils")
    command = [_DRAWER, "-scale-to-x", str(width), "-scale-to-y", "-1", str(pdf)]
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said) as drawing:
            assert drawing.stdout is not None
            yield from _images(drawing.stdout)
        if drawing.returncode:
            said.seek(0)
            words = said.read().decode(errors="replace").strip()
            raise AuditError(f"{shown(pdf)}: this is no PDF that can be drawn: {words}")


def _images(stream: IO[bytes]) -> Iterator[Image.Image]:
    """Yield the images of a stream of PPM files: three lines of header, then three bytes a pixel."""
    while stream.readline().strip() == b"P6":
        across, down = (int(word) for word in stream.readline().split())
        stream.readline()
        yield Image.frombytes("RGB", (across, down), stream.read(across * down * 3))
