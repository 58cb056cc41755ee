from __future__ import annotations

import pytest

from wavedeck.study.explain import describe

CASES = {
    "misspelt key": (
        ("deck", "      rows: wave", "      row: wave"),
        "deck.yaml, line 11, slides.2 (slide 'trend').chart: unknown key 'row'; did you mean 'rows'? valid",
    ),
    "misspelt needed key is told once": (
        ("study", "author: Bureau", "autor: Bureau"),
        "study.yaml, line 3: unknown key 'autor'; did you mean 'author'? valid keys: study, title, ",
    ),
    "missing key": (("study", "author: Bureau\n", ""), "study.yaml, line 1: needs 'author'"),
    "wave typed as a number": (
        ("study", 'id: "2015"', "id: 2015"),
        'study.yaml, line 17, waves.1.id: waves are text: write "2015" in quotes',
    ),
    "wave in a list typed as a number": (
        ("codebook", 'waves: ["2017"]', "waves: [2017]"),
        'codebook.yaml, line 18, variables.service.items.food.waves.1: waves are text: write "2017"',
    ),
    "code typed as a number": (
        ("codebook", 'codes: {"1": n, ', 'codes: {"1": 1, '),
        'codebook.yaml, line 9, variables.site.codes.1: codes are text: write "1" in quotes',
    ),
    "label typed as a number": (
        ("codebook", "label: Weight", "label: 3"),
        'codebook.yaml, line 11, variables.weight.label: labels are text: write "3" in quotes',
    ),
    "empty value": (
        ("codebook", "label: Weight", "label: "),
        "codebook.yaml, line 11, variables.weight.label: is empty; write a value or leave the key out",
    ),
    "value not in the list": (
        ("codebook", "type: multi", "type: multy"),
        "codebook.yaml, line 20, variables.channel.type: unknown value 'multy'; did you mean 'multi'? vali",
    ),
    "unknown statistic": (
        ("indicators", "service: {statistic: mean", "service: {statistic: meen"),
        "indicators.yaml, line 3, indicators.service: unknown statistic 'meen'; did you mean 'mean'? valid",
    ),
    "slide without kind": (
        ("deck", "{id: cover, kind: cover}", "{id: cover}"),
        "deck.yaml, line 2, slides.1 (slide 'cover'): needs 'kind'; valid values: cover, contents, ",
    ),
    "id with capitals": (
        ("indicators", "  gap:", "  Gap:"),
        "indicators.yaml, line 7, indicators.Gap: 'Gap' is not valid here: ids hold only lower-case letter",
    ),
    "number with letters": (
        ("weighting", "target: 60", "target: 60%"),
        "weighting.yaml, line 4, parts.vis.cells.n.target: '60%' should be a number",
    ),
    "one value of several forms": (
        ("indicators", "over: [sites]", "over: itemz"),
        "indicators.yaml, line 8, indicators.spread.over: unknown value 'itemz'; did you mean 'items'? val",
    ),
    "list in place of keys": (
        ("codebook", "weight: {label: Weight, type: numeric, parts: [vis]}", "weight: [numeric]"),
        "codebook.yaml, line 11, variables.weight: ['numeric'] should be several keys, each with its value",
    ),
    "date": (
        ("study", "published: 2015-06-01", "published: 1 June 2015"),
        "study.yaml, line 17, waves.1 (wave '2015').published: '1 June 2015' is not valid here: dates hold",
    ),
    "unknown scale": (
        ("codebook", "overall: {label: Overall, scale: mark", "overall: {label: Overall, scale: marc"),
        "codebook.yaml, line 12, variables.overall.scale: unknown scale 'marc'; did you mean 'mark'? Scal",
    ),
    "empty condition": (
        ("cleaning", "{sex: f}", "{}"),
        "cleaning.yaml, line 4, rules.1 (rule 'tests').where: a condition needs at least one entry",
    ),
    "slide id twice": (
        ("deck", "id: items", "id: trend"),
        "deck.yaml, line 13, slides.3 (slide 'trend').id: id 'trend' stands twice under slides",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_explain_says_where_and_what_would_be_valid(folder, case):
    edit, expected = CASES[case]
    assert folder.edit(*edit).problem().startswith(f"config/studies/demo/{expected}")


def test_explain_tells_each_slip_in_a_file(folder):
    folder.edit("deck", "kind: lines", "kind: line").edit("deck", "kind: quotes", "kind: quote")
    assert len(folder.problems()) == 2


def test_describe_counts_from_one_and_names_entries():
    data = {"slides": [{"id": "cover"}, {"kind": "text"}]}
    assert describe(data, ("slides", 0, "kind")) == "slides.1 (slide 'cover').kind"
    assert describe(data, ("slides", 1)) == "slides.2"
