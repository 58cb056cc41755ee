"""How intake stops: one error that carries every finding that stops the build."""

from __future__ import annotations

from collections.abc import Sequence

from wavedeck.study.errors import DataError
from wavedeck.study.findings import Finding

LINES_SHOWN = 20


class RawDataError(DataError):
    """Raw data hold something that stops the build.

    Attributes
    ----------
    findings
        Every finding that stops the build; the message shows the first twenty.
    """

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        lines = [str(finding) for finding in self.findings]
        hidden = len(lines) - LINES_SHOWN
        if hidden > 0:
            lines = [*lines[: LINES_SHOWN - 1], f"... and {hidden + 1} more of such findings"]
        super().__init__("\n".join(lines))


def stop(rule: str, file: str, message: str, row: int | None = None) -> RawDataError:
    """Return the error of one finding that makes reading on impossible."""
    return RawDataError([Finding(severity="stop", rule=rule, file=file, message=message, row=row)])
