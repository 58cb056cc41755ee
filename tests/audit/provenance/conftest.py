from __future__ import annotations

from pathlib import Path

import pytest

from delivered_report import delivered_report
from workplace import Workplace


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    """The tiny study with a delivered report, free to change."""
    return delivered_report(tmp_path / "study")
