from __future__ import annotations

from wavedeck.study.outlook import gross_lacking, slides_left_out


def limited(folder, waves):
    return folder.edit("deck", "  - id: items\n", f"  - id: items\n    waves: {waves}\n").load()


def test_slide_of_earlier_waves_only_is_noted_with_its_line(folder):
    (finding,) = slides_left_out(limited(folder, '["2015"]'), "2017")
    assert (finding.severity, finding.file, finding.row) == ("note", "config/studies/demo/deck.yaml", 13)
    assert finding.message == (
        "slide 'items' stands in 2015 only; add \"2017\" to its waves: if it should come back"
    )


def test_slide_that_is_there_or_yet_to_come_is_not_noted(folder):
    study = limited(folder, '["2017"]')
    assert [*slides_left_out(study, "2017"), *slides_left_out(study, "2015")] == []


def test_gross_sample_is_asked_for_where_response_is_reported(folder):
    response = "  response: {statistic: response_rate, label: Response, parts: [vis]}\n"
    folder.edit("indicators", "indicators:\n", f"indicators:\n{response}")
    study = folder.load()
    (finding,) = gross_lacking(study, "2017")
    assert finding.message == (
        "no gross sample for 2017 under parts.vis.gross in study.yaml; response will have no figure"
    )
    assert finding.row == 10
    assert list(gross_lacking(study, "2015")) == []


def test_gross_sample_is_not_needed_where_nothing_reports_it(folder):
    assert list(gross_lacking(folder.load(), "2017")) == []
