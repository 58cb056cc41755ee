"""Read delimited text: encoding, delimiter, line numbers, rows of the wrong length."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import islice

import numpy as np
import pyarrow as pa
import pyarrow.csv
from numpy.typing import NDArray

from wavedeck.intake.problems import RawDataError, stop
from wavedeck.intake.raw import RawColumn, RawTable
from wavedeck.study.findings import Finding

DELIMITERS = (",", ";", "\t", "|")
RECORDS_SNIFFED = 50
_NEWLINE, _RETURN = ord("\n"), ord("\r")


def read_csv(data: bytes, *, file: str, delimiter: str | None, encoding: str | None) -> RawTable:
    """Read the bytes of a delimited text file.

    Parameters
    ----------
    data
        Content of the file.
    file
        Path of the file as the study names it.
    delimiter
        Delimiter between fields; sniffed among comma, semicolon, tab and bar when None.
    encoding
        Encoding of the file; UTF-8 when None.

    Raises
    ------
    RawDataError
        When the encoding does not fit, a row has more or fewer fields than the header, a name
        stands twice in the header, or there are no rows.
    """
    text, findings = _decode(data, file, encoding)
    mark = delimiter or _sniff(text)
    header, body = _split(text, mark, file)
    table = _parse(text, body, header, mark, file)
    columns = {name: RawColumn.of(table.column(i)) for i, name in enumerate(header)}
    rows = _row_numbers(text, table.num_rows, mark, file)
    return RawTable(file, rows, columns, decimal="," if mark == ";" else ".", findings=findings)


def _decode(data: bytes, file: str, encoding: str | None) -> tuple[bytes, tuple[Finding, ...]]:
    """Return the text as UTF-8 bytes without byte order mark."""
    name = encoding or "utf-8"
    try:
        codec = codecs.lookup(name).name
    except LookupError as error:
        raise stop(
            "encoding", file, f"encoding '{name}' does not exist; write e.g. utf-8 or cp1252"
        ) from error
    try:
        text = data.decode("utf-8-sig" if codec == "utf-8" else codec)
    except UnicodeDecodeError as error:
        raise _wrong_encoding(data, file, name, error) from error
    utf8 = data.removeprefix(codecs.BOM_UTF8) if codec in ("utf-8", "ascii") else text.encode("utf-8")
    return utf8, _doubt(data, file, codec)


def _wrong_encoding(data: bytes, file: str, name: str, error: UnicodeDecodeError) -> RawDataError:
    row = data.count(b"\n", 0, error.start) + 1
    likely = "latin-1" if codecs.lookup(name).name == "cp1252" else "cp1252"
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        likely = "utf-16"
    message = (
        f"byte 0x{data[error.start]:02X} is not {name.upper()}; the file is probably written in {likely}: "
        f"declare 'encoding: {likely}' under source in study.yaml, or save the file as UTF-8"
    )
    return stop("encoding", file, message, row)


def _doubt(data: bytes, file: str, codec: str) -> tuple[Finding, ...]:
    """Return a warning when a single-byte encoding is declared for what reads as UTF-8."""
    if codec in ("utf-8", "ascii") or codec.startswith("utf-16") or data.isascii():
        return ()
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return ()
    message = f"declared as {codec}, but its accented letters read as UTF-8; check 'encoding' in study.yaml"
    return (Finding(severity="warning", rule="encoding", file=file, message=message),)


def _records(text: bytes, delimiter: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record that is not blank, with the physical line on which it starts."""
    stream = io.TextIOWrapper(io.BytesIO(text), encoding="utf-8", newline="")
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    start = 1
    try:
        for record in reader:
            if record:
                yield start, record
            start = reader.line_num + 1
    except csv.Error as error:
        message = f"a quote that opens on this row is not closed as it should be ({error}); mend or remove it"
        raise stop("quote", file, message, start) from error


def _sniff(text: bytes) -> str:
    return max(DELIMITERS, key=lambda mark: _fit(text, mark))


