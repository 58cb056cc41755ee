"""Write raw files as an agency would send them: CSV, Excel and SPSS, the same bytes each time."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyreadstat

from wavedeck.dummy.labels import FileLabels
from wavedeck.dummy.response_sets import with_response_sets
from wavedeck.study.errors import ConfigError
from wavedeck.study.settings import Source

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"
_SAV_DATE = slice(92, 109)


def write_raw(raw: pd.DataFrame, path: Path, *, source: Source, labels: FileLabels) -> None:
    """Write a raw file whole or not at all.

    Parameters
    ----------
    raw
        Columns of text.
    path
        Where the file goes.
    source
        How the file is declared to be written in its wave.
    labels
        What the file says about its columns and codes, where its format can.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        draft = Path(folder) / path.name
        _write(raw, draft, source, labels)
        draft.replace(path)


def _write(raw: pd.DataFrame, path: Path, source: Source, labels: FileLabels) -> None:
    if source.format == "csv":
        _csv(raw, path, source)
    elif source.format == "xlsx":
        _xlsx(raw, path, source, labels.date)
    else:
        _sav(raw, path, labels)


def _csv(raw: pd.DataFrame, path: Path, source: Source) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=source.delimiter or ",", lineterminator="\r\n")
    writer.writerow(raw.columns)
    writer.writerows(raw.itertuples(index=False))
    encoding = source.encoding or "utf-8"
    try:
        path.write_bytes(text.getvalue().encode(encoding))
    except UnicodeEncodeError as error:
        sign = text.getvalue()[error.start]
        raise ConfigError(
            f"'{sign}' in the made-up answers does not exist in {encoding}; write another"
        ) from error


def _xlsx(raw: pd.DataFrame, path: Path, source: Source, date: dt.date) -> None:
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = dt.datetime.combine(date, dt.time())
    sheet = book.active
    sheet.title = source.sheet or "Sheet1"
    sheet.append(list(raw.columns))
    for row in raw.itertuples(index=False):
        sheet.append([_excel_value(text) for text in row])
    sheet.freeze_panes = "B2"
    stream = io.BytesIO()
    book.save(stream)
    path.write_bytes(_without_times(stream.getvalue(), book.properties.created))


def _excel_value(text: str) -> int | str | None:
    return int(text) if text.isdigit() else text or None


def _without_times(content: bytes, date: dt.datetime) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = _with_date(data, date)
            new.writestr(zipfile.ZipInfo(name, _ZIP_TIME), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _with_date(core: bytes, date: dt.datetime) -> bytes:
    """Put a fixed date where openpyxl writes the time of saving."""
    start = core.index(b">", core.index(b"<dcterms:modified")) + 1
    end = core.index(b"</dcterms:modified>")
    return core[:start] + date.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + core[end:]


def _sav(raw: pd.DataFrame, path: Path, labels: FileLabels) -> None:
    numeric = [str(name) for name in raw if all(not text or text.lstrip("-").isdigit() for text in raw[name])]
    frame = raw.copy()
    for name in numeric:
        frame[name] = pd.to_numeric(frame[name].replace("", None)).astype("float64")
    values = {
        name: {float(code): text for code, text in labels.codes[name].items()}
        for name in numeric
        if name in labels.codes
    }
    missing: dict[str, list[Any]] = {
        name: [float(code) for code in labels.missing[name]] for name in numeric if name in labels.missing
    }
    pyreadstat.write_sav(
        frame,
        str(path),
        column_labels=[labels.columns.get(str(name)) for name in frame],
        variable_value_labels=values,
        missing_ranges=missing,
        variable_format=dict.fromkeys(numeric, "F8.0"),
        row_compress=True,
    )
    path.write_bytes(with_response_sets(path.read_bytes(), labels.sets))
    _fix_sav_date(path, labels.date)


def _fix_sav_date(path: Path, date: dt.date) -> None:
    """Put a fixed date and time in the file header (`creation_date`, `creation_time` of record type 1)."""
    content = bytearray(path.read_bytes())
    month = _MONTHS[3 * date.month - 3 : 3 * date.month]
    content[_SAV_DATE] = f"{date.day:02d} {month} {date.year % 100:02d}00:00:00".encode("ascii")
    path.write_bytes(bytes(content))
