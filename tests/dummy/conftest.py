from pathlib import Path

import pytest

from wavedeck.dummy.plan import DummyPlan, load_plan
from wavedeck.study.load import Study, load_study

STUDY = """
study: tiny
title: Tiny
author: Nobody
languages: [en]
dummy: true
parts:
  visitors:
    label: Visitors
    id: number
    gross: {"1": 500, "2": 500, "3": 500}
    source:
      file: data/raw/tiny/{wave}.csv
      format: csv
      delimiter: ";"
      encoding: cp1252
      by_wave:
        "2": {file: "data/raw/tiny/{wave}.xlsx", format: xlsx, sheet: Answers}
        "3": {file: "data/raw/tiny/{wave}.sav", format: sav}
waves:
  - {id: "1", published: 2020-01-31, fieldwork: winter}
  - {id: "2", published: 2021-01-31, fieldwork: winter}
  - {id: "3", published: 2022-01-31, fieldwork: winter}
"""

CODEBOOK = """
variables:
  number: {label: Number, type: id, columns: nr}
  area:
    label: Area
    type: single
    categories: {north: North, south: South}
    codes: {"1": north, "2": south}
    missing: {"9": not_given}
    by_wave:
      "2": {columns: Area, codes: {N: north, S: south}, missing: {X: not_given}}
  bought:
    label: Bought
    type: single
    categories: {"yes": "Yes", "no": "No"}
    codes: {"1": "yes", "2": "no"}
  what:
    label: What
    type: multi
    asked_if: {bought: "yes"}
    categories: {food: Food, book: Book, toy: Toy}
    codes: {"1": food, "2": book, "3": toy}
    columns: [what_1, what_2, what_3]
    by_wave:
      "3": {columns: {food: food, book: book, toy: toy}}
  mark:
    label: Mark
    type: rating
    minimum: 1
    maximum: 10
    missing: {"98": dont_know, "99": not_applicable}
    items:
      shop: {label: Shop, columns: m1}
      cafe: {label: Café, columns: m2, waves: ["2", "3"]}
  remark: {label: Remark, type: open}
"""

CLEANING = """
duplicates: keep_first
unexpected_columns: stop
unknown_codes: {default: leave_uncoded}
out_of_range: {default: set_missing}
routing: {default: set_missing}
rules:
  - id: empty
    where: {not: {answered: bought}}
    action: drop
    reason: Nothing was filled in.
"""

PLAN = """
seed: 7
missing_labels: {dont_know: Don't know, not_applicable: Does not apply, not_given: Unknown}
parts:
  visitors:
    cells:
      north: {answers: {area: north}, respondents: {"1": 60, "2": 80, "3": 70}}
      south: {answers: {area: south}, respondents: {"1": 40, "2": 30, "3": 50}}
      lost: {missing: {area: not_given}, respondents: {"1": 10, "2": 12, "3": 9}}
    satisfaction:
      shifts: {bought: {"no": -1}}
    shares:
      bought: {shares: {"yes": 60, "no": 40}, cells: {south: {"yes": 30, "no": 70}}}
      what: {shares: {food: 70, book: 30, toy: 20}}
    ratings:
      mark:
        spread: 1.6
        link: 0.7
        items:
          shop: {mean: {"1": 6.5, "2": 7, "3": 7.5}, cells: {south: -1}, not_applicable: 5}
          cafe: {mean: 8, not_applicable: 20}
    blank: {default: 5, variables: {bought: 0, area: 0}}
    dont_know: {variables: {mark@shop: 4}}
    texts:
      remark: {answered: 30, phrases: [Fine, "Too d\u00e9ar; really", "Say \\"hello\\""]}
    dirt:
      "1":
        empty_rows: 2
        duplicates: 3
        codes: [{variable: mark@shop, code: "11", rows: 2}]
        routing: [{variable: what, rows: 4}]
      "3":
        duplicates: 2
        routing: [{variable: what, rows: 2}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "config" / "studies" / "tiny"
    folder.mkdir(parents=True)
    files = {
        "study": STUDY,
        "codebook": CODEBOOK,
        "cleaning": CLEANING,
        "dummy": PLAN,
        "indicators": "indicators: {mark: {statistic: mean, variable: mark, label: Mark}}",
        "deck": "slides: [{id: cover, kind: cover}]",
    }
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def study(folder: Path) -> Study:
    return load_study(folder)


@pytest.fixture
def plan(study: Study) -> DummyPlan:
    return load_plan(study)
