import datetime as dt
import re
import zipfile

import pytest
from pptx import Presentation

from render.samples import CHARTS, STYLE, TEMPLATE, findings, quotes, table
from wavedeck.render.chart.description import Axis, Chart, Point, Series
from wavedeck.render.pptx.deck import ContentsEntry, DeckProperties, DeckWriter
from wavedeck.render.text import Paragraph, Run
from wavedeck.study.errors import RenderError

PROPERTIES = DeckProperties("Customers 2013", "Voorbeeld Onderzoek", dt.date(2013, 11, 1))


def writer(**changes) -> DeckWriter:
    return DeckWriter(TEMPLATE, STYLE, language="nl-NL", **changes)


def full_deck() -> DeckWriter:
    deck = writer(dummy_mark="Fictieve data")
    deck.add_slide("cover", key="cover").write("title", "Klanten 2013")
    deck.start_section("Inleiding")
    contents = deck.add_slide("contents", key="contents")
    contents.write("title", "Inhoud")
    contents.write_contents("body", [ContentsEntry("1", "Algemeen oordeel", "overall")])
    deck.start_section("Uitkomsten & meer")
    overall = deck.add_slide("chart_text", key="overall")
    overall.write("title", "Het oordeel stijgt")
    overall.place_chart("chart", CHARTS["bars"])
    overall.write("body", findings())
    overall.notes("Zie de vragenlijst.")
    trend = deck.add_slide("table", key="trend")
    trend.place_table("table", table(5))
    deck.add_slide("quotes", key="quotes").write("body", quotes())
    return deck


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    path = tmp_path_factory.mktemp("deck") / "deck.pptx"
    full_deck().save(path, PROPERTIES)
    return path


def test_same_content_gives_the_same_bytes(saved, tmp_path):
    full_deck().save(tmp_path / "again.pptx", PROPERTIES)
    assert (tmp_path / "again.pptx").read_bytes() == saved.read_bytes()


def test_unused_placeholders_are_removed(saved):
    for slide in Presentation(saved).slides:
        for shape in slide.placeholders:
            assert not shape.has_text_frame or shape.text_frame.text.strip()


def test_placeholders_keep_the_names_of_the_layout(saved):
    names = {shape.name for shape in Presentation(saved).slides[2].shapes}
    assert names >= {"title", "body", "chart:services", "dummy_mark", "slide_number"}


def test_every_slide_bears_the_dummy_mark(saved):
    for slide in Presentation(saved).slides:
        assert "Fictieve data" in {shape.text_frame.text for shape in slide.shapes if shape.has_text_frame}


def test_deck_on_real_data_bears_no_dummy_mark(tmp_path):
    deck = writer()
    deck.add_slide("text", key="one").write("title", "Een")
    deck.save(tmp_path / "deck.pptx", PROPERTIES)
    assert [shape.name for shape in Presentation(tmp_path / "deck.pptx").slides[0].shapes] == [
        "title",
        "slide_number",
    ]


def test_slide_numbers_are_fields_on_all_but_cover_and_dividers(saved):
    with zipfile.ZipFile(saved) as package:
        numbered = [b'type="slidenum"' in package.read(f"ppt/slides/slide{n}.xml") for n in range(1, 6)]
    assert numbered == [False, True, True, True, True]


def test_contents_name_the_page_and_lead_there(saved):
    slide = Presentation(saved).slides[1]
    listed = next(shape for shape in slide.shapes if shape.has_table).table
    assert [cell.text for cell in listed.rows[0].cells] == ["1", "Algemeen oordeel", "3"]
    link = next(shape for shape in slide.shapes if shape.name == "link:overall")
    assert (
        link.click_action.target_slide == Presentation(saved).slides[2]
        or link.click_action.target_slide.slide_id
    )


def contents(chapters: int, sections: int):
    deck = writer()
    slide = deck.add_slide("contents", key="contents")
    slide.write("title", "Inhoud")
    entries = []
    for number in range(1, chapters + 1):
        entries.append(ContentsEntry(f"{number}", "Hoofdstuk", "contents"))
        own = [
            ContentsEntry(f"{number}.{one}", "Deel", "contents", level=1) for one in range(1, sections + 1)
        ]
        entries += own
    slide.write_contents("body", entries, alt="Inhoudsopgave")
    return next(shape for shape in slide.slide.shapes if shape.has_table)


def test_sections_stand_indented_in_the_contents_where_there_is_room():
    frame = contents(2, 2)
    cells = [row.cells[1] for row in frame.table.rows]
    assert [cell.text for cell in cells] == ["Hoofdstuk", "Deel", "Deel"] * 2
    assert cells[1].margin_left > cells[0].margin_left
    assert frame._element.nvGraphicFramePr.cNvPr.get("descr") == "Inhoudsopgave"


def test_contents_of_many_sections_name_chapters_alone():
    assert [row.cells[1].text for row in contents(5, 6).table.rows] == ["Hoofdstuk"] * 5


def test_sections_hold_every_slide_once(saved):
    with zipfile.ZipFile(saved) as package:
        xml = package.read("ppt/presentation.xml").decode()
    assert re.findall(r'<p14:section name="([^"]+)"', xml) == [
        "Customers 2013",
        "Inleiding",
        "Uitkomsten &amp; meer",
    ]
    listed = re.findall(r'<p14:sldId id="(\d+)"', xml)
    assert listed == re.findall(r'<p:sldId [^>]*?id="(\d+)"', xml)


