"""Line breaks of templates: a bullet or heading that ends in a tag stays a line of its own."""

from __future__ import annotations

import re

from jinja2.ext import Extension

#: A line that begins as a person reads it (``- ``, ``# ``, ``Note: ``) and ends in a tag.
_ENDS_IN_TAG = re.compile(r"^([ \t]*(?:- |#{1,2} |Note: ).*?[^-+])%\}[ \t]*$", re.MULTILINE)


class LineBreaks(Extension):
    """Keeps the line break after a tag that ends a bullet, a heading or a note.

    Jinja takes away the line break after each tag, as it should where the tag has a line to itself; after a
    bullet it would run two bullets together.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """Mark such tags so that Jinja leaves their line breaks alone."""
        return _ENDS_IN_TAG.sub(r"\1+%}", source)
