"""Find layouts and placeholders by name."""

from __future__ import annotations

import copy
from typing import Any

from pptx.presentation import Presentation

from wavedeck.study.errors import RenderError, did_you_mean

SLIDE_NUMBER = "slide_number"


def find_layout(presentation: Presentation, name: str, *, template: str) -> Any:
    """Return the layout with a name, or say which ones exist.

    Parameters
    ----------
    presentation
        The opened template.
    name
        Name of the layout, as shown in PowerPoint.
    template
        File name of the template, for the message.
    """
    known = {layout.name: layout for layout in presentation.slide_layouts}
    if name not in known:
        raise RenderError(
            f"template {template} has no layout '{name}'{did_you_mean(name, known)}; "
            f"its layouts are {', '.join(known)}"
        )
    return known[name]


def name_placeholders(slide: Any) -> dict[str, Any]:
    """Give a slide's placeholders the names of their layout, the slide number included.

    Returns
    -------
    dict
        Placeholder shapes by name.
    """
    names = {holder.placeholder_format.idx: holder.name for holder in slide.slide_layout.placeholders}
    _clone_slide_number(slide)
    found = {}
    for shape in slide.placeholders:
        shape.name = names[shape.placeholder_format.idx]
        found[shape.name] = shape
    return found


def _clone_slide_number(slide: Any) -> None:
    numbers = [one for one in slide.slide_layout.placeholders if one.name == SLIDE_NUMBER]
    for holder in numbers:
        clone = copy.deepcopy(holder._element)
        for child in ("p:spPr", "p:txBody"):
            _empty(clone.find(child, clone.nsmap), keep_text=child == "p:txBody")
        clone.nvSpPr.cNvPr.set("id", str(max(shape.shape_id for shape in slide.shapes) + 1))
        slide.shapes._spTree.append(clone)


def _empty(element: Any, *, keep_text: bool) -> None:
    for child in list(element):
        local = child.tag.rpartition("}")[2]
        if local == "lstStyle":
            for level in list(child):
                child.remove(level)
        elif local == "bodyPr":
            child.attrib.clear()
            for part in list(child):
                child.remove(part)
        elif not keep_text:
            element.remove(child)
