import pandas as pd
import pyreadstat

from wavedeck.dummy.response_sets import ResponseSet, response_sets, with_response_sets
from wavedeck.study.codebook import Question

SETS = (
    ResponseSet("channel", "Kanalen én meer", ("c1", "c2"), "1"),
    ResponseSet("purpose", "Purpose", ("v10_1", "v10_2")),
)


def test_sets_are_read_back_and_data_stay_as_they_were(tmp_path):
    frame = pd.DataFrame({"c1": [1.0, 0.0], "c2": [0.0, 1.0], "v10_1": [3.0, 4.0], "v10_2": [None, 1.0]})
    file = tmp_path / "a.sav"
    pyreadstat.write_sav(frame, str(file))
    file.write_bytes(with_response_sets(file.read_bytes(), SETS))
    data, meta = pyreadstat.read_sav(file)
    pd.testing.assert_frame_equal(data, frame)
    assert meta.mr_sets["channel"]["variable_list"] == ["c1", "c2"]
    assert meta.mr_sets["channel"]["label"] == "Kanalen én meer"
    assert (meta.mr_sets["channel"]["type"], meta.mr_sets["purpose"]["type"]) == ("D", "C")
    assert meta.mr_sets["purpose"]["variable_list"] == ["v10_1", "v10_2"]


def test_sets_follow_the_codebook_and_leave_long_names_out():
    ticks = Question(
        name="a",
        variable="a",
        label={"*": "A"},
        type="multi",
        columns={"x": "a_1", "y": "a_2"},
        checked=["1"],
    )
    long = ticks.model_copy(update={"name": "b", "columns": {"x": "a_long_name", "y": "a_2"}})
    assert response_sets([ticks, long], "en") == (ResponseSet("a", "A", ("a_1", "a_2"), "1"),)
