from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from wavedeck.study.codebook import Codebook
from wavedeck.study.errors import ConfigError
from wavedeck.study.load import Study, load_study
from wavedeck.study.yaml_lines import read_yaml

FILES = {
    "study": """\
study: demo
title: {nl: Bezoekers, en: Visitors}
author: Bureau
languages: [nl, en]
parts:
  vis:
    label: Visitors
    id: person
    design: {clusters: site}
    gross: {"2015": 100}
    source: {file: "data/{wave}.csv", format: csv, by_wave: {"2017": {delimiter: ";"}}}
  org:
    label: Organisations
    id: person
    source: {file: "data/{wave}-org.csv", format: csv}
waves:
  - {id: "2015", published: 2015-06-01, fieldwork: mei 2015}
  - {id: "2017", published: 2017-06-01, fieldwork: {vis: mei 2017, org: juni 2017}}
tests: {stated_wave: "2015"}
""",
    "codebook": """\
scales:
  mark: {type: rating, minimum: 1, maximum: 5, missing: {"9": dont_know}}
loops:
  partner:
    alpha: {label: Alpha, asked_if: {sex: f}}
    beta: {label: Beta}
variables:
  person: {label: Number, type: id}
  site: {label: Site, type: single, categories: {n: North, s: South}, codes: {"1": n, "2": s}}
  sex: {label: Sex, type: single, categories: {m: Man, f: Woman}}
  weight: {label: Weight, type: numeric, parts: [vis]}
  overall: {label: Overall, scale: mark, by_wave: {"2017": {columns: Q1}}}
  service:
    label: Service
    scale: mark
    items:
      art: {label: Art}
      food: {label: Food, waves: ["2017"]}
  contact: {label: Contact, scale: mark, loop: partner, items: {speed: {label: Speed}, tone: {label: Tone}}}
  channel: {label: Channel, type: multi, categories: {web: Web, desk: Desk}, columns: {web: C1, desk: C2}}
  remark: {label: Remark, type: open, personal: true}
""",
    "cleaning": """\
duplicates: keep_first
unknown_codes: {default: leave_uncoded, sex: set_missing}
rules:
  - {id: tests, where: {not: {any: [{answered: overall}, {sex: f}]}}, action: drop, reason: Trial run}
  - {id: fix, variable: overall, action: recode, to: "5", reason: Typing error}
""",
    "groups": """\
derived:
  happy:
    label: Happy
    categories:
      high: {label: High, where: {overall: {min: 4}}}
      low: {label: Low, where: {overall: [1, 2, 3]}}
groups:
  north: {label: {nl: Noord, en: North}, long: The north, where: {site: n}}
  south: {label: {nl: Zuid, en: South}, where: {site: s}}
  women_north: {label: Women in the north, within: north, where: {sex: f}}
  anywhere: {label: Anywhere, union: [north, south]}
  only_vis: {label: Visitors, parts: [vis], where: {weight: {min: 0}}}
breakdowns:
  sites: {label: Site, groups: [north, south]}
  gender: {label: Sex, variable: sex}
  mood: {label: Mood, variable: happy}
""",
    "weighting": """\
parts:
  vis:
    method: cell
    cells: {n: {group: north, target: 60}, s: {group: south, target: 40}}
  org:
    method: rake
    margins: {sex: {variable: sex, targets: {m: 50, f: 50}}}
""",
    "indicators": """\
indicators:
  overall_mark: {statistic: mean, label: Overall, variable: overall, groups: [all, sites, gender*sites]}
  service: {statistic: mean, label: Service, variable: service}
  channel:
    {statistic: multiple, label: Used, variable: channel, nets: {any: {label: Any, categories: [web, desk]}}}
  contact: {statistic: mean, label: Contact, variable: contact}
  gap: {statistic: difference, label: Gap, of: service@art, minus: overall_mark}
  spread: {statistic: range, label: Spread, of: overall_mark, over: [sites]}
  profile: {statistic: composition, label: Profile, of: [gender, mood]}
""",
    "deck": """\
slides:
  - {id: cover, kind: cover}
  - id: trend
    kind: chart
    part: vis
    chart:
      kind: lines
      indicators: [overall_mark]
      groups: [sites]
      waves: all
      rows: wave
      series: group
  - id: items
    kind: trend
    part: org
    table: {indicators: [service], items: [art], waves: [-1, 0]}
  - id: said
    kind: quotes
    part: vis
    quotes: [{text: Mooi, group: north}]
""",
}


@dataclass(frozen=True)
class Folder:
    """A study's folder that tests change."""

    path: Path

    def edit(self, name: str, old: str, new: str) -> Folder:
        file = self.path / f"{name}.yaml"
        text = file.read_text()
        assert text.count(old) == 1, (old, text.count(old))
        file.write_text(text.replace(old, new))
        return self

    def load(self) -> Study:
        return load_study(self.path)

    def load_codebook(self) -> Codebook:
        return Codebook.model_validate(read_yaml(self.path / "codebook.yaml").data)

    def problems(self) -> list[str]:
        with pytest.raises(ConfigError) as error:
            self.load()
        return str(error.value).splitlines()

    def problem(self) -> str:
        (line,) = self.problems()
        return line


def write_study(folder: Path) -> Folder:
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / f"{name}.yaml").write_text(text)
    return Folder(folder)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A sound study with two parts, two waves and two languages."""
    return write_study(tmp_path / "config" / "studies" / "demo")
