"""Which bases stand where."""

from __future__ import annotations

import tiny_study
from wavedeck.render.book.banner import banner_of
from wavedeck.render.book.body import CATEGORY, INDICATOR, Body, body_of
from wavedeck.render.book.families import Content, contents_of
from wavedeck.render.book.setting import Setting
from wavedeck.render.compose.asked import BASELESS

SETTING = Setting(tiny_study.context())


def contents() -> list[Content]:
    return contents_of(SETTING.study, SETTING.store, SETTING.labels)


def bodies() -> list[Body]:
    return [body_of(one, dict(SETTING.store.figures), banner_of(SETTING, one)) for one in contents()]


def test_blocks_hold_every_row_once() -> None:
    for body in bodies():
        rows = [row for block in body.blocks() for row in block.rows]
        assert sorted(rows) == sorted(body.content.rows)


def test_every_row_with_a_base_is_in_one_scope() -> None:
    for body in bodies():
        scoped = [row for block in body.blocks() for scope in block.scopes for row in body.with_bases(scope)]
        assert sorted(scoped) == sorted(body.with_bases(body.content.rows))


def test_rows_of_a_scope_rest_on_the_same_answers() -> None:
    for body in bodies():
        assert all(body.share_bases(scope) for block in body.blocks() for scope in block.scopes)


def test_answers_of_one_question_share_their_bases() -> None:
    body = next(one for one in bodies() if one.content.indicators == ("activity",))
    (block,) = body.blocks()
    assert len({row[CATEGORY] for row in block.rows}) > 3
    assert len(block.scopes) == 1


def test_counts_have_no_base() -> None:
    body = next(one for one in bodies() if one.content.indicators == ("respondents",))
    assert body.statistics["respondents"] in BASELESS
    assert [block.scopes for block in body.blocks()] == [()]


def test_ranges_have_tables_of_their_own() -> None:
    for body in bodies():
        kinds = {body.statistics[row[INDICATOR]] == "range" for row in body.content.rows}
        assert len(kinds) == 1
