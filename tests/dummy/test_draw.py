import numpy as np
import pandas as pd
import pytest

from wavedeck.dummy.draw import draw_respondents
from wavedeck.dummy.plan import DummyPlan, load_plan
from wavedeck.study.errors import ConfigError
from wavedeck.study.load import load_study


@pytest.fixture
def drawn(study, plan):
    return draw_respondents(study, plan, part="visitors", wave="2")


def changed(plan: DummyPlan, **changes: object) -> DummyPlan:
    part = plan.parts["visitors"].model_copy(update=changes)
    return plan.model_copy(update={"parts": {"visitors": part}})


def test_draw_gives_the_declared_number_of_each_cell(drawn):
    area = drawn.answers["area"].value_counts(dropna=False)
    assert (area["north"], area["south"], len(drawn.cells)) == (80, 30, 122)
    assert (drawn.answers["area!"] == "not_given").sum() == 12


def test_draw_twice_gives_the_same_respondents(study, plan, drawn):
    again = draw_respondents(study, plan, part="visitors", wave="2")
    pd.testing.assert_frame_equal(again.answers, drawn.answers)


def test_draw_with_another_seed_gives_others_with_the_same_shares(study, plan, drawn):
    other = draw_respondents(study, plan.model_copy(update={"seed": 8}), part="visitors", wave="2")
    assert not other.answers["mark@shop"].equals(drawn.answers["mark@shop"])
    assert other.answers["bought"].value_counts().equals(drawn.answers["bought"].value_counts())


def test_draw_obeys_the_routing(drawn):
    answers = drawn.answers
    not_asked = answers["what!"] == "not_asked"
    assert (not_asked == (answers["bought"] != "yes")).all()
    assert answers.loc[not_asked, ["what.food", "what.book", "what.toy"]].isna().all(axis=None)
    assert answers.loc[answers["what!"].isna(), "what.food"].notna().all()


def test_draw_gives_each_cell_its_share_and_mean(drawn):
    south = drawn.answers[drawn.cells == "south"]
    north = drawn.answers[drawn.cells == "north"]
    assert (south["bought"] == "yes").mean() == pytest.approx(0.3, abs=0.02)
    assert south["mark@shop"].mean() == pytest.approx(6.0, abs=0.05)
    assert north["mark@shop"].mean() == pytest.approx(7.0, abs=0.05)


def test_draw_links_the_marks_of_one_respondent(drawn):
    marks = drawn.answers[["mark@shop", "mark@cafe"]].dropna()
    assert marks.corr().iloc[0, 1] > 0.25


def test_draw_moves_marks_with_what_moves_satisfaction(drawn):
    north = drawn.answers[drawn.cells == "north"]
    means = north.groupby("bought")["mark@shop"].mean()
    assert means["yes"] - means["no"] > 0.5


def test_draw_leaves_out_at_the_declared_rates(drawn):
    kinds = drawn.answers["mark@shop!"].value_counts()
    assert kinds["not_applicable"] == 6
    assert kinds["dont_know"] == 5
    assert kinds["blank"] == 6


def test_draw_skips_questions_of_other_waves(study, plan):
    assert "mark@cafe" not in draw_respondents(study, plan, part="visitors", wave="1").answers


def test_draw_gives_ids_out_of_the_gross_sample(drawn):
    ids = drawn.answers["number"].astype(int)
    assert ids.is_unique
    assert ids.between(1, 500).all()


def test_draw_gives_whole_marks_on_the_scale(drawn):
    marks = drawn.answers["mark@cafe"].dropna()
    assert set(marks) <= set(np.arange(1.0, 11.0))


def test_draw_without_a_plan_answers_everything(study):
    drawn = draw_respondents(study, DummyPlan(), part="visitors", wave="2")
    assert len(drawn.answers) == 125
    assert drawn.answers["mark@shop"].mean() == pytest.approx(1 + 0.7 * 9, abs=0.2)
    assert set(drawn.answers["area"]) == {"north", "south"}
    assert drawn.answers["remark"].dropna().str.contains("Made-up answer").all()


def test_draw_refuses_a_wave_without_respondents(study, plan):
    cells = {
        name: cell.model_copy(update={"respondents": {}})
        for name, cell in plan.parts["visitors"].cells.items()
    }
    with pytest.raises(ConfigError, match="no respondents for wave '2'"):
        draw_respondents(study, changed(plan, cells=cells), part="visitors", wave="2")


def test_draw_refuses_more_respondents_than_questionnaires(folder):
    file = folder / "study.yaml"
    file.write_text(file.read_text().replace('"2": 500', '"2": 100'))
    study = load_study(folder)
    with pytest.raises(ConfigError, match="more than the 100 questionnaires sent"):
        draw_respondents(study, load_plan(study), part="visitors", wave="2")


def test_draw_refuses_routing_on_a_later_question(folder):
    file = folder / "codebook.yaml"
    file.write_text(file.read_text().replace('{bought: "yes"}', "{mark@shop: {min: 5}}"))
    study = load_study(folder)
    with pytest.raises(ConfigError, match="'what' is asked depending on 'mark@shop'"):
        draw_respondents(study, load_plan(study), part="visitors", wave="2")


def test_plan_names_file_line_and_key_of_a_misspelt_key(folder, study):
    file = folder / "dummy.yaml"
    file.write_text(file.read_text().replace("spread: 1.6", "spred: 1.6"))
    with pytest.raises(ConfigError, match=r"dummy\.yaml, line \d+.*spred"):
        load_plan(study)
