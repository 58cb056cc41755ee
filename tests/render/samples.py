"""Charts, tables and texts of every kind, for tests and for looking at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from wavedeck.render.chart.description import Axis, Chart, Panel, Point, Series
from wavedeck.render.style import HouseStyle, load_style
from wavedeck.render.table import Cell, Row, Table
from wavedeck.render.text import Paragraph, Run, bullets

HOUSE = Path(__file__).resolve().parents[2] / "templates" / "house"
TEMPLATE = HOUSE / "deck.pptx"
STYLE: HouseStyle = load_style(HOUSE / "style.yaml")


def dutch(value: float, decimals: int = 1, unit: str = "") -> str:
    return f"{value:.{decimals}f}{unit}".replace(".", ",")


def point(value: float, decimals: int = 1, unit: str = "", *, state: str = "shown", mark: str = "") -> Point:
    return Point(value, dutch(value, decimals, unit), address="vr/mark/all/2013", state=state, mark=mark)


def hidden(state: str) -> Point:
    return Point(None, "", state=state)


def _series(
    name: str, role: str, values: Iterable[float | Point], decimals: int = 1, unit: str = ""
) -> Series:
    made = tuple(one if isinstance(one, Point) else point(one, decimals, unit) for one in values)
    return Series(name, role, made)


def bars() -> Chart:
    names = (
        "Overall",
        "Cleanliness",
        "Signs and directions inside the terminal",
        "Food",
        "Parking",
        "Security",
    )
    older = _series("2015", "wave_older", (3.9, 3.8, 4.0, 3.4, hidden("not_asked"), hidden("suppressed")))
    newer = _series(
        "2017",
        "wave_new",
        (point(4.1, mark="▲"), 4.0, 4.0, 3.5, point(3.2, state="low_base", mark="▼"), 3.9),
    )
    return Chart("services", "bars", "Ratings of services", names, (older, newer), Axis(0, 5, "0.0"))


def single() -> Chart:
    series = _series("2017", "brand", (81, 77, 74, 51, 45), 0, "%")
    names = ("Overall", "Cleanliness", "Signs", "Food and beverage", "Wi-Fi")
    return Chart("top2", "bars", "Top-2 shares", names, (series,), Axis(0, 100, '0"%"'))


def stacked() -> Chart:
    names = ("Totaal", "Asiel", "Naturalisatie", "Regulier economisch", "Overige doelgroepen")
    rows = ((2, 5, 13, 48, 30, 2), (5, 12, 18, 40, 20, 5), (1, 3, 9, 50, 36, 1), (3, 4, 20, 43, 25, 5), None)
    answers = ("zeer ontevreden", "ontevreden", "neutraal", "tevreden", "zeer tevreden", "weet niet")
    roles = STYLE.scale_roles(positive=2, neutral=1, negative=2, dont_know=True)
    series = tuple(
        _series(answer, role, [hidden("suppressed") if row is None else row[place] for row in rows], 0, "%")
        for place, (answer, role) in enumerate(zip(answers, roles, strict=True))
    )
    means = (point(7.7, mark="▲"), point(6.9, mark="▼"), point(8.0), point(7.5), hidden("suppressed"))
    axis = Axis(0, 100, '0"%"')
    return Chart(
        "satisfaction", "stacked", "Satisfaction", names, series, axis, means=means, means_title="Gemiddelde"
    )


def panels(waves: Sequence[str] = ("2017",)) -> Chart:
    names = (
        "Deskundigheid",
        "Zorgvuldigheid",
        "Inlevingsvermogen",
        "Bereikbaarheid",
        "Snelheid van afhandeling",
    )
    marks = {
        "Veterinaire dienst": (7.9, 7.7, 7.4, 7.1, 6.8),
        "Keuringsinstantie": (7.5, 7.6, 7.0, 7.2, 6.1),
        "Laboratorium en monstername": (8.1, 8.0, hidden("suppressed"), 7.4, 7.0),
    }
    roles = STYLE.wave_roles(len(waves))
    made = tuple(
        Panel(title, tuple(_series(wave, role, values) for wave, role in zip(waves, roles, strict=True)))
        for title, values in marks.items()
    )
    return Chart(
        "organisations", "panels", "Marks per organisation", names, (), Axis(0, 10, "0.0"), panels=made
    )


def columns() -> Chart:
    names = ("Totaal", "Asiel", "Naturalisatie", "Regulier economisch", "Regulier sociaal")
    waves = (
        ("2009", (7.0, 6.5, 7.4, hidden("not_asked"), 7.1)),
        ("2011", (7.3, 6.6, 7.6, 7.0, 7.4)),
        ("2013", (point(7.7, mark="▲"), 6.9, 8.0, 7.5, 7.8)),
    )
    roles = STYLE.wave_roles(3)
    series = tuple(_series(wave, role, values) for (wave, values), role in zip(waves, roles, strict=True))
    return Chart("trend", "columns", "Mark per directorate", names, series, Axis(0, 10, "0.0"))


def lines() -> Chart:
    waves = ("2009", "2011", "2013", "2015")
    groups = (
        ("Asiel", (6.5, point(6.6, state="low_base"), 6.9, 7.1)),
        ("Naturalisatie", (7.4, 7.6, point(8.0, mark="▲"), 8.1)),
        ("Regulier economisch", (hidden("not_asked"), 7.0, 7.5, 7.6)),
    )
    series = tuple(_series(name, STYLE.category_role(n), values) for n, (name, values) in enumerate(groups))
    return Chart(
        "lines", "lines", "Mark over waves", waves, series, Axis(5, 9, "0.0", "Rapportcijfer, as van 5 tot 9")
    )


def nps() -> Chart:
    parts = (
        ("Detractors (0-6)", "negative_strong", (31, 28, 24)),
        ("Passives (7-8)", "neutral", (35, 36, 36)),
        ("Promoters (9-10)", "positive_strong", (34, 36, 40)),
    )
    series = tuple(_series(name, role, values, 0, "%") for name, role, values in parts)
    scores = (Point(3, "+3"), Point(8, "+8"), Point(16, "+16", mark="▲"))
    return Chart(
        "nps",
        "nps",
        "Net promoter score",
        ("2015", "2016", "2017"),
        series,
        Axis(0, 100, '0"%"'),
        means=scores,
        means_title="NPS",
        means_format="+0;-0;0",
    )


CHARTS = {
    "bars": bars(),
    "single": single(),
    "stacked": stacked(),
    "panels": panels(),
    "panel_waves": panels(("2014", "2017")),
    "columns": columns(),
    "lines": lines(),
    "nps": nps(),
}


def table(rows: int = 7, *, name: str = "aspects") -> Table:
    years = ("2009", "2011", "2013")
    heads = (
        Row((Cell(""), Cell("Alle", span=3, align="center"), Cell("Asiel", span=3, align="center"))),
        Row((Cell("Aspect"), *(Cell(year, align="right", bold=year == "2013") for year in years * 2))),
    )
    special = {2: "not_asked", 3: "suppressed", 4: "low_base"}
    made = [
        _table_row(f"Aspect {number + 1} van de dienstverlening", number, special) for number in range(rows)
    ]
    total = Row((Cell("Totaal"), *(Cell("7,7", align="right") for _ in range(6))), kind="total")
    return Table(name, "Trend van aspecten", heads, (total, *made), (3.2, 1, 1, 1, 1, 1, 1))


def _table_row(name: str, number: int, special: dict[int, str]) -> Row:
    cells = []
    for column in range(6):
        state = special.get(number, "shown") if column > 2 else "shown"
        text = "" if state in ("not_asked", "suppressed") else dutch(6 + (number * 7 + column * 3) % 23 / 10)
        mark = ("▲", "▼", "")[number % 3] if column % 3 == 2 and state == "shown" else ""
        cells.append(
            Cell(
                text,
                address="vr/aspect/all/2013",
                state=state,
                bold=column % 3 == 2,
                align="right",
                mark=mark,
            )
        )
    return Row((Cell(name), *cells))


def findings() -> list[Paragraph]:
    lead = Paragraph(
        (Run("Het rapportcijfer stijgt naar "), Run("7,7", bold=True, address="vr/mark/all/2013"), Run(".")),
        style="lead",
    )
    points = (
        "Twee jaar eerder was dat 7,3; de stijging is significant.",
        "Asiel blijft achter bij de andere directies, maar loopt in.",
        "Klanten noemen vooral de kortere wachttijd als reden.",
    )
    return [lead, *bullets(points)]


def quotes() -> list[Paragraph]:
    said = (
        ("Ik wist maandenlang niet waar ik aan toe was. Een kort bericht had al geholpen.", "Asiel, vrouw"),
        ("De mevrouw aan de balie legde alles rustig uit en belde de volgende dag terug.", "Regulier, man"),
        ("De brief stond vol woorden die ik moest opzoeken.", "Naturalisatie, vrouw"),
        ("It took three letters before somebody answered my question.", "Asylum, man"),
    )
    return [
        paragraph
        for text, source in said
        for paragraph in (
            Paragraph((Run(f"“{text}”"),), style="quote"),
            Paragraph((Run(source),), style="source"),
        )
    ]
