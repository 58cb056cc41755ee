"""A finished report: where its files stand, and in which language it speaks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wavedeck.audit.trace.place import require
from wavedeck.study.base import text_in
from wavedeck.study.load import Study

PROCESSED = Path("data") / "processed"
OUTPUTS = (
    ("deck", ".pptx"),
    ("deck", ".pdf"),
    ("figures", ".csv"),
    ("ledger", ".csv"),
    ("tables", ".xlsx"),
    ("ledger_tables", ".csv"),
)
VERIFICATIONS = ("verification", "verification_tables")


@dataclass(frozen=True)
class Report:
    """One report of a study: a wave in a language.

    Attributes
    ----------
    study
        The study.
    project
        Folder that holds config/, data/ and reports/.
    wave, language
        Which report.
    """

    study: Study
    project: Path
    wave: str
    language: str

    @property
    def suffix(self) -> str:
        """Return what stands behind file names: nothing for the main language."""
        return "" if self.language == self.study.settings.languages[0] else f".{self.language}"

    @property
    def store(self) -> Path:
        """Return the folder with stores, methods and recomputation."""
        return self.project / PROCESSED / self.study.name / self.wave

    @property
    def deck(self) -> Path:
        """Return the deck."""
        return self.draft("deck", ".pptx")

    @property
    def pdf(self) -> Path:
        """Return the PDF."""
        return self.draft("deck", ".pdf")

    @property
    def ledger(self) -> Path:
        """Return the whole ledger that verification wrote."""
        return self.draft("whole_ledger", ".csv")

    @property
    def outputs(self) -> dict[str, Path]:
        """Return what is delivered beside the pages, by the name it is delivered under."""
        return {
            f"{name}{self.suffix}{ending}": self.draft("whole_ledger" if name == "ledger" else name, ending)
            for name, ending in OUTPUTS
        }

    def require(self) -> None:
        """Refuse a report that is not whole.

        Raises
        ------
        AuditError
            Naming the first file that is missing.
        """
        said = [self.draft(name, ".txt") for name in VERIFICATIONS]
        for path in (*self.outputs.values(), *said, self.store / "recompute.csv"):
            require(path)

    @property
    def raw_files(self) -> list[str]:
        """Return the raw files behind the report, as the study names them.

        Files with codes or ids of respondents are not among them: short ones could be guessed by their
        checksum, so the manifest has keyed ones of those.
        """
        return sorted({self.study.raw_file(part, wave) for wave, part in self.waves_and_parts})

    def draft(self, name: str, ending: str) -> Path:
        """Return a file of the draft in this language."""
        return self.store / "draft" / f"{name}{self.suffix}{ending}"

    def part(self, part: str, wave: str) -> Path:
        """Return the folder of one part in one wave."""
        return self.project / PROCESSED / self.study.name / wave / part

    def said(self, text: dict[str, str]) -> str:
        """Return a text of the study in this language."""
        return text_in(text, self.language)

    def wave_label(self, wave: str) -> str:
        """Return what readers call a wave."""
        declared = self.study.wave(wave)
        return self.said(declared.label) if declared.label else declared.id

    @property
    def waves_and_parts(self) -> list[tuple[str, str]]:
        """Return every wave up to this one, newest first, with each of its parts."""
        waves = reversed(self.study.waves_until(self.wave))
        return [(wave, part) for wave in waves for part in self.study.parts_in(wave)]
