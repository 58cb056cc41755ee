from __future__ import annotations

from changed_study import ANSWER, CONFIG, RAW, TARGETS, TOP, Against, Edit
from wavedeck.audit.explain.say import text_of_builds

ADDED = Edit(
    f"{CONFIG}/indicators.yaml",
    "indicators:\n",
    "indicators:\n  another:\n    label: New\n    statistic: distribution\n    variable: branch\n",
)
COLUMN = (
    Edit(RAW, "age,overall,", "age,verdict,"),
    Edit(
        f"{CONFIG}/codebook.yaml",
        "question: How do you rate the library as a whole?",
        'by_wave: {"2024": {columns: verdict}}',
    ),
)
STRICTER = Edit(f"{CONFIG}/study.yaml", "minimum: 5, low_base: 12", "minimum: 12, low_base: 12")


def said(found: object) -> str:
    return "\n".join(text_of_builds(found))  # type: ignore[arg-type]


def test_builds_without_differences_say_so(against: Against) -> None:
    assert said(against()).splitlines()[1:] == ["no figure differs"]


def test_largest_changes_show_each_cause_in_a_column_and_what_is_printed(against: Against) -> None:
    text = said(against(ANSWER, *TARGETS, TOP))
    head = next(line for line in text.splitlines() if line.strip().startswith("figure "))
    assert head.split() == ["figure", "A", "B", "change", "records", "weights", "definition", "printed"]
    rows = text.partition(f"{head}\n")[2].splitlines()[:10]
    assert all(row.strip().startswith("visitors/") for row in rows)
    assert sum(" -> " in row for row in rows) > 5


def test_new_figures_are_told_by_indicator(against: Against) -> None:
    assert "visitors/another: 6 figures, such as visitors/another.east/all/2024" in said(against(ADDED))


def test_step_that_cannot_be_taken_is_told_with_its_reason(against: Against) -> None:
    text = said(against(*COLUMN, ANSWER))
    assert "visitors 2024, B's rows with weights and definitions of A; B's rows and weights with " in text
    assert "records and definition" in text
    assert "respondents are not compared: neither A's definitions nor B's read the raw files of both" in text


def test_hidden_figures_are_marked_and_states_name_their_cause(against: Against) -> None:
    text = said(against(STRICTER, ANSWER))
    assert "may not be published, marked INTERNAL below" in text
    assert "shown -> suppressed (by definition)" in text or "low_base -> suppressed (by definition)" in text
