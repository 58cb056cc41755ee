"""Raw rows as they stand in the file as received, and the checksum of that file."""

from __future__ import annotations

import csv
import hashlib
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from wavedeck.audit.ledger import AuditError
from wavedeck.audit.trace.place import WaveData
from wavedeck.study.settings import Source

DELIMITERS = ",;\t|"
Cells = Mapping[int, Mapping[str, str]]
NO_CELL = ""


@dataclass(frozen=True)
class RawFile:
    """One raw file.

    Attributes
    ----------
    name
        Its path as the study names it.
    path
        Where it stands.
    source
        How it is written.
    declared
        The checksum that study.yaml declares, empty where it declares none.
    """

    name: str
    path: Path
    source: Source
    declared: str

    @cached_property
    def content(self) -> bytes:
        """Return the bytes of the file.

        Raises
        ------
        AuditError
            When it is not there.
        """
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            raise AuditError(f"{self.name}: this raw file is not there") from None

    @cached_property
    def checksum(self) -> str:
        """Return the SHA-256 of the file."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def secret(self) -> bytes:
        """Return a key that only who has the file can make; its published checksum gives no hint of it."""
        return hashlib.sha256(b"pseudonym\n" + self.content).digest()

    @property
    def verdict(self) -> str:
        """Say whether the checksum is the one declared."""
        if not self.declared:
            return "study.yaml declares none"
        return "as study.yaml declares" if self.declared == self.checksum else "NOT the one in study.yaml"

    def cells(self, rows: Sequence[int], columns: Iterable[str]) -> Cells:
        """Return row -> column -> text as in the file, for some rows and columns.

        Parameters
        ----------
        rows
            As traces name them: the line (CSV, Excel) or the case (SPSS).
        """
        read = {"csv": self._csv, "sav": self._spss, "xlsx": self._workbook}[self.source.format]
        return read(rows, tuple(columns)) if rows else {}

    def _csv(self, rows: Sequence[int], columns: tuple[str, ...]) -> Cells:
        lines = self.content.split(b"\n")
        first = next(place for place, line in enumerate(lines) if line.strip(b"\r\xef\xbb\xbf"))
        head = self._text(lines[first]).removeprefix("\ufeff")
        mark = self.source.delimiter or max(DELIMITERS, key=head.count)
        names = self._record(lines, first, mark)
        at = _places(names, columns)
        return {row: _taken(at, self._record(lines, row - 1, mark)) for row in rows}

    def _record(self, lines: list[bytes], start: int, mark: str) -> list[str]:
        """Return the fields of the record that starts on a line; quotes may hold line ends."""
        text, place = self._text(lines[start]), start
        while text.count('"') % 2 and place + 1 < len(lines):
            place += 1
            text += "\n" + self._text(lines[place])
        return next(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=mark), [])

    def _text(self, line: bytes) -> str:
        return line.rstrip(b"\r").decode(self.source.encoding or "utf-8", errors="replace")

    def _spss(self, rows: Sequence[int], columns: tuple[str, ...]) -> Cells:
        import pyreadstat

        known = pyreadstat.read_sav(self.path, metadataonly=True, output_format="dict")[1].column_names
        used = [column for column in columns if column in known]
        if not used:
            return {}
        content, _ = pyreadstat.read_sav(
            self.path, usecols=used, user_missing=True, output_format="dict", disable_datetime_conversion=True
        )
        return {row: {name: _as_text(content[name][row - 1]) for name in used} for row in rows}

    def _workbook(self, rows: Sequence[int], columns: tuple[str, ...]) -> Cells:
        import openpyxl

        book = openpyxl.load_workbook(io.BytesIO(self.content), read_only=True, data_only=True)
        sheet = book[self.source.sheet] if self.source.sheet else book.worksheets[0]
        wanted = set(rows)
        found: dict[int, dict[str, str]] = {}
        at: dict[str, int] | None = None
        for place, cells in enumerate(sheet.iter_rows(max_row=max(rows), values_only=True), start=1):
            texts = [_as_text(cell) for cell in cells]
            if at is None:
                at = _places(texts, columns) if any(texts) else None
            elif place in wanted:
                found[place] = _taken(at, texts)
        return found


def _places(names: Sequence[str], columns: Iterable[str]) -> dict[str, int]:
    """Return in which field each column stands; those that the file does not have are left out."""
    places = {name: place for place, name in reversed(list(enumerate(names)))}
    stripped = {name.strip(): place for name, place in places.items()}
    at = {name: places.get(name, stripped.get(name, -1)) for name in columns}
    return {name: place for name, place in at.items() if place >= 0}


def _taken(at: Mapping[str, int], texts: Sequence[str]) -> dict[str, str]:
    return {name: texts[place] for name, place in at.items() if place < len(texts)}


def _as_text(value: object) -> str:
    """Return a cell as text: whole numbers without decimals, nothing where there is nothing."""
    if isinstance(value, float):
        return NO_CELL if math.isnan(value) else str(int(value)) if value.is_integer() else repr(value)
    return NO_CELL if value is None else str(value)


def raw_file(data: WaveData) -> RawFile:
    """Return the raw file of a wave of a part."""
    source, wave = data.study.settings.parts[data.part].source, data.name
    override = source.by_wave.get(wave)
    own = source.model_copy(update=override.model_dump(exclude_none=True) if override else {})
    return RawFile(data.raw_name, data.folder / data.raw_name, own, source.checksums.get(wave, ""))


def coded_cells(data: WaveData, variable: str, ids: Iterable[str]) -> dict[str, str]:
    """Return id -> codes of an open answer, as the coding file has them, joined by ``; ``."""
    declared = data.study.verbatims.coding(data.part, data.name)
    path = data.folder / declared.path(data.name) if declared else None
    if declared is None or path is None or not path.is_file():
        return {}
    wanted, found = set(ids), dict[str, list[str]]()
    with path.open(encoding=declared.encoding or "utf-8-sig", newline="") as file:
        first = file.readline()
        mark = declared.delimiter or max(DELIMITERS, key=first.count)
        file.seek(0)
        for row in csv.DictReader(file, delimiter=mark):
            if row.get("variable") == variable and row.get("respondent") in wanted:
                found.setdefault(str(row["respondent"]), []).append(str(row.get("code")))
    return {who: "; ".join(codes) for who, codes in found.items()}
