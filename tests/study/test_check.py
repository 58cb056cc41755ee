from __future__ import annotations

import pytest

CASES = {
    # study.yaml
    "unknown language": (
        ("study", "languages: [nl, en]", "languages: [nl, xq]"),
        [
            "study.yaml, line 2, title: has no text in language xq",
            "study.yaml, line 4, languages.2: unknown language 'xq'",
        ],
    ),
    "stated wave": (
        ("study", 'stated_wave: "2015"', 'stated_wave: "2016"'),
        "tests.stated_wave: unknown wave '2016'",
    ),
    "id variable": (
        ("study", "    id: person\n    design", "    id: persoon\n    design"),
        "study.yaml, line 8, parts.vis.id: unknown variable 'persoon'; did you mean 'person'?",
    ),
    "design variable": (
        ("study", "clusters: site", "clusters: sight"),
        "parts.vis.design.clusters: unknown variable",
    ),
    "gross wave": (
        ("study", 'gross: {"2015"', 'gross: {"2016"'),
        "parts.vis.gross.2016: unknown wave '2016'",
    ),
    "waves in order": (("study", "2017-06-01", "2014-06-01"), "put the oldest first"),
    "impossible date": (("study", "2017-06-01", "2017-06-31"), "'2017-06-31' is no date"),
    "fieldwork part": (("study", "org: juni 2017", "orgs: juni 2017"), "fieldwork.orgs: unknown part 'orgs'"),
    # codebook.yaml
    "override wave": (
        ("codebook", 'by_wave: {"2017"', 'by_wave: {"2018"'),
        "by_wave.2018: unknown wave '2018'",
    ),
    "item wave": (
        ("codebook", 'waves: ["2017"]', 'waves: ["2018"]'),
        "items.food.waves.1: unknown wave '2018'",
    ),
    "code without category": (
        ("codebook", '"2": s}', '"2": z}'),
        "codebook.yaml, line 9, variables.site.codes.2: unknown category 'z'; valid: n, s",
    ),
    "single without categories": (
        ("codebook", "categories: {m: Man, f: Woman}", "personal: false"),
        "variables.sex: type 'single' needs 'categories'",
    ),
    "rating without ends": (
        ("codebook", "minimum: 1, maximum: 5, ", ""),
        "type 'rating' needs 'minimum' and 'maximum'",
    ),
    "part of a variable": (
        ("codebook", "parts: [vis]", "parts: [viz]"),
        "variables.weight.parts.1: unknown part 'viz'",
    ),
    "routing": (
        ("codebook", "asked_if: {sex: f}", "asked_if: {sex: v}"),
        "asked_if.sex: unknown category of 'sex' 'v'",
    ),
    "columns of categories": (
        ("codebook", "columns: {web: C1", "columns: {wob: C1"),
        "unknown category 'wob'; did you mean 'web'? valid: web, desk",
    ),
    # cleaning.yaml
    "cleaning variable": (
        ("cleaning", "sex: set_missing", "sexe: set_missing"),
        "unknown variable 'sexe'; did you mean",
    ),
    "recode out of range": (
        ("cleaning", 'to: "5"', 'to: "6"'),
        "rules.2 (rule 'fix').to: unknown category of 'overall' '6'",
    ),
    "drop with variable": (
        ("cleaning", "action: drop", "variable: sex, action: drop"),
        "leave 'variable' out",
    ),
    "derived in cleaning": (
        ("cleaning", "{sex: f}", "{happy: high}"),
        "'happy' is derived after cleaning",
    ),
    "rule twice": (("cleaning", "id: fix", "id: tests"), "id 'tests' stands twice under rules"),
    # groups.yaml
    "group's variable": (
        ("groups", "where: {site: n}", "where: {cite: n}"),
        "groups.north.where.cite: unknown variable 'cite'",
    ),
    "group's category": (
        ("groups", "where: {site: n}", "where: {site: north}"),
        "groups.yaml, line 8, groups.north.where.site: unknown category of 'site' 'north'; valid: n, s",
    ),
    "condition on a battery": (
        ("groups", "where: {site: s}", "where: {service: 5}"),
        "'service' has items; write one of them, e.g. 'service@art'",
    ),
    "numbers of what is none": (
        ("groups", "where: {site: s}", "where: {site: {min: 1}}"),
        "'site' is no number",
    ),
    "variable of another part": (
        ("groups", "parts: [vis], where", "where"),
        "variable 'weight' is only in part vis, not in part org; name the parts",
    ),
    "within": (("groups", "within: north", "within: nord"), "women_north.within: unknown group 'nord'"),
    "union": (
        ("groups", "union: [north, south]", "union: [north, zouth]"),
        "anywhere.union.2: unknown group 'zouth'; did you",
    ),
    "breakdown in a union": (
        ("groups", "union: [north, south]", "union: [sites]"),
        "'sites' is a breakdown, a set of groups",
    ),
    "circle": (
        ("groups", "union: [north, south]", "union: [north, anywhere]"),
        "groups.anywhere: rests on itself: anywhere -> anywhere",
    ),
    "derived circle": (
        ("groups", "where: {overall: {min: 4}}", "where: {happy: low}"),
        "derived.happy: rests on itself: happy -> happy",
    ),
    "reserved name": (("groups", "  only_vis:", "  all:"), "groups.all: the name 'all' is taken"),
    "breakdown variable": (
        ("groups", "variable: sex", "variable: sexe"),
        "breakdowns.gender.variable: unknown variable",
    ),
    "breakdown of a text": (
        ("groups", "variable: sex", "variable: remark"),
        "'remark' (open) has no categories",
    ),
    "made group is taken": (
        ("groups", "  only_vis:", "  gender_m:"),
        "makes a group 'gender_m', but that name is taken",
    ),
    # weighting.yaml
    "targets of 99": (
        ("weighting", "target: 40", "target: 39"),
        "weighting.yaml, line 4, parts.vis.cells: targets sum to 99%, not to 100%",
    ),
    "margin of 99": (
        ("weighting", "f: 50", "f: 49"),
        "parts.org.margins.sex.targets: targets sum to 99%, not to 100%",
    ),
    "cell's group": (("weighting", "group: north", "group: nord"), "cells.n.group: unknown group 'nord'"),
    "margin's category": (
        ("weighting", "targets: {m: 50", "targets: {w: 50"),
        "targets.w: unknown category of 'sex' 'w'",
    ),
    "margin's variable": (
        ("weighting", "variable: sex", "variable: sexe"),
        "margins.sex.variable: unknown variable 'sexe'",
    ),
    "key of another method": (
        ("weighting", "method: cell", "method: none"),
        "method 'none' does not read 'cells'; 'cell' does",
    ),
    "weighted part": (
        ("weighting", "  org:", "  orgs:"),
        "parts.orgs: unknown part 'orgs'; did you mean 'org'?",
    ),
    # indicators.yaml
    "indicator's variable": (
        ("indicators", "variable: channel", "variable: chanel"),
        "indicators.yaml, line 5, indicators.channel.variable: unknown variable 'chanel'; did",
    ),
    "net's category": (
        ("indicators", "[web, desk]", "[web, desq]"),
        "nets.any.categories.2: unknown category of 'channel' 'desq'",
    ),
    "categories per item": (
        (
            "indicators",
            "statistic: mean, label: Service, variable: service",
            'statistic: share, label: Service, variable: service, categories: {art: ["9"], artt: ["9"]}',
        ),
        [
            "indicators.service.categories.artt: unknown item of 'service' 'artt'; did you mean 'art'?",
            "item 'food' of 'service' has no categories; say which count",
        ],
    ),
    "statistic that does not fit": (
        (
            "indicators",
            "statistic: mean, label: Service, variable: service",
            "statistic: mean, label: Service, variable: sex",
        ),
        "variable 'sex' has type 'single', but statistic 'mean' takes rating or nps or numeric",
    ),
    "loop and battery as distribution": (
        ("indicators", "contact: {statistic: mean", "contact: {statistic: distribution"),
        "has both a loop and items, so an address has no room for categories",
    ),
    "crossed group": (
        ("indicators", "gender*sites", "gender*cites"),
        "overall_mark.groups.3: unknown group 'cites'",
    ),
    "crossed with all": (
        ("indicators", "gender*sites", "all*sites"),
        "'all' is everybody; leave it out of 'all*sites'",
    ),
    "reference's indicator": (
        ("indicators", "minus: overall_mark", "minus: overal_mark"),
        "gap.minus: unknown indicator 'overal_mark'",
    ),
    "reference's item": (
        ("indicators", "of: service@art", "of: service@arts"),
        "gap.of: unknown item of 'service' 'arts'",
    ),
    "range over what is not computed": (
        ("indicators", "over: [sites]", "over: [anywhere]"),
        "'overall_mark' is not computed for anywhere",
    ),
    "range over no items": (("indicators", "over: [sites]", "over: items"), "'overall_mark' has no items"),
    "composition of crossed groups": (
        ("indicators", "of: [gender, mood]", "of: [gender*sites]"),
        "'gender*sites' is crossed",
    ),
    # deck.yaml
    "unknown indicator": (
        ("deck", "indicators: [overall_mark]", "indicators: [overal_mark]"),
        "line 8, slides.2 (slide 'trend').chart.indicators.1: unknown indicator 'overal_mark'; did you mea",
    ),
    "deck's item": (
        ("deck", "items: [art]", "items: [arts]"),
        "table.items.1: unknown item of service 'arts'; did you mean 'art'?",
    ),
    "deck's group": (
        ("deck", "groups: [sites]", "groups: [site]"),
        "chart.groups.1: unknown group 'site'; did you mean 'sites'?",
    ),
    "group that is not computed": (
        ("deck", "groups: [sites]", "groups: [anywhere]"),
        "indicator 'overall_mark' is not computed for anywhere (its groups: all, sites, gender*sites); add",
    ),
    "wave ahead": (("deck", "waves: [-1, 0]", "waves: [1, 0]"), "table.waves.1: 1 lies ahead"),
    "wave too far back": (
        ("deck", "waves: [-1, 0]", "waves: [-2, 0]"),
        "-2 goes back too far: the study has waves 2015, 2017",
    ),
    "named wave": (("deck", "waves: [-1, 0]", 'waves: ["2016"]'), "unknown wave '2016'"),
    "slide without part": (
        ("deck", "    part: org\n", ""),
        "slides.3 (slide 'items'): needs 'part': the study has parts vis, org",
    ),
    "unknown part": (
        ("deck", "part: org", "part: orgs"),
        "slides.3 (slide 'items').part: unknown part 'orgs'",
    ),
    "group of a quote": (("deck", "group: north", "group: nord"), "quotes.1.group: unknown group 'nord'"),
    "dimension twice": (
        ("deck", "series: group", "series: wave"),
        "'wave' is used twice among rows, series and panels",
    ),
    "panels without panels": (("deck", "kind: lines", "kind: panels"), "kind 'panels' needs 'panels'"),
    # personal data
    "figures of personal data": (
        ("codebook", "overall: {label: Overall,", "overall: {label: Overall, personal: true,"),
        "indicators.overall_mark.variable: variable 'overall' holds personal data (personal: true)",
    ),
    "breakdown by personal data": (
        ("codebook", "sex: {label: Sex,", "sex: {label: Sex, personal: true,"),
        "breakdowns.gender.variable: variable 'sex' holds personal data (personal: true)",
    ),
    # texts
    "number typed in a note": (
        ("deck", "kind: cover", "kind: cover, notes: {nl: Zeg in 12 maanden, en: Say so}"),
        "deck.yaml, line 2, slides.1 (slide 'cover').notes.nl: the number '12' is typed; say it in the",
    ),
    "fieldwork in one language only": (
        ("study", "fieldwork: mei 2015", "fieldwork: {nl: mei}"),
        "waves.1 (wave '2015').fieldwork: has no text in language en",
    ),
    "text in one language only": (
        ("groups", "label: {nl: Zuid, en: South}", "label: {nl: Zuid}"),
        "groups.yaml, line 9, groups.south.label: has no text in language en",
    ),
    "mistyped language": (
        ("groups", "{nl: Zuid, en: South}", "{nl: Zuid, en: South, e1: S}"),
        "label.e1: unknown language 'e1'",
    ),
}


