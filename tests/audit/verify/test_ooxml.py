import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from audit.verify import finished
from wavedeck.audit.ledger import AuditError
from wavedeck.audit.verify.ooxml import DECK, WORKBOOK, open_package
from wavedeck.audit.verify.report import verify_file


def cut_off(path: Path) -> bytes:
    """Return a deck to the end of its first workbook: a piece of a zip with a whole one inside."""
    with zipfile.ZipFile(path) as opened:
        book = next(one for one in opened.infolist() if one.filename.endswith(".xlsx"))
    return path.read_bytes()[: book.header_offset + book.compress_size + 600]


def with_password_in_parts(path: Path) -> bytes:
    content = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        for found in re.finditer(mark, content):
            content[found.start() + flags] |= 1
    return bytes(content)


def with_a_spoiled_part(path: Path) -> bytes:
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as opened:
        start = opened.getinfo("ppt/presentation.xml").header_offset
    content[start + 80 : start + 120] = bytes(40)
    return bytes(content)


def of_other_things(path: Path) -> bytes:
    with zipfile.ZipFile(path.with_suffix(".zip"), "w") as made:
        made.writestr("holiday.txt", "sun")
    return path.with_suffix(".zip").read_bytes()


@pytest.mark.parametrize(
    ("damaged", "message"),
    [
        (cut_off, "no presentation; was it cut off"),
        (with_password_in_parts, "its parts need a password"),
        (with_a_spoiled_part, "no Office file, or a damaged one"),
        (of_other_things, "no presentation; was it cut off"),
        (lambda _: b"Dear all, the numbers are fine.", "no Office file"),
        (lambda _: b"", "no Office file"),
        (lambda _: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000), "needs a password, or is older"),
    ],
)
def test_deck_that_cannot_be_read_says_why(
    tmp_path: Path, damaged: Callable[[Path], bytes], message: str
) -> None:
    whole, path = tmp_path / "whole.pptx", tmp_path / "deck.pptx"
    whole.write_bytes(finished.deck().read_bytes())
    path.write_bytes(damaged(whole))

    with pytest.raises(AuditError, match=message):
        verify_file(path, finished.truth())


def test_main_part_is_that_of_the_kind_asked_for() -> None:
    package = open_package(finished.deck())

    assert package.main(DECK) == "ppt/presentation.xml"
    with pytest.raises(AuditError, match="this is no workbook"):
        package.main(WORKBOOK)


@pytest.mark.parametrize(
    ("name", "message"),
    [(".", "this is a folder"), ("gone.pptx", "no such file"), ("deck.pptm", "did you mean '.pptx'")],
)
def test_what_is_no_file_to_verify_is_refused(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "deck.pptm").write_bytes(finished.deck().read_bytes())

    with pytest.raises(AuditError, match=message):
        verify_file(tmp_path / name, finished.truth())
