from __future__ import annotations

import csv
from pathlib import Path

import pytest

from wavedeck.audit.backtest import Outcome, backtest, lines_of, write_backtest
from wavedeck.audit.ledger import Print
from wavedeck.audit.published import Published
from wavedeck.figures.records import Comparison, Figure
from wavedeck.figures.store import make_store

MARK, SHARE = "vr/mark/all/2013", "vr/visits/all/2013"


def _figure(address: str, estimate: float, unit: str = "mark") -> Figure:
    part, indicator, group, wave = address.split("/")
    return Figure(
        address=address,
        part=part,
        indicator=indicator,
        item="",
        category="",
        group=group,
        wave=wave,
        statistic="mean",
        unit=unit,
        decimals=1,
        state="shown",
        estimate=estimate,
        base=960,
    )


STORE = make_store(
    [_figure(MARK, 7.68), _figure(SHARE, 58.9, "percent")],
    [Comparison(address=MARK, kind="previous", difference=0.3, mark="+")],
)


def _row(value: str, *, address: str = MARK, field: str = "estimate", reason: str = "") -> Published:
    _row.line += 1
    return Published(_row.line, f"id-{_row.line}", value, address, field, "9", reason)


_row.line = 1


def _print(
    printed: str, *, slide: str = "9", element: str = "body/p1", address: str = MARK, field: str = "estimate"
):
    return Print(slide, element, address, field, printed)


def _outcomes(rows: list[Published], *prints: Print) -> list[Outcome]:
    return list(backtest(rows, prints, STORE, language="nl").outcomes)


def _outcome(row: Published, *prints: Print) -> Outcome:
    return _outcomes([row], *prints)[0]


def test_value_printed_on_its_slide_agrees() -> None:
    assert _outcome(_row("7.7"), _print("7,7")).status == "agreed"


def test_other_value_on_the_slide_differs_and_says_both() -> None:
    found = _outcome(_row("7.6"), _print("7,7"))
    assert (found.status, found.value, found.ours) == ("differing", "7.6", "7,7")


def test_value_on_another_slide_is_not_printed_and_says_where() -> None:
    found = _outcome(_row("7.7"), _print("7,7", slide="16"))
    assert (found.status, found.remark) == ("not printed", "printed on slide 16")


def test_value_that_only_the_store_holds_is_not_printed() -> None:
    found = _outcome(_row("7.7"))
    assert (found.status, found.ours, found.remark) == ("not printed", "store: 7.68", "printed nowhere")


def test_unknown_address_is_named_with_the_nearest() -> None:
    found = _outcome(_row("7.7", address="vr/marks/all/2013"))
    assert found.status == "not printed"
    assert "did you mean 'vr/mark/all/2013'" in found.remark


def test_speaker_notes_do_not_count_as_the_slide() -> None:
    assert _outcome(_row("7.7"), _print("7,7", element="notes/p1")).status == "not printed"


def test_two_rows_with_one_value_need_two_prints() -> None:
    rows = [_row("7.7"), _row("7.7")]
    once = _outcomes(rows, _print("7,7"))
    assert [one.status for one in once] == ["agreed", "not printed"]
    assert once[1].remark == "printed once too few on this slide"
    twice = _outcomes(rows, _print("7,7"), _print("7,7"))
    assert [one.status for one in twice] == ["agreed", "agreed"]


def test_field_counts() -> None:
    assert _outcome(_row("960", field="base"), _print("960", field="base")).status == "agreed"
    assert _outcome(_row("960", field="base"), _print("960")).status == "not printed"


def test_reason_excuses_a_row_and_agreement_makes_it_needless() -> None:
    excused = _outcome(_row("7.6", reason="oddity 3: misprint"), _print("7,7"))
    assert (excused.status, excused.ours, excused.remark) == ("not reproducible", "7,7", "oddity 3: misprint")
    needless = _outcome(_row("7.7", reason="oddity 3: misprint"), _print("7,7"))
    assert needless.status == "agreed"
    assert "although" in needless.remark


def test_excused_row_leaves_its_print_to_one_without_reason() -> None:
    found = _outcomes([_row("7.7", reason="oddity 1: twice"), _row("7.7")], _print("7,7"))
    assert [one.status for one in found] == ["not reproducible", "agreed"]


@pytest.mark.parametrize(
    ("value", "printed", "status"),
    [
        ("60", "bijna zes op de tien", "agreed"),
        ("66.7", "twee derde", "agreed"),
        ("50", "bijna zes op de tien", "differing"),
        ("60", "veel", "differing"),
    ],
)
def test_fraction_agrees_by_its_own_percentage(value: str, printed: str, status: str) -> None:
    row = _row(value, address=SHARE, field="fraction")
    assert _outcome(row, _print(printed, address=SHARE, field="fraction")).status == status


def test_mark_is_compared_with_the_store_and_its_figure_is_on_the_slide() -> None:
    field = "previous.mark"
    assert _outcome(_row("+", field=field), _print("7,7")).status == "agreed"
    assert _outcome(_row("+", field=field)).status == "not printed"
    other = _outcome(_row("none", field=field), _print("7,7"))
    assert (other.status, other.ours) == ("differing", "+")


def test_mark_does_not_use_up_the_print_of_its_figure() -> None:
    rows = [_row("+", field="previous.mark"), _row("7.7")]
    assert [one.status for one in _outcomes(rows, _print("7,7"))] == ["agreed", "agreed"]


def test_rows_uncertain_in_the_source_do_not_count_to_the_share_with_a_reason() -> None:
    rows = [_row("7.7"), _row("1", reason="oddity 1: x"), _row("2", reason="uncertain in the source: order")]
    found = backtest(rows, [_print("7,7")], STORE, language="nl")
    assert found.share_with_reason() == pytest.approx(100 / 3)
    assert found.passes


def test_lines_name_what_is_open_and_count_everything() -> None:
    found = backtest([_row("7.6"), _row("7.7")], [_print("7,7")], STORE, language="nl")
    lines = list(lines_of(found))
    assert lines[0].startswith("slide 9: vr/mark/all/2013 estimate: published 7.6, ours 7,7")
    assert "2 published values: 1 agreed, 1 differing, 0 not printed, 0 not reproducible." in lines
    assert not found.passes


def test_all_rows_are_written(tmp_path: Path) -> None:
    rows = [_row("7.7"), _row("7.6", reason="oddity 2: a, b")]
    path = tmp_path / "wave" / "backtest.csv"
    write_backtest(backtest(rows, [_print("7,7")], STORE, language="nl"), path)
    with path.open(encoding="utf-8", newline="") as file:
        written = list(csv.DictReader(file))
    assert [row["id"] for row in written] == [row.id for row in rows]
    assert [row["status"] for row in written] == ["agreed", "not reproducible"]
    assert written[1]["remark"] == "oddity 2: a, b"
