"""A deck with a slide of every form, on the tiny study, for tests and for looking at.

Run it to write ``forms.pptx`` into a folder: ``python tests/render/forms.py FOLDER``.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import impact_study
import tiny_study
from wavedeck.render.compose.context import Context
from wavedeck.render.compose.report import write_charts, write_deck
from wavedeck.render.pptx.deck import Printed
from wavedeck.study.deck import DeckSpec

HOUSE = tiny_study.HOUSE / "deck.pptx"
LONG = (
    "Visitors who came for the desk wait longer than they did, above all on Saturdays, "
    "and say so in their own words."
)


def stacked(item: str = "opening", **more: Any) -> dict[str, Any]:
    chart = {"kind": "stacked", "indicators": ["service_distribution"], "rows": "item", "series": "category"}
    return {**chart, "items": [item], "colours": "scale", **more}


def answers(*items: str, **more: Any) -> dict[str, Any]:
    return {**stacked(), "items": list(items), **more}


def bars(indicator: str = "activity", **more: Any) -> dict[str, Any]:
    own = {"kind": "bars", "indicators": [indicator], "rows": "category", "maximum": 100}
    return {**own, "order": {"by": "value", "last": ["event"]}, **more}


def columns(**more: Any) -> dict[str, Any]:
    return {
        "kind": "columns",
        "indicators": ["overall"],
        "groups": ["branch"],
        "rows": "group",
        "maximum": 10,
        **more,
    }


QUOTES = {
    "variable": "remark",
    "quotes": [
        {"group": "branch_north", "text": "It closes an hour before I get home from work."},
        {"group": "branch_south", "text": "The staff find whatever I ask for, and smile about it."},
    ],
}

SLIDES: list[dict[str, Any]] = [
    {"id": "cover", "kind": "cover"},
    {"id": "contents", "kind": "contents"},
    {"id": "forms", "kind": "divider"},
    {"id": "contact", "kind": "text", "form": "blocks"},
    {"id": "asked", "kind": "text", "form": "blocks"},
    {"id": "advice", "kind": "text", "form": "blocks"},
    {"id": "insights_1", "kind": "text", "form": "columns"},
    {"id": "insights_2", "kind": "text", "form": "columns", "continues": "insights_1"},
    {
        "id": "knowledge",
        "kind": "results",
        "above": "body",
        "across": [
            {"down": [{"title": "The library as a whole", "chart": columns()}]},
            {
                "down": [
                    {"title": "Gives 8 or more", "chart": columns(indicators=["overall_high"], maximum=100)}
                ]
            },
            {"down": [{"title": "By sex", "chart": columns(groups=["sex"])}]},
        ],
    },
    {
        "id": "side_by_side",
        "kind": "results",
        "across": [
            {"size": 1, "down": [{"text": "body"}]},
            {"size": 1.4, "down": [{"title": "What visitors do", "chart": bars()}]},
            {
                "size": 1.4,
                "down": [
                    {
                        "title": "What women and men do",
                        "chart": bars(groups=["sex"], series="group", colours="categories"),
                    }
                ],
            },
        ],
    },
    {
        "id": "procedure",
        "kind": "results",
        "across": [
            {"size": 1, "down": [{"text": "body"}]},
            {
                "size": 2,
                "down": [
                    {"title": "Opening hours", "chart": stacked(scale=True)},
                    {"title": "Staff and wifi", "size": 1.6, "chart": answers("staff", "wifi")},
                ],
            },
        ],
    },
    {
        "id": "quoted",
        "kind": "results",
        "across": [
            {"down": [{"text": "left"}, {"chart": stacked("staff")}]},
            {"down": [{"text": "right"}, {"title": "In their own words", "quotes": QUOTES}]},
        ],
    },
    {"id": "advised", "kind": "matrix", "analysis": impact_study.ANALYSIS},
    {
        "id": "lowest_answer",
        "kind": "chart",
        "chart": {
            "kind": "columns",
            "indicators": ["service"],
            "rows": "item",
            "minimum": 1,
            "maximum": 5,
            "scale": True,
        },
    },
    {
        "id": "three_panels",
        "kind": "chart",
        "chart": {
            "kind": "panels",
            "indicators": ["desk_high"],
            "panels": "item",
            "rows": "category",
            "order": {"by": "value", "last": ["speed"]},
            "labels": {"lending": "Lending"},
            "maximum": 100,
        },
    },
    {
        "id": "loyal",
        "kind": "results",
        "across": [
            {"size": 1, "down": [{"text": "body"}]},
            {
                "size": 2,
                "down": [
                    {
                        "title": "Would recommend",
                        "chart": {
                            "kind": "nps",
                            "indicators": ["recommend_parts"],
                            "categories": ["detractors", "passives", "promoters"],
                            "groups": ["all", "sex"],
                            "rows": "group",
                            "series": "category",
                            "means": "recommend",
                        },
                    }
                ],
            },
        ],
    },
    {
        "id": "tables",
        "kind": "results",
        "across": [
            {
                "size": 1.6,
                "down": [
                    {
                        "title": "Who answered",
                        "table": {
                            "indicators": ["respondents", "population"],
                            "groups": ["all", "branch"],
                            "categories": ["all"],
                            "rows": ["group"],
                            "columns": ["wave", "indicator"],
                            "waves": "all",
                            "labels": {"respondents": "n", "population": "%"},
                            "indented": ["branch_north", "branch_south", "branch_east"],
                            "cells": [
                                {
                                    "at": {"group": "branch_east", "indicator": "population"},
                                    "note": "Visitors of East are in the other part.",
                                }
                            ],
                        },
                    }
                ],
            },
            {
                "down": [
                    {
                        "title": "Services",
                        "table": {
                            "indicators": ["service"],
                            "waves": "all",
                            "rows": ["item"],
                            "columns": ["wave"],
                            "bases": "heads",
                        },
                    }
                ]
            },
        ],
    },
]

TEXTS = {
    "cover": "# A library that listens\nEvery form of a slide",
    "contents": "# Contents",
    "forms": "# Forms of slides",
    "contact": """# Whom to ask
