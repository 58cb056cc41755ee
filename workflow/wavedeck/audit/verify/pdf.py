"""Verify a PDF against the deck it was made of: the same numbers on every page, as a multiset."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from wavedeck.audit.ledger import AuditError
from wavedeck.audit.verify.axes import ticks
from wavedeck.audit.verify.charts import AxisRead, ChartRead, SeriesRead
from wavedeck.audit.verify.expected import Truth
from wavedeck.audit.verify.labels import code_prints
from wavedeck.audit.verify.ooxml import open_package
from wavedeck.audit.verify.pdf_layers import check_layers
from wavedeck.audit.verify.result import Verification
from wavedeck.audit.verify.slides import SLIDE_NUMBER, Deck, Shape, Slide, read_slides
from wavedeck.audit.verify.tokens import DECIMAL_MARKS, tokens, value_of
from wavedeck.study.paths import shown

_READER = "pdftotext"
#: How far from its middle a page may reach, in points.
_FARTHEST = 14_400


def verify_pdf(path: Path, deck: Path, truth: Truth) -> Verification:
    """Account for every number of a PDF by the numbers of the slide that each page shows.

    Parameters
    ----------
    path
        The PDF.
    deck
        The deck it was made of, verified on its own.
    truth
        For the language, and to name hidden figures.

    Raises
    ------
    AuditError
        When a file or the reader of PDF is missing.
    """
    read, result = read_slides(open_package(deck)), Verification()
    pages, visible = _pages(path), [slide for slide in read.slides if not slide.hidden]
    if len(pages) != len(visible):
        wrong = f"it has {len(pages)} pages, the deck shows {len(visible)} slides"
        result.fault(0, f"pdf:{path.name}", "edited", wrong)
    for page, slide in zip(pages, visible, strict=False):
        _compare(result, truth, page, slide, read)
    check_layers(result, truth, path, read)
    return result


def _pages(path: Path) -> list[str]:
    if not path.is_file():
        raise AuditError(f"{shown(path)}: there is no such file")
    if shutil.which(_READER) is None:
        raise AuditError(f"{_READER} is missing; apt-get install poppler-utils")
    with tempfile.TemporaryDirectory() as folder:
        laid_open = _laid_open(path, Path(folder) / "open.pdf")
        command = [_READER, "-enc", "UTF-8", str(laid_open), "-"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise AuditError(f"{shown(path)}: this is no PDF: {done.stderr.strip()}")
    return done.stdout.split("\f")[:-1]


def _laid_open(path: Path, target: Path) -> Path:
    """Write a copy that shows what lies beside the pages and in layers that are switched off."""
    import pikepdf

    try:
        with pikepdf.open(path) as pdf:
            if "/OCProperties" in pdf.Root:
                del pdf.Root.OCProperties
            for page in pdf.pages:
                if "/CropBox" in page:
                    del page["/CropBox"]
                page.mediabox = pikepdf.Array([-_FARTHEST, -_FARTHEST, _FARTHEST, _FARTHEST])
            pdf.save(target)
    except pikepdf.PdfError as error:
        raise AuditError(f"{shown(path)}: this is no PDF: {error}") from error
    return target


def _compare(result: Verification, truth: Truth, page: str, slide: Slide, deck: Deck) -> None:
    found = Counter(_all(page, truth.language))
    needed = Counter(one for text in _texts(slide, deck) for one in _all(text, truth.language))
    allowed = needed + Counter(one for text in _drawn(truth, slide) for one in _all(text, truth.language))
    element = f"pdf:page {slide.number}"
    for token, count in sorted((found - allowed).items()):
        hidden = truth.hidden_like(token)
        hint = f"; it is the hidden value of {hidden}" if hidden else ""
        times = f" {count} times" if count > 1 else ""
        message = f"'{token}' stands there{times}, not on the slide{hint}"
        result.fault(slide.number, element, "leak" if hidden else "orphan", message)
    for token in sorted((needed - found).elements()):
        result.fault(slide.number, element, "mismatch", f"'{token}' of the slide is not there")
    for token, count in (found & allowed).items():
        for _ in range(count):
            result.account(slide.number, element, "figure", token, name="page")


def _all(text: str, language: str) -> Iterator[str]:
    """Yield the numbers and marks of a text in one spelling: value, decimals and percent sign."""
    for one in tokens(text, language):
        value = value_of(one.text, language)
        plus = "+" if one.text.startswith("+") else ""
        percent = "%" if one.text.endswith("%") else ""
        yield one.text if value is None else f"{plus}{value}{percent}".replace("-", "−")


def _texts(slide: Slide, deck: Deck) -> Iterator[str]:
    """Yield what must stand on the page: texts and tables, fixed texts of the layout."""
    for shape in (*slide.shapes, *deck.layouts.get(slide.layout, ())):
        if shape.hidden:
            continue
        for number, text in zip(shape.numbers, shape.paragraphs, strict=False):
            before = f"{number}. " if number and text else ""
            yield f"{before}{text}".replace(SLIDE_NUMBER, str(slide.number))
        yield from (cell for row in shape.rows or () for cell in row)


def _drawn(truth: Truth, slide: Slide) -> Iterator[str]:
    """Yield what may stand on the page: names and labels of charts, numbers along axes."""
    for shape in slide.shapes:
        if shape.chart is not None and not shape.hidden:
            yield from _of_chart(truth, shape, shape.chart)


def _of_chart(truth: Truth, shape: Shape, chart: ChartRead) -> Iterator[str]:
    del shape
    if chart.series:
        yield from chart.series[0].categories.points.values()
    yield from chart.texts
    for series in chart.series:
        if chart.legend:
            yield series.title
        yield from series.labels.values()
        yield from _live(truth, series)
    for axis in chart.axes:
        yield from _numbers(truth, axis)


def _live(truth: Truth, series: SeriesRead) -> Iterator[str]:
    for place in series.values.points:
        value = series.values.number(place)
        if value is None or place in series.labels or place in series.deleted or not series.shows:
            continue
        printed = code_prints(series.code, value)
        if printed is not None:
            yield _written(f"{value:.{printed[0]}f}", truth.language) + "%" * printed[1]


def _numbers(truth: Truth, axis: AxisRead) -> Iterator[str]:
    for tick in ticks(axis):
        printed = code_prints(axis.code, tick) or (0, False)
        yield _written(f"{tick:.{printed[0]}f}", truth.language) + "%" * printed[1]


def _written(text: str, language: str) -> str:
    return text.replace(".", DECIMAL_MARKS.get(language, "."))
