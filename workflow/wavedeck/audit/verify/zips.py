"""What a zip holds beside its parts: remarks, bytes before and behind, parts that stand there twice."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator

_END = b"PK\x05\x06"
_END_LENGTH, _HEADER_LENGTH = 22, 30
#: Bytes that may follow a part: its sizes once more.
_DESCRIPTORS = (0, 12, 16, 20, 24)


def odd_in_zip(opened: zipfile.ZipFile, blob: bytes) -> Iterator[tuple[str, str]]:
    """Yield place and message of everything that no list of parts tells of.

    Parameters
    ----------
    opened, blob
        The same file, opened and as bytes.
    """
    counts = Counter(one.casefold() for one in opened.namelist())
    for part in dict.fromkeys(opened.namelist()):
        if counts[part.casefold()] > 1:
            yield part, f"the part stands {counts[part.casefold()]} times in the file"
    if opened.comment:
        yield "file", f"the zip has a remark: '{opened.comment[:40].decode(errors='replace')}'"
    if len(blob) != blob.rfind(_END) + _END_LENGTH + len(opened.comment):
        yield "file", "something stands behind the end of the zip"
    if list(_gaps(opened, blob)):
        yield "file", "something stands before or between the parts of the zip"


def _gaps(opened: zipfile.ZipFile, blob: bytes) -> Iterator[int]:
    """Yield where bytes belong to no part that the file lists."""
    place = 0
    for one in sorted(opened.infolist(), key=lambda one: one.header_offset):
        if one.header_offset - place not in _DESCRIPTORS[: 5 if place else 1]:
            yield place
        lengths = blob[one.header_offset + 26 : one.header_offset + _HEADER_LENGTH]
        more = int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
        place = one.header_offset + _HEADER_LENGTH + more + one.compress_size
    if opened.start_dir - place not in _DESCRIPTORS:
        yield place
