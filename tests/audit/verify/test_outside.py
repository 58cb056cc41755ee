"""What stands outside slides."""

from __future__ import annotations

from pathlib import Path

from audit.verify import finished
from audit.verify.plant import Parts, Shape, shapes
from audit.verify.plant_ledgers import ledger_part
from audit.verify.plant_tables import tables
from wavedeck.audit.verify.deck import verify_deck


def verified(parts: Parts, folder: Path) -> list[str]:
    path = folder / "deck.pptx"
    path.write_bytes(parts.blob())
    return [str(one) for one in verify_deck(path, finished.truth()).faults]


def with_picture(user: str) -> Parts:
    parts = Parts.read(finished.deck())
    parts["ppt/media/logo.png"] = b"\x89PNG"
    parts.relate(user, "ppt/media/logo.png", "image")
    return parts


def test_logo_of_the_house_is_no_fault(tmp_path: Path) -> None:
    assert verified(with_picture("ppt/slideMasters/slideMaster1.xml"), tmp_path) == []


def test_picture_on_a_slide_is_a_fault(tmp_path: Path) -> None:
    wanted = "ppt/media/logo.png: a picture, which verification cannot read, is in the file"
    assert verified(with_picture("ppt/slides/slide3.xml"), tmp_path) == [wanted]


def test_file_saved_with_other_counts_and_times_is_no_fault(tmp_path: Path) -> None:
    parts = Parts.read(finished.deck())
    name = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    words = "<Words>612</Words><Slides>22</Slides><AppVersion>16.0000</AppVersion>"
    parts["docProps/app.xml"] = f'<Properties xmlns="{name}">{words}</Properties>'.encode()
    core = parts["docProps/core.xml"].replace(b"2024-06-28T00:00:00Z", b"2024-07-02T10:11:12Z")
    parts["docProps/core.xml"] = core
    assert verified(parts, tmp_path) == []


def test_titles_of_slides_in_the_properties_are_no_fault(tmp_path: Path) -> None:
    """A presentation program lists the titles of all slides there, with their numbers."""
    parts = Parts.read(finished.deck())
    title = next(shape for shape in shapes(parts, "title") if any(map(str.isdigit, "".join(said(shape)))))
    name = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    listed = f"<TitlesOfParts><lpstr>{''.join(said(title))}</lpstr></TitlesOfParts>"
    parts["docProps/app.xml"] = f'<Properties xmlns="{name}">{listed}</Properties>'.encode()
    assert verified(parts, tmp_path) == []


def said(shape: Shape) -> list[str]:
    return [run.text or "" for run in shape.runs]


def test_only_the_slide_that_was_moved_is_named(tmp_path: Path) -> None:
    parts = Parts.read(finished.deck())
    deck = parts.xml("ppt/presentation.xml")
    listed = next(deck.iter("{*}sldIdLst"))
    listed[12].addnext(listed[4])
    parts.put("ppt/presentation.xml", deck)

    found = [one for one in verified(parts, tmp_path) if one.startswith("slide") and "moved" in one]

    assert found == ["slide 13, slide: the slide was moved; it stood at place 5"]


def test_slides_behind_one_that_is_gone_were_not_moved(tmp_path: Path) -> None:
    parts = Parts.read(finished.deck())
    deck = parts.xml("ppt/presentation.xml")
    listed = next(deck.iter("{*}sldIdLst"))
    listed.remove(listed[4])
    parts.put("ppt/presentation.xml", deck)

    found = verified(parts, tmp_path)

    assert "slide 5, slide: the slide is gone" in found
    assert not [one for one in found if "moved" in one]


def test_deck_without_ledger_says_so_in_one_line(tmp_path: Path) -> None:
    parts = Parts.read(finished.deck())
    parts.pop(ledger_part(parts))

    (line,) = verified(parts, tmp_path)

    assert line.startswith("customXml: the ledger is gone: a program that drops it saved this deck")


def test_row_taken_out_of_a_table_is_said_as_such(tmp_path: Path) -> None:
    parts = Parts.read(finished.deck())
    table = next(tables(parts))
    rows = list(table.node.iter("{*}tr"))
    rows[-1].getparent().remove(rows[-1])
    parts.put(table.part, table.root)

    message = f"a row is gone: figures stood in {len(rows)} rows, there are {len(rows) - 1}"
    assert f"slide {table.slide}, {table.name}: {message}" in verified(parts, tmp_path)
