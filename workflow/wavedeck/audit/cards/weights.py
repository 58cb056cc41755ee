"""How each wave of each part was weighted, with as much of the table of cells as may be shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from wavedeck.audit.cards.conditions import Conditions
from wavedeck.audit.cards.shelf import Shelf
from wavedeck.audit.trace.place import WaveData
from wavedeck.study.load import Study
from wavedeck.study.weights import Cell

COUNTED = ("achieved", "unweighted", "respondents")
WITHIN = "/"
Label = Callable[[str, str], str]


def weighting_card(
    data: WaveData, shelf: Shelf, words: Mapping[str, str], language: str = ""
) -> dict[str, Any]:
    """Return method, rule and table of a weighting, cells by the labels of the study in a language."""
    facts = data.certificate
    method = str(facts["method"])
    rule = words.get(f"weight_{method}", method).format(variable=facts.get("variable"))
    made: dict[str, Any] = {"method": method, "rule": rule}
    if facts.get("unplaced"):
        treatment = str(facts.get("unplaced_treatment"))
        made["unplaced"] = words.get(f"unplaced_{treatment}", treatment)
    shown = shelf.internal or may_count(data, shelf)
    if shown and facts.get("efficiency") is not None:
        made["efficiency"] = facts["efficiency"]
    if facts["rows"]:
        label = cell_labels(shelf.study, data.part, language or shelf.study.settings.languages[0])
        made["cells"] = [_row(row, label, counted=shown) for row in facts["rows"]]
    if facts["rows"] and not shown:
        made["withheld"] = words["withheld"]
    return made


def _row(row: Mapping[str, Any], label: Label, *, counted: bool) -> dict[str, Any]:
    names = ("margin", "category", "target", *(COUNTED if counted else ()))
    return {name: row[name] for name in names} | {"label": label(row["margin"], row["category"])}


def cell_labels(study: Study, part: str, language: str) -> Label:
    """Return a function that names a cell or category of a weighting; as it is where it has no label."""
    declared, conditions = study.weighting.parts.get(part), Conditions(study.group_book, language)

    def label(margin: str, category: str) -> str:
        if declared is None:
            return category
        if margin in declared.margins:
            return conditions.category(declared.margins[margin].variable, category)
        return _cell_label(declared.cells, category.split(WITHIN), study, language) or category

    return label


def _cell_label(cells: Mapping[str, Cell], path: list[str], study: Study, language: str) -> str:
    """Return the labels of the groups on the way to a cell; nothing where there is no such cell."""
    labels = []
    for name in path:
        if name not in cells:
            return ""
        labels.append(study.group_book.label(cells[name].group, language))
        cells = cells[name].cells
    return " › ".join(labels)


def may_count(data: WaveData, shelf: Shelf) -> bool:
    """Tell whether counts of the cells may be public.

    Not when one is smaller than what the study prints; and under a rule of disclosure not when any
    figure of the wave is hidden, since counts of cells might solve it.
    """
    rules = shelf.study.settings.suppression
    least = max(rules.reliability.minimum, rules.disclosure.minimum if rules.disclosure else 0)
    facts = data.certificate
    counts = [row["respondents"] for row in facts["rows"]]
    counts += [facts["unplaced"]] if facts.get("unplaced") else []
    if any(count < least for count in counts):
        return False
    return rules.disclosure is None or (data.part, data.name) not in hidden_in(shelf)


def hidden_in(shelf: Shelf) -> set[tuple[str, str]]:
    """Return parts and waves in which a figure is hidden."""
    return {(one.part, one.wave) for one in shelf.by_address.values() if one.state == "suppressed"}
