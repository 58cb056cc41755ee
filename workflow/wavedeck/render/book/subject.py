"""What a table is about: title, question, and who was asked."""

from __future__ import annotations

from wavedeck.narrative.book_names import analysis_of
from wavedeck.render.book.families import FIRST, IMPACT, Content
from wavedeck.render.book.setting import Setting
from wavedeck.render.compose.asked import question_line
from wavedeck.render.compose.grid import Grid
from wavedeck.render.text import Run


def title_of(setting: Setting, content: Content) -> str:
    """Return the title of a table: its first indicator, its analysis, or the response."""
    first = content.indicators[0]
    if content.family.kind == IMPACT:
        analysis = setting.study.impact.analyses[analysis_of(setting.study, first)]
        return setting.text(analysis.label)
    if content.family.kind == FIRST and len(content.indicators) > 1:
        return setting.words["response"]
    return setting.labels.indicator(first)


def grid_of(setting: Setting, content: Content) -> Grid:
    """Return the indicators and items of a table, as those who describe results want them."""
    items = tuple(dict.fromkeys(item for _, item, _ in content.rows)) or ("",)
    return Grid(setting.context, content.family.part, {"indicator": content.indicators, "item": items})


def question_of(setting: Setting, content: Content) -> tuple[Run, ...]:
    """Return the question as asked; nothing where a table rests on none."""
    line = question_line(setting.context, grid_of(setting, content))
    return line.runs if line else ()


def asked_of(setting: Setting, content: Content) -> str:
    """Return who was asked."""
    questions = [one for name in content.indicators for one in setting.labels.questions_behind(name)]
    asked = dict.fromkeys(setting.text(one.asked_of) for one in questions if one.asked_of)
    if asked:
        return " / ".join(asked)
    part = setting.study.settings.parts[content.family.part]
    return setting.text(part.respondents) if part.respondents else setting.words["everyone"]


def broken_down(setting: Setting, content: Content, labels: list[str]) -> str:
    """Return by what a table is broken down: the sets of groups in its columns."""
    own = setting.text(setting.study.settings.parts[content.family.part].label)
    named = [one for one in dict.fromkeys(labels) if one != own]
    return ", ".join(named) or setting.words["total"]
