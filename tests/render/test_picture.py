import pytest
from PIL import Image

from render.samples import CHARTS, STYLE
from wavedeck.render.chart.picture import save_chart

SIZE = {"panels": (12.33, 4.5), "panel_waves": (12.33, 4.5)}


def save(kind, folder):
    return save_chart(CHARTS[kind], STYLE, folder / kind, size=SIZE.get(kind, (8.16, 4.5)))


@pytest.mark.parametrize("kind", CHARTS)
def test_picture_prints_every_label_and_category(kind, tmp_path):
    _, vector = save(kind, tmp_path)
    drawn = vector.read_text(encoding="utf-8")
    chart = CHARTS[kind]
    limit = STYLE.chart.hide_label_under if chart.kind in ("stacked", "nps") else float("-inf")
    for series in chart.all_series():
        for point in series.points:
            if point.visible and point.value >= limit:
                assert f">{point.printed}<" in drawn
    for point in chart.means or ():
        assert f">{point.printed}<" in drawn
    assert all(word in drawn for name in chart.categories for word in name.split())


def test_picture_has_the_size_asked_for(tmp_path):
    bitmap, _ = save("bars", tmp_path)
    with Image.open(bitmap) as image:
        assert image.size == (1632, 900)


def test_pictures_have_the_same_bytes_each_time(tmp_path):
    first, second = (save("stacked", tmp_path / name) for name in ("one", "two"))
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes()


def test_name_with_a_dot_keeps_it(tmp_path):
    paths = save_chart(CHARTS["single"], STYLE, tmp_path / "top2.en")
    assert [path.name for path in paths] == ["top2.en.png", "top2.en.svg"]
