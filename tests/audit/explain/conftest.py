"""Two builds of the tiny study: one as it is, and ones in which something was changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from changed_study import Against, Edit, build_changed
from wavedeck.audit.explain.build import Side, open_builds
from wavedeck.audit.explain.changes import Comparison
from wavedeck.audit.explain.split import compare_builds


@pytest.fixture(scope="session")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the tiny study, built as it is."""
    return build_changed(tmp_path_factory.mktemp("explained") / "before")


@pytest.fixture
def against(before: Path, tmp_path: Path) -> Against:
    """Return a function that builds the study with edits and holds it against the one as it is."""

    def compared(*edits: Edit) -> Comparison:
        folder = build_changed(tmp_path / "after", edits)
        return compare_builds(*open_builds(Side("before", before), Side("after", folder)))

    return compared
