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
WRONG_LENGTHS_SHOWN = 20
_NEWLINE, _RETURN, _QUOTE = (ord(mark) for mark in '\n\r"')


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
    header = next(_records(text, mark), [])
    _check_header(header, file)
    table = _parse(text, header, mark, file)
    columns = {name: RawColumn.of(table.column(i)) for i, name in enumerate(header)}
    if table.num_rows == 0:
        raise stop("empty_file", file, "the file has a header but no rows; put the complete file there")
    rows = _row_numbers(text, table.num_rows, mark)
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
    likely = "utf-16" if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "cp1252"
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


def _records(text: bytes, delimiter: str) -> Iterator[list[str]]:
    stream = io.TextIOWrapper(io.BytesIO(text), encoding="utf-8", newline="")
    return csv.reader(stream, delimiter=delimiter)


def _sniff(text: bytes) -> str:
    def width(mark: str) -> tuple[bool, int]:
        head = [len(record) for record in islice(_records(text, mark), RECORDS_SNIFFED) if record]
        return len(set(head)) == 1 and head[0] > 1, head[0] if head else 0

    return max(DELIMITERS, key=width)


def _check_header(header: list[str], file: str) -> None:
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        names = ", ".join(f"'{name}'" for name in twice)
        raise stop("header", file, f"the header names {names} twice; give each column its own name", 1)


def _parse(text: bytes, header: list[str], delimiter: str, file: str) -> pa.Table:
    encoded = pa.dictionary(pa.int32(), pa.string())
    names = [str(i) for i in range(len(header))]
    try:
        return pyarrow.csv.read_csv(
            pa.BufferReader(_without_header(text, delimiter)),
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


def _without_header(text: bytes, delimiter: str) -> bytes:
    reader = _records(text, delimiter)
    next(reader)
    return text[_line_starts(text, reader.line_num) :]  # type: ignore[attr-defined]


def _line_starts(text: bytes, lines: int) -> int:
    """Return where the text after a number of physical lines starts."""
    position = 0
    for _ in range(lines):
        ends = [text.find(mark, position) for mark in (b"\n", b"\r")]
        end = min((e for e in ends if e >= 0), default=len(text) - 1)
        position = end + (2 if text[end : end + 2] == b"\r\n" else 1)
    return position


def _wrong_lengths(text: bytes, delimiter: str, file: str, error: Exception) -> RawDataError:
    reader = _records(text, delimiter)
    width, start, findings = len(next(reader)), reader.line_num + 1, []  # type: ignore[attr-defined]
    for record in reader:
        if record and len(record) != width:
            message = (
                f"the row has {len(record)} fields, the header {width}; mend the row (a stray delimiter, "
                "quote or line break?) or restore the file"
            )
            findings.append(
                Finding(severity="stop", rule="row_length", file=file, message=message, row=start, count=1)
            )
        start = reader.line_num + 1  # type: ignore[attr-defined]
    if not findings:
        return stop("unreadable", file, f"the file cannot be read as delimited text ({error})")
    return RawDataError(findings)


def _row_numbers(text: bytes, count: int, delimiter: str) -> NDArray[np.int64]:
    """Return the physical line on which each record starts."""
    rows = _record_lines(np.frombuffer(text, np.uint8))[1:]
    return rows if len(rows) == count else _slow_row_numbers(text, delimiter)


def _record_lines(data: NDArray[np.uint8]) -> NDArray[np.int64]:
    newline = data == _NEWLINE
    returns = np.flatnonzero(data[:-1] == _RETURN)
    newline[returns[data[returns + 1] != _NEWLINE]] = True
    ends = np.flatnonzero(newline)
    if len(ends) == 0 or ends[-1] != len(data) - 1:
        ends = np.append(ends, len(data))
    starts = np.concatenate([[0], ends[:-1] + 1])
    quotes = np.flatnonzero(data == _QUOTE)
    inside = np.searchsorted(quotes, starts) % 2 == 1
    blank = _blank(data, starts, ends)
    return (np.flatnonzero(~inside & ~blank) + 1).astype(np.int64)


def _blank(data: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.bool_]:
    length = ends - starts
    only_return = (length == 1) & (data[np.minimum(starts, len(data) - 1)] == _RETURN)
    return np.asarray((length == 0) | only_return)


def _slow_row_numbers(text: bytes, delimiter: str) -> NDArray[np.int64]:
    reader = _records(text, delimiter)
    next(reader)
    rows, start = [], reader.line_num + 1  # type: ignore[attr-defined]
    for record in reader:
        if record:
            rows.append(start)
        start = reader.line_num + 1  # type: ignore[attr-defined]
    return np.array(rows, np.int64)
