"""Sections of a presentation, as PowerPoint's slide list shows them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.presentation import Presentation

_P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_EXTENSION = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
_SPACE = uuid.UUID("6f1d2a57-7c2e-5a55-9d3f-0c3f6f3d8a11")


def write_sections(presentation: Presentation, sections: Sequence[tuple[str, Sequence[int]]]) -> None:
    """List sections in a presentation.

    Parameters
    ----------
    presentation
        The presentation, with all its slides.
    sections
        Name and slide ids of each section; together they hold every slide.
    """
    parts = []
    for number, (name, slide_ids) in enumerate(sections):
        identity = str(uuid.uuid5(_SPACE, f"{number} {name}")).upper()
        ids = "".join(f'<p14:sldId id="{one}"/>' for one in slide_ids)
        parts.append(
            f'<p14:section name={quoteattr(name)} id="{{{identity}}}">'
            f"<p14:sldIdLst>{ids}</p14:sldIdLst></p14:section>"
        )
    extension = parse_xml(
        f'<p:ext xmlns:p="{_P}" uri="{_EXTENSION}">'
        f'<p14:sectionLst xmlns:p14="{_P14}">{"".join(parts)}</p14:sectionLst></p:ext>'
    )
    root = presentation.part._element
    listed = root.find(qn("p:extLst"))
    if listed is None:
        listed = parse_xml(f'<p:extLst xmlns:p="{_P}"/>')
        root.append(listed)
    listed.append(extension)