def _fit(text: bytes, delimiter: str) -> tuple[bool, int]:
    """Return whether the first records agree on several fields, and how many the header has."""
    widths: list[int] = []
    try:
        widths.extend(len(record) for _, record in islice(_records(text, delimiter, ""), RECORDS_SNIFFED))
    except RawDataError:
        return False, max(widths[:1], default=0)
    return len(set(widths)) == 1 and widths[0] > 1, max(widths[:1], default=0)


def _split(text: bytes, delimiter: str, file: str) -> tuple[list[str], bytes]:
    """Return the header and the text after it."""
    records = _records(text, delimiter, file)
    line, header = next(records)
    _check_header(header, file, line)
    following = next(records, None)
    if following is None:
        raise stop("empty_file", file, "the file has a header but no rows; put the complete file there")
    return header, text[_line_start(text, following[0]) :]


def _check_header(header: list[str], file: str, line: int) -> None:
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        names = ", ".join(f"'{name}'" for name in twice)
        raise stop("header", file, f"the header names {names} twice; give each column its own name", line)


def _parse(text: bytes, body: bytes, header: list[str], delimiter: str, file: str) -> pa.Table:
    encoded = pa.dictionary(pa.int32(), pa.string())
    names = [str(i) for i in range(len(header))]
    try:
        return pyarrow.csv.read_csv(
            pa.BufferReader(body),
            read_options=pyarrow.csv.ReadOptions(column_names=names, block_size=_block_size(text)),
            parse_options=pyarrow.csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(names, encoded), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid as error:
        raise _wrong_lengths(text, delimiter, file, error) from error


def _block_size(text: bytes) -> int:
    return min(max(len(text), 1), 1 << 24)


def _line_start(text: bytes, line: int) -> int:
    """Return where a physical line starts, lines counted from 1."""
    position = 0
    for _ in range(line - 1):
        ends = [text.find(mark, position) for mark in (b"\n", b"\r")]
        end = min((e for e in ends if e >= 0), default=len(text) - 1)
        position = end + (2 if text[end : end + 2] == b"\r\n" else 1)
    return position


def _wrong_lengths(text: bytes, delimiter: str, file: str, error: Exception) -> RawDataError:
    records = _records(text, delimiter, file)
    width = len(next(records)[1])
    findings = [
        _wrong_length(file, row, len(record), width) for row, record in records if len(record) != width
    ]
    if not findings:
        return stop("unreadable", file, f"the file cannot be read as delimited text ({error})")
    return RawDataError(findings)


def _wrong_length(file: str, row: int, fields: int, width: int) -> Finding:
    message = (
        f"the row has {fields} fields, the header {width}; mend the row (a stray delimiter, "
        "quote or line break?) or restore the file"
    )
    return Finding(severity="stop", rule="row_length", file=file, message=message, row=row)


def _row_numbers(text: bytes, count: int, delimiter: str, file: str) -> NDArray[np.int64]:
    """Return the physical line on which each record starts."""
    rows = _lines_with_text(np.frombuffer(text, np.uint8))[1:]
    if len(rows) == count and text.count(b'"') % 2 == 0:
        return rows
    starts = [start for start, _ in _records(text, delimiter, file)][1:]
    if len(starts) != count:
        raise stop(
            "quote", file, "the file's quotes can be read in two ways; quote every field that holds one"
        )
    return np.array(starts, np.int64)


def _lines_with_text(data: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return the numbers, from 1, of the physical lines that are not empty."""
    is_end = data == _NEWLINE
    returns = np.flatnonzero(data == _RETURN)
    alone = data[np.minimum(returns + 1, len(data) - 1)] != _NEWLINE
    is_end[returns[alone]] = True
    ends = np.append(np.flatnonzero(is_end), len(data))
    starts = np.concatenate([[0], ends[:-1] + 1])
    length = ends - starts
    only_return = (length == 1) & (data[np.minimum(starts, len(data) - 1)] == _RETURN)
    return np.flatnonzero((length > 0) & ~only_return) + 1