def test_check_finds_nothing_in_a_sound_study(folder):
    assert folder.load().name == "demo"


@pytest.mark.parametrize("case", CASES)
def test_check_names_file_line_and_what_would_be_valid(folder, case):
    edit, expected = CASES[case]
    problems = folder.edit(*edit).problems()
    assert all(line.startswith("config/studies/demo/") for line in problems)
    for text in [expected] if isinstance(expected, str) else expected:
        assert any(text in line for line in problems), problems


def test_check_puts_problems_in_the_order_of_the_files(folder):
    folder.edit("deck", "group: north", "group: nord").edit("deck", "[overall_mark]", "[overal_mark]")
    folder.edit("study", "clusters: site", "clusters: sight")
    lines = folder.problems()
    assert [line.split(",")[0].rsplit("/", 1)[-1] for line in lines] == [
        "study.yaml",
        "deck.yaml",
        "deck.yaml",
    ]
    assert "line 8" in lines[1]


def test_check_indicator_of_another_part(folder):
    folder.edit("indicators", "service: {statistic: mean", "service: {parts: [vis], statistic: mean")
    assert "indicator 'service' is only in part vis, not in part org" in folder.problem()


def test_loop_asked_in_one_part_may_read_what_only_that_part_asks(folder):
    folder.edit(
        "codebook",
        "alpha: {label: Alpha, asked_if: {sex: f}}",
        "alpha: {label: Alpha, asked_if: {weight: {min: 1}}}",
    )
    folder.edit("codebook", "loop: partner, items:", "loop: partner, parts: [vis], items:")
    assert not [line for line in folder.problems() if "loops.partner" in line]
