import datetime as dt
import shutil

import pikepdf
import pytest

from render.samples import CHARTS, STYLE, TEMPLATE
from wavedeck.render.pdf import convert
from wavedeck.render.pptx.deck import ContentsEntry, DeckProperties, DeckWriter
from wavedeck.study.errors import RenderError

DAY = dt.date(2013, 11, 1)
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def deck(tmp_path_factory):
    path = tmp_path_factory.mktemp("pdf") / "deck.pptx"
    made = DeckWriter(TEMPLATE, STYLE, language="nl-NL")
    contents = made.add_slide("contents", key="contents")
    contents.write_contents("body", [ContentsEntry("1", "Oordeel", "overall")])
    overall = made.add_slide("chart_full", key="overall")
    overall.write("title", "Het oordeel stijgt")
    overall.place_chart("chart", CHARTS["bars"])
    made.save(path, DeckProperties("Klanten", "Voorbeeld Onderzoek", DAY))
    return path


@needs_office
def test_pdf_has_a_page_a_slide_language_tags_and_the_same_bytes(deck, tmp_path):
    pages = [
        convert(deck, tmp_path / f"{n}.pdf", language="nl-NL", created=DAY, title="Klanten") for n in "12"
    ]
    assert pages == [2, 2]
    assert (tmp_path / "1.pdf").read_bytes() == (tmp_path / "2.pdf").read_bytes()
    with pikepdf.open(tmp_path / "1.pdf") as pdf:
        assert str(pdf.Root.Lang) == "nl-NL"
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20131101")
        links = [
            one for page in pdf.pages for one in page.get("/Annots", []) if one.Subtype == pikepdf.Name.Link
        ]
        assert [str(link.Contents) for link in links] == ["p. 2"]
        assert all("/StructParent" in link for link in links)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.pdf", "2.pdf"]


@needs_office
def test_pdf_is_the_same_in_another_time_zone_and_language(deck, tmp_path, monkeypatch):
    for zone, language in (("UTC", "C"), ("Pacific/Auckland", "de_DE.UTF-8")):
        monkeypatch.setenv("TZ", zone)
        monkeypatch.setenv("LC_ALL", language)
        convert(deck, tmp_path / f"{language}.pdf", language="nl-NL", created=DAY)
    assert (tmp_path / "C.pdf").read_bytes() == (tmp_path / "de_DE.UTF-8.pdf").read_bytes()


def test_missing_office_gives_the_command_to_install_it(deck, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        RenderError, match="sudo apt-get install --no-install-recommends libreoffice-impress-nogui"
    ):
        convert(deck, tmp_path / "deck.pdf", language="nl-NL", created=DAY)


def test_office_that_fails_leaves_no_file(deck, tmp_path, monkeypatch):
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho 'source file could not be loaded' >&2\nexit 0\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    with pytest.raises(RenderError, match=r"made no PDF of deck.pptx .*could not be loaded"):
        convert(deck, tmp_path / "out" / "deck.pdf", language="nl-NL", created=DAY)
    assert not (tmp_path / "out").exists()


def test_missing_deck_is_named(tmp_path):
    with pytest.raises(RenderError, match="does not exist"):
        convert(tmp_path / "none.pptx", tmp_path / "deck.pdf", language="nl-NL", created=DAY)