This survey was held for the third time.
## The library
A. Reader\\
Head of services\\
reader@library.example
## The agency
B. Counter\\
Researcher\\
counter@agency.example
""",
    "asked": f"""# What the study wants to know
How content are visitors with the library, and what decides it?
## + How content are visitors?
- As a whole and per service
- Per branch
## + What decides it?
- {LONG}
## + What should be done?
- First of all
- Later on
""",
    "advice": f"""# North: keep the staff, open longer
## Rating
- {LONG}
- Visitors give the branch more than they did.
## Strong points
- Staff are friendly, and they know their way.
## Weak points
{{% if false %}}
- Not printed, so the heading goes.
{{% endif %}}
## First priority
- Opening hours: longer on working days.
- Wifi that reaches the reading room.
## Next
- Bicycle sheds.
""",
    "insights_1": f"""# Insights and recommendations
::: area left
## Insights
+ {LONG}
+ Staff are what visitors value most.
:::
::: area right
## Recommendations
+ Open longer on working days, and say so at the door.
+ Let staff be seen.
::: box
Read with care: few visitors of East answered.
:::
:::
""",
    "insights_2": f"""# Insights and recommendations, continued
::: area left
## Insights
+ {LONG}
:::
::: area right
## Recommendations
+ Let the desk answer sooner.
:::
""",
    "knowledge": f"# Three charts stand side by side\n- {LONG}\n- Men and women differ little.\n",
    "side_by_side": """# Two charts stand beside a text
- Most visitors borrow.
- Then comes reading.
Foot: Men who came alone.
""",
    "procedure": f"""# Two stacked bars stand above each other
- Staff are rated above the opening hours.
::: box What happens at the desk
{LONG}
- First the card is checked.
-- Only then comes the question.
:::
""",
    "quoted": f"""# A chart on one side and quotes on the other
::: area left
- Staff are rated well.
:::
::: area right
- {LONG}
:::
""",
    "advised": """# Two boxes advise beside a matrix
- Staff matter most.
::: box Keep
Staff and wifi: rated well, and they weigh.
:::
::: box Invest and improve
Opening hours: visitors want longer evenings.
:::
""",
    "lowest_answer": "# Bars may start at the lowest answer\n- As on a scale without a zero.\n",
    "three_panels": "# Each desk has a panel of its own",
    "loyal": """# More promoters than detractors
- Women recommend the library more often.
::: box How to read the score
The share of promoters less the share of detractors.
:::
""",
    "tables": "# Two tables stand side by side",
}


def context(folder: Path) -> Context:
    """Return the context of the deck, its texts written into a folder."""
    for name, text in TEXTS.items():
        (folder / f"{name}.en.j2").write_text(text, encoding="utf-8")
    study = replace(tiny_study.study(), deck=DeckSpec.model_validate({"slides": SLIDES}))
    return tiny_study.context(templates=folder, study=study, store=impact_study.stores().publishable)


def write_forms(folder: Path) -> tuple[Path, tuple[Printed, ...]]:
    """Write the deck and return it with its ledger."""
    made = context(folder)
    path = folder / "forms.pptx"
    return path, write_deck(made, HOUSE, path)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    write_forms(target)
    write_charts(context(target), target / "charts")
