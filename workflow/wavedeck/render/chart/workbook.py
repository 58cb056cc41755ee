"""The workbook behind a native chart: publishable values, and signs where there are none."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

import xlsxwriter
from pptx.chart.data import CategoryChartData

from wavedeck.render.chart.description import Series

MADE = dt.datetime.combine(dt.date(2026, 1, 1), dt.time())


class Exact(float):
    """A number that is written as it stands; xlsxwriter's 16 digits make 8.2 into 8.199999999999999.

    >>> f"{8.2:.16G}", f"{Exact(8.2):.16G}"
    ('8.199999999999999', '8.2')
    """

    def __format__(self, spec: str) -> str:
        """Return the shortest text that reads back as this number, whatever is asked."""
        return repr(float(self)).removesuffix(".0")


class ChartNumbers(CategoryChartData):
    """Chart data whose workbook says why a value is missing."""

    def __init__(self, categories: Sequence[str], series: Sequence[Series], *, number_format: str) -> None:
        super().__init__(number_format=number_format)  # type: ignore[no-untyped-call]
        self._shown = tuple(series)
        self._names = tuple(categories)
        self._format = number_format
        self.categories = categories
        for one in series:
            values = [point.value if point.visible else None for point in one.points]
            self.add_series(one.name, values)  # type: ignore[no-untyped-call]

    @property
    def xlsx_blob(self) -> bytes:
        """Return the workbook: categories down, series across, from cell A1 of Sheet1."""
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
            book.set_properties({"created": MADE})
            sheet = book.add_worksheet("Sheet1")
            number = book.add_format({"num_format": self._format})
            sheet.set_column(0, 0, 36)
            sheet.write_column(1, 0, self._names)
            for column, one in enumerate(self._shown, start=1):
                sheet.write_string(0, column, one.name)
                for row, point in enumerate(one.points, start=1):
                    if point.visible and point.value is not None:
                        sheet.write_number(row, column, Exact(point.value), number)
                    else:
                        sheet.write_string(row, column, point.sign)
        return stream.getvalue()