def test_properties_come_from_the_study(saved):
    core = Presentation(saved).core_properties
    assert (core.title, core.author, core.last_modified_by) == (
        "Customers 2013",
        "Voorbeeld Onderzoek",
        "Voorbeeld Onderzoek",
    )
    assert core.created.date() == core.modified.date() == dt.date(2013, 11, 1)


def test_file_does_not_tell_what_made_it(saved):
    with zipfile.ZipFile(saved) as package:
        assert b"python-pptx" not in package.read("docProps/core.xml")


def test_notes_are_kept(saved):
    assert Presentation(saved).slides[2].notes_slide.notes_text_frame.text == "Zie de vragenlijst."


def test_ledger_tells_slide_place_and_text():
    lines = full_deck().printed
    first = [line for line in lines if line.slide == 3]
    assert ("chart:services/s2p1", "4,1") in {(line.element, line.printed) for line in first}
    assert ("body/p1", "7,7") in {(line.element, line.printed) for line in first}
    assert any(line.element == "table:aspects/r4c2" for line in lines if line.slide == 4)


def test_ledger_holds_the_names_of_waves_in_charts():
    points = (Point(7.0, "7,0"), Point(7.3, "7,3"))
    lines = Chart(
        "trend", "lines", "alt", ("2011", "2013"), (Series("Alle", "brand", points),), Axis(5, 9, "0.0"),
        category_waves=("2011", "2013"),
    )  # fmt: skip
    series = tuple(
        Series(f"meting {wave}", role, points, wave)
        for wave, role in (("2011", "wave_older"), ("2013", "wave_new"))
    )
    bars = Chart("waves", "bars", "alt", ("Asiel", "Totaal"), series, Axis(0, 10, "0.0"))
    deck = writer()
    deck.add_slide("chart_text", key="lines").place_chart("chart", lines)
    deck.add_slide("chart_text", key="bars").place_chart("chart", bars)
    assert [(one.element, one.address, one.printed) for one in deck.printed if one.field == "wave"] == [
        ("chart:trend/c1", "2011", "2011"),
        ("chart:trend/c2", "2013", "2013"),
        ("chart:waves/s1", "2011", "meting 2011"),
        ("chart:waves/s2", "2013", "meting 2013"),
    ]


def test_text_and_ledger_agree_with_the_file(saved):
    slide = Presentation(saved).slides[3]
    drawn = next(shape for shape in slide.shapes if shape.has_table).table
    for line in full_deck().printed:
        found = re.fullmatch(r"table:aspects/r(\d+)c(\d+)", line.element)
        if found:
            row, column = int(found[1]) - 1, int(found[2]) - 1
            text = drawn.cell(row, column).text
            assert (
                text.startswith(line.printed) if line.field.endswith(".mark") else text.endswith(line.printed)
            )


def test_missing_layout_is_named_with_those_that_exist():
    with pytest.raises(RenderError, match=r"deck.pptx has no layout 'chart_txt'; did you mean 'chart_text'"):
        writer().add_slide("chart_txt", key="one")


def test_missing_placeholder_is_named_with_those_that_exist():
    slide = writer().add_slide("divider", key="part")
    with pytest.raises(
        RenderError, match=r"slide 1 'part' \(layout divider\).*no placeholder 'body'.*number"
    ):
        slide.write("body", "Text")


def test_text_that_does_not_fit_names_slide_and_text():
    slide = writer().add_slide("text", key="intro")
    with pytest.raises(RenderError, match=r"slide 1 'intro' .* does not fit .*Shorten it: 'word word"):
        slide.write("title", "word " * 80)


def test_link_to_an_unknown_slide_is_refused_and_leaves_no_file(tmp_path):
    deck = writer()
    slide = deck.add_slide("text", key="intro")
    slide.write("body", Paragraph((Run("More", link="intr"),)))
    with pytest.raises(RenderError, match=r"link to unknown slide 'intr'; did you mean 'intro'"):
        deck.save(tmp_path / "deck.pptx", PROPERTIES)
    assert list(tmp_path.iterdir()) == []


def test_two_slides_with_one_key_are_refused():
    deck = writer()
    deck.add_slide("text", key="intro")
    with pytest.raises(RenderError, match="'intro' is taken by slide 1"):
        deck.add_slide("text", key="intro")


def test_deck_without_slides_is_refused(tmp_path):
    with pytest.raises(RenderError, match="has no slides"):
        writer().save(tmp_path / "deck.pptx", PROPERTIES)


def test_broken_template_is_refused(tmp_path):
    broken = tmp_path / "deck.pptx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(RenderError, match="is not a PowerPoint file"):
        DeckWriter(broken, STYLE, language="nl-NL")
    with pytest.raises(RenderError, match="does not exist"):
        DeckWriter(tmp_path / "none.pptx", STYLE, language="nl-NL")


def test_failed_save_keeps_the_former_file(tmp_path):
    path = tmp_path / "deck.pptx"
    path.write_bytes(b"former")
    with pytest.raises(RenderError):
        writer().save(path, PROPERTIES)
    assert path.read_bytes() == b"former"
