"""Faults in the file as a zip, and in parts that reports do not have."""

from __future__ import annotations

import io
import struct
import zipfile

from audit.verify.plant import P, Parts, Where, fault


class Rewritten(Parts):
    """Parts whose file is changed once more after it was written."""

    end: bytes = b""
    start: bytes = b""
    comment: bytes = b""
    twice: str = ""

    def blob(self) -> bytes:
        data = super().blob()
        if self.twice:
            data = with_entry(data, self.twice, self[self.twice].replace(b"7.", b"5."))
        if self.comment:
            count = struct.pack("<H", len(self.comment))
            data = data[:-2] + count + self.comment
        return self.start + data + self.end


def with_entry(data: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as file:
        with zipfile.ZipFile(io.BytesIO(data)) as old:
            first = old.read(name)
        file.filelist = [one for one in file.filelist if one.filename != name]
        file.NameToInfo.pop(name)
        file.writestr(name, content)
        file.NameToInfo.pop(name)
        file.writestr(name, first)
    return out.getvalue()


def _rewritten(parts: Parts, **changes: object) -> None:
    parts.__class__ = Rewritten
    for name, value in changes.items():
        setattr(parts, name, value)


@fault
def part_twice_in_the_file(parts: Parts) -> Where | None:
    part = parts.slides()[2]
    _rewritten(parts, twice=part)
    return 0, part


@fault
def file_comment(parts: Parts) -> Where | None:
    _rewritten(parts, comment=b"East 5.6")
    return 0, "file"


@fault
def bytes_before_the_file(parts: Parts) -> Where | None:
    _rewritten(parts, start=b"East 5.6\n")
    return 0, "file"


@fault
def bytes_behind_the_file(parts: Parts) -> Where | None:
    _rewritten(parts, end=b"East 5.6\n")
    return 0, "file"


def add(parts: Parts, part: str, content: bytes, kind: str, user: str = "ppt/presentation.xml") -> Where:
    parts[part] = content
    parts.relate(user, part, kind)
    return 0, part


@fault
def thumbnail(parts: Parts) -> Where | None:
    return add(parts, "docProps/thumbnail.jpeg", b"\xff\xd8East 5.6", "metadata/thumbnail", "")


@fault
def embedded_font(parts: Parts) -> Where | None:
    return add(parts, "ppt/fonts/font1.fntdata", b"East 5.6", "font")


@fault
def revisions(parts: Parts) -> Where | None:
    return add(parts, "ppt/changesInfos/changesInfo1.xml", b'<c><was text="East 5.6"/></c>', "changesInfo")


@fault
def authors(parts: Parts) -> Where | None:
    text = f'<p:cmAuthorLst xmlns:p="{P[1:-1]}"><p:cmAuthor id="0" name="East 5.6"/></p:cmAuthorLst>'
    return add(parts, "ppt/commentAuthors.xml", text.encode(), "commentAuthors")


@fault
def handout_master(parts: Parts) -> Where | None:
    text = f'<p:handoutMaster xmlns:p="{P[1:-1]}"><p:cSld name="East 5.6"/></p:handoutMaster>'
    return add(parts, "ppt/handoutMasters/handoutMaster1.xml", text.encode(), "handoutMaster")


@fault
def embedded_object(parts: Parts) -> Where | None:
    book = next(parts[one] for one in sorted(parts) if one.endswith(".xlsx"))
    return add(parts, "ppt/embeddings/rows.xlsx", book, "package", parts.slides()[2])


@fault
def macros(parts: Parts) -> Where | None:
    return add(parts, "ppt/vbaProject.bin", b"East 5.6", "vbaProject")


@fault
def smart_art(parts: Parts) -> Where | None:
    return add(parts, "ppt/diagrams/data1.xml", b"<d><t>East 5.6</t></d>", "diagramData", parts.slides()[2])


@fault
def slide_that_no_list_names(parts: Parts) -> Where | None:
    source = parts.slides()[2]
    parts["ppt/slides/slide98.xml"] = parts[source].replace(b"</a:t>", b" 5.6</a:t>", 1)
    parts["ppt/slides/_rels/slide98.xml.rels"] = parts[f"ppt/slides/_rels/{source.rpartition('/')[2]}.rels"]
    parts.relate(source, "ppt/slides/slide98.xml", "slide")
    return 0, "ppt/slides/slide98.xml"


@fault
def chart_that_no_frame_shows(parts: Parts) -> Where | None:
    chart = next((one for one in sorted(parts) if one.startswith("ppt/charts/chart")), None)
    if chart is None:
        return None
    return add(parts, "ppt/charts/chart98.xml", parts[chart], "chart", parts.slides()[2])


@fault
def notes_that_no_slide_has(parts: Parts) -> Where | None:
    notes = next((one for one in sorted(parts) if one.startswith("ppt/notesSlides/notesSlide")), None)
    if notes is None:
        return None
    return add(parts, "ppt/notesSlides/notesSlide98.xml", parts[notes], "notesSlide")


@fault
def titles_of_parts(parts: Parts) -> Where | None:
    name = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    types = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
    said = "<TitlesOfParts><v:vector><v:lpstr>East 5.6</v:lpstr></v:vector></TitlesOfParts>"
    parts["docProps/app.xml"] = f'<Properties xmlns="{name}" xmlns:v="{types}">{said}</Properties>'.encode()
    return 0, "docProps/app.xml"


@fault
def template_property(parts: Parts) -> Where | None:
    name = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    parts["docProps/app.xml"] = (
        f'<Properties xmlns="{name}"><Template>East 5.6</Template></Properties>'.encode()
    )
    return 0, "docProps/app.xml"


@fault
def name_of_a_custom_property(parts: Parts) -> Where | None:
    name = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
    text = f'<Properties xmlns="{name}"><property name="East 5.6"><lpwstr>x</lpwstr></property></Properties>'
    return add(parts, "docProps/custom.xml", text.encode(), "custom-properties", "")


@fault
def version_property(parts: Parts) -> Where | None:
    core = parts["docProps/core.xml"]
    parts["docProps/core.xml"] = core.replace(
        b"</cp:coreProperties>", b"<cp:version>East 5.6</cp:version></cp:coreProperties>"
    )
    return 0, "docProps/core.xml"
