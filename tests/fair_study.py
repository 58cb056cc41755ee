"""A small study with published figures: overlapping groups, weights, nets, a loop and routing."""

from __future__ import annotations

from pathlib import Path

from wavedeck.study.load import Study, load_study

FILES = {
    "study": """
study: fair
title: Fair
author: Tern & Tide
commissioner: Fair board
languages: [en]
dummy: true
parts:
  guests:
    label: Guests
    respondents: guests
    id: guest
    gross: {"2023": 900, "2024": 900}
    source: {file: "data/raw/fair/{wave}.csv", format: csv, delimiter: ","}
waves: [{id: "2023", published: 2023-06-01}, {id: "2024", published: 2024-06-01}]
suppression: {reliability: {minimum: 10}}
""",
    "codebook": """
scales:
  mark: {type: rating, minimum: 1, maximum: 10, missing: {"99": not_applicable}}
loops:
  hall: {east: {label: East, asked_if: {halls: east}}, west: {label: West, asked_if: {halls: west}}}
variables:
  guest: {label: Guest, type: id}
  age: {label: Age, type: single, categories: {young: Young, old: Old}}
  halls:
    label: Halls visited
    type: multi
    categories: {east: East, west: West, none: None of these}
    columns: {east: h1, west: h2, none: h3}
  came: {label: Came, type: single, categories: {bus: Bus, car: Car, bike: Bike}}
  channel:
    label: Channels
    type: multi
    categories: {phone: Phone, desk: Desk, mail: Mail}
    columns: {phone: c1, desk: c2, mail: c3}
  overall: {label: Overall, scale: mark}
  hall_mark: {label: Mark of the hall, scale: mark, loop: hall, columns: "mark_{loop}"}
""",
    "groups": """
groups:
  young: {label: Young, where: {age: young}}
  old: {label: Old, where: {age: old}}
  east: {label: East, where: {halls: east}}
  west: {label: West, where: {halls: west}}
breakdowns:
  came: {label: Came, variable: came}
""",
    "weighting": """
parts:
  guests:
    method: cell
    cells: {young: {group: young, target: 50}, old: {group: old, target: 50}}
""",
    "indicators": """
indicators:
  guests: {statistic: count, label: Guests, groups: [all, young, old, east]}
  overall: {statistic: mean, label: Overall, variable: overall, groups: [all, young, old, east, west, came]}
  satisfied: {statistic: share, label: Satisfied, variable: overall, categories: ["8", "9", "10"]}
  came: {statistic: distribution, label: Came, variable: came, groups: [all, young]}
  channel:
    statistic: multiple
    label: Channels
    variable: channel
    groups: [all, young]
    nets: {live: {label: Live, categories: [phone, desk]}}
  hall: {statistic: mean, label: Halls, variable: hall_mark, groups: [all, young, old]}
  hall_range: {statistic: range, label: Range, of: hall, over: items, groups: [young, old]}
  east_young: {statistic: composition, label: Young in East, of: [young], weighted: false, groups: [east]}
""",
    "deck": "slides: [{id: cover, kind: cover}]\n",
    "cleaning": "duplicates: keep_first\nout_of_range: {default: set_missing}\n",
    "dummy": """
seed: 5
parts:
  guests:
    cells:
      young: {answers: {age: young}, respondents: {"2023": 140, "2024": 150}}
      old: {answers: {age: old}, respondents: {"2023": 160, "2024": 130}}
    shares:
      halls: {shares: {east: 55, west: 50, none: 6}, exclusive: [none]}
    ratings: {overall: {spread: 1.6}}
    blank: {default: 2, variables: {guest: 0, age: 0, halls: 0}}
    dirt: {"2024": {duplicates: 2, codes: [{variable: overall, code: "44", rows: 1}]}}
""",
}
TARGETS = """
guests/2024/estimate=280 overall/2023=6.9 overall/2024=7.3 overall/young/2024=7.0 overall/east/2024=7.5
overall/west/2024=7.1 satisfied/2024=51 came.bus/2024=24 came.car/2024=53 came.bike/2024=23
came.bus/young/2024=31 channel.phone/2024=41 channel.desk/2024=33 channel.live/2024=58
channel.mail/young/2024=57 hall@east/2024=7.4 hall@east/2024/base=161 hall@west/2024=6.6
hall_range.low/young/2024=6.2 hall_range.high/young/2024=7.7 east_young.young/east/2024=57
overall/came_bus/2024=6.4 overall/came_car/2024=7.8 overall/2024/previous.mark=+
"""


def make_study(root: Path, targets: str = TARGETS, **changed: str) -> Study:
    """Write the study below a folder, with targets as `indicator[/group]/wave[/field]=value`, and load it."""
    folder = root / "config" / "studies" / "fair"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {**FILES, **changed}.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    rows = [_row(place, text) for place, text in enumerate(targets.split())]
    lines = ["id,value,address,field,slide,reason", *rows]
    (folder / "published.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return load_study(folder)


def _row(place: int, text: str) -> str:
    named, _, value = text.partition("=")
    indicator, *rest = named.split("/")
    field = rest.pop() if not rest[-1].isdigit() else "estimate"
    wave, group = rest[-1], rest[0] if len(rest) > 1 else "all"
    return f"t{place},{value},guests/{indicator}/{group}/{wave},{field},1,"
