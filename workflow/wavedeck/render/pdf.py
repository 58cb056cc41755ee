"""Turn a deck into a tagged PDF with LibreOffice, the same bytes for the same deck."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from wavedeck.render.files import write_whole
from wavedeck.study.errors import RenderError

_PROGRAMS = ("soffice", "libreoffice")
_INSTALL = (
    "sudo apt-get install --no-install-recommends libreoffice-impress-nogui "
    "fonts-crosextra-carlito fonts-liberation"
)
_FILTER = (
    'pdf:impress_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"PDFUACompliance":{"type":"boolean","value":"true"},'
    '"ExportBookmarks":{"type":"boolean","value":"true"}}'
)
# The exporter writes the time zone into the file, whatever dates are set afterwards.
_SAME_EVERYWHERE = {"TZ": "UTC", "LC_ALL": "C.UTF-8"}
_LOCALE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>{language}</value></prop></item>
</oor:items>
"""
_XMP_DATES = re.compile(
    rb"(<(?:xmp:CreateDate|xmp:ModifyDate|xmp:MetadataDate|pdf:ModDate)>)[^<]*(<)",
)
_SLIDE = re.compile(r"ppt/slides/slide\d+\.xml")


def convert(
    pptx: Path, pdf: Path, *, language: str, created: dt.date, title: str = "", timeout: float = 300
) -> int:
    """Convert a deck and check that every slide became a page.

    Parameters
    ----------
    pptx
        The deck.
    pdf
        Where the PDF goes; written whole or not at all.
    language
        Language tag such as ``nl-NL``: language of the PDF and decimal sign of its chart labels.
    created
        Date written into the PDF.
    title
        Title of the PDF; the deck's own when empty.
    timeout
        Seconds after which LibreOffice is given up.

    Returns
    -------
    int
        Number of pages.

    Raises
    ------
    RenderError
        When LibreOffice is missing, fails, or makes another number of pages than there are slides.
    """
    slides = _count_slides(pptx)
    with tempfile.TemporaryDirectory(prefix="wavedeck-pdf-") as name:
        folder = Path(name)
        raw = _run(_program(), pptx, folder, language=language, timeout=timeout)
        finished = folder / "finished.pdf"
        pages = _finish(raw, finished, language=language, created=created, title=title)
        if pages != slides:
            raise RenderError(f"{pdf.name} has {pages} pages, but {pptx.name} has {slides} slides")
        write_whole(pdf, finished.read_bytes())
    return pages


def _count_slides(pptx: Path) -> int:
    if not pptx.is_file():
        raise RenderError(f"deck {pptx} does not exist, so there is nothing to convert")
    try:
        with zipfile.ZipFile(pptx) as package:
            return sum(1 for name in package.namelist() if _SLIDE.fullmatch(name))
    except zipfile.BadZipFile as error:
        raise RenderError(f"deck {pptx} is not a PowerPoint file") from error


def _program() -> str:
    for name in _PROGRAMS:
        found = shutil.which(name)
        if found:
            return found
    raise RenderError(
        f"LibreOffice is not installed, so no PDF can be made; on Debian or Ubuntu run: {_INSTALL}"
    )


def _run(program: str, pptx: Path, folder: Path, *, language: str, timeout: float) -> Path:
    """Start LibreOffice with a profile of its own, so that jobs beside each other lose nothing."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    settings = profile / "user" / "registrymodifications.xcu"
    settings.write_text(_LOCALE.format(language=language), encoding="utf-8")
    source = folder / "deck.pptx"
    shutil.copyfile(pptx, source)
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", _FILTER, "--outdir", str(folder), str(source)]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
            env={**os.environ, **_SAME_EVERYWHERE},
        )
    except subprocess.TimeoutExpired as error:
        raise RenderError(f"LibreOffice took longer than {timeout:g} s for {pptx.name}") from error
    made = folder / "deck.pdf"
    if done.returncode != 0 or not made.is_file():
        said = (done.stderr or done.stdout).strip().splitlines()
        raise RenderError(
            f"LibreOffice made no PDF of {pptx.name} (exit code {done.returncode}); "
            f"it said: {said[-1] if said else 'nothing'}"
        )
    return made


def _finish(raw: Path, target: Path, *, language: str, created: dt.date, title: str) -> int:
    """Set language, title and dates, tag links, and save with ids that follow from the content."""
    with pikepdf.open(raw) as pdf:
        pdf.Root.Lang = String(language)
        describe_links(pdf)
        tag_links(pdf)
        if title:
            pdf.docinfo["/Title"] = String(title)
        stamp = String(f"D:{created:%Y%m%d}000000Z")
        pdf.docinfo["/CreationDate"] = stamp
        if "/ModDate" in pdf.docinfo:
            pdf.docinfo["/ModDate"] = stamp
        _date_metadata(pdf, created)
        for key in ("/DocChecksum", "/ID"):
            if key in pdf.trailer:
                del pdf.trailer[key]
        pages = len(pdf.pages)
        pdf.save(
            target,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=False,
        )
    return pages


def _date_metadata(pdf: pikepdf.Pdf, created: dt.date) -> None:
    if "/Metadata" not in pdf.Root:
        return
    stamp = f"{created:%Y-%m-%d}T00:00:00Z".encode()
    described = _XMP_DATES.sub(rb"\g<1>" + stamp + rb"\2", pdf.Root.Metadata.read_bytes())
    pdf.Root.Metadata.write(described)


def describe_links(pdf: pikepdf.Pdf) -> None:
    """Say of each link within the PDF to which page it leads, in place of LibreOffice's English words."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    for page in pdf.pages:
        for link in page.get("/Annots", []):
            goal = link.get("/Dest")
            if isinstance(goal, Array) and goal[0].objgen in numbers:
                link.Contents = String(f"p. {numbers[goal[0].objgen]}")


def tag_links(pdf: pikepdf.Pdf) -> int:
    """Put links that LibreOffice left untagged into the structure tree.

    Parameters
    ----------
    pdf
        The opened PDF; changed in place.

    Returns
    -------
    int
        Number of links tagged.

    References
    ----------
    ISO 14289-1, 7.18.5: links are tagged and have an alternative description.
    """
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        return 0
    top = root.K[0] if isinstance(root.K, Array) else root.K
    numbers = root.ParentTree.Nums
    key = max([int(numbers[at]) for at in range(0, len(numbers), 2)], default=-1) + 1
    count = 0
    for page, link in _untagged_links(pdf):
        words = str(link.get("/Contents", "")) or "Link"
        link.Contents = String(words)
        reference = Dictionary(Type=Name.OBJR, Obj=link, Pg=page.obj)
        tag = Dictionary(
            Type=Name.StructElem, S=Name.Link, P=top, Pg=page.obj, Alt=String(words), K=Array([reference])
        )
        made = pdf.make_indirect(tag)
        top.K.append(made)
        numbers.append(key)
        numbers.append(made)
        link.StructParent = key
        key, count = key + 1, count + 1
    root.ParentTreeNextKey = key
    return count


def _untagged_links(pdf: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Page, Any]]:
    for page in pdf.pages:
        if "/Annots" not in page:
            continue
        page.Tabs = Name.S
        for link in page.Annots:
            if link.get("/Subtype") == Name.Link and "/StructParent" not in link:
                yield page, link
