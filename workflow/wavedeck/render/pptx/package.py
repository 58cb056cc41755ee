"""Save Office files so that the same content gives the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path

from pptx.presentation import Presentation

from wavedeck.render.files import write_whole

_FIRST_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_DATES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_COMPRESSED_ALREADY = (".xlsx", ".png", ".jpg", ".jpeg")
_WINDOWS, _NO_ATTRIBUTES, _LEVEL = 0, 0, 6


def normalise(blob: bytes, *, stamp: dt.datetime) -> bytes:
    """Return an Office file with fixed times in its zip and in its embedded workbooks.

    Parameters
    ----------
    blob
        A complete OOXML file.
    stamp
        Time written into the core properties of embedded workbooks.

    Returns
    -------
    bytes
        The same parts in the same order, identical for identical content.
    """
    return _rewrite(blob, stamp.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), embedded=False)


def _rewrite(blob: bytes, stamp: bytes, *, embedded: bool) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(blob)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name.endswith(".xlsx"):
                data = _rewrite(data, stamp, embedded=True)
            elif embedded and name == "docProps/core.xml":
                data = _DATES.sub(rb"\g<1>" + stamp + rb"\2", data)
            target.writestr(_entry(name), data, compresslevel=_LEVEL)
    return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _FIRST_ZIP_TIME)
    entry.create_system, entry.external_attr = _WINDOWS, _NO_ATTRIBUTES
    stored = name.endswith(_COMPRESSED_ALREADY)
    entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    return entry


def save_normalised(presentation: Presentation, path: Path, *, stamp: dt.datetime) -> None:
    """Save a presentation whole and with the same bytes each time."""
    stream = io.BytesIO()
    presentation.save(stream)
    write_whole(path, normalise(stream.getvalue(), stamp=stamp))
