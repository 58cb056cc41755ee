import itertools

import numpy as np
import pytest

from render.samples import HOUSE, STYLE
from wavedeck.render.colours import contrast, luminance, tint
from wavedeck.render.style import load_style
from wavedeck.study.errors import RenderError

# Machado, Oliveira and Fernandes (2009), severity 1.0
VISION = {
    "normal": np.eye(3),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def lab(colour: str, vision: np.ndarray) -> np.ndarray:
    shares = np.array([int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)])
    linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    x, y, z = TO_XYZ @ np.clip(vision @ linear, 0, 1) / np.array([0.95047, 1, 1.08883])
    x, y, z = (np.cbrt(one) if one > 0.008856 else 7.787 * one + 16 / 116 for one in (x, y, z))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


FAMILIES = {
    "categories": [f"category_{number}" for number in range(1, 9)],
    "waves": list(STYLE.wave_roles(4)),
    "sequence": list(STYLE.sequential_roles(8))[::2],
    "scale": ["negative_strong", "negative", "neutral", "positive", "positive_strong", "dont_know"],
}


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("family", FAMILIES)
def test_colours_are_told_apart(family, vision):
    roles = FAMILIES[family]
    distances = {
        (one, other): np.linalg.norm(
            lab(STYLE.hex(one), VISION[vision]) - lab(STYLE.hex(other), VISION[vision])
        )
        for one, other in itertools.combinations(roles, 2)
    }
    closest = min(distances, key=distances.get)
    assert distances[closest] > 11, closest


@pytest.mark.parametrize(
    "role", ["ink", "brand", "accent", "grey", "positive_strong", "negative_strong", "wave_new"]
)
def test_text_colours_have_contrast_on_paper_and_zebra(role):
    assert contrast(STYLE.hex(role), STYLE.hex("paper")) >= 4.5
    assert contrast(STYLE.hex(role), STYLE.hex("ground")) >= 4.5


@pytest.mark.parametrize("role", [*FAMILIES["scale"], *FAMILIES["waves"], *STYLE.sequential_roles(8)])
def test_labels_have_contrast_on_their_segment(role):
    assert contrast(STYLE.hex(STYLE.label_role(role)), STYLE.hex(role)) >= 4.5


def test_wave_roles_end_with_the_newest():
    assert STYLE.wave_roles(2) == ("wave_older", "wave_new")
    with pytest.raises(RenderError, match="at most 4"):
        STYLE.wave_roles(5)


@pytest.mark.parametrize("role", [*FAMILIES["categories"], *FAMILIES["sequence"], "dont_know"])
def test_text_in_the_colour_of_a_line_is_legible(role):
    assert contrast(STYLE.legible(role), STYLE.hex("paper")) >= 4.5


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_every_wave_is_seen_on_the_ground(count):
    for role in STYLE.wave_roles(count):
        assert contrast(STYLE.hex(role), STYLE.hex("paper")) >= 1.6


@pytest.mark.parametrize("count", range(1, 9))
def test_sequential_roles_run_from_light_to_dark(count):
    shades = [luminance(STYLE.hex(role)) for role in STYLE.sequential_roles(count)]
    assert len(set(shades)) == count
    assert shades == sorted(shades, reverse=True)


def test_sequence_of_too_many_steps_is_refused():
    with pytest.raises(RenderError, match=r"9 steps .* at most 8"):
        STYLE.sequential_roles(9)


def test_scale_roles_run_from_negative_to_dont_know():
    roles = STYLE.scale_roles(positive=2, neutral=1, negative=2, dont_know=True)
    assert roles == ("negative_strong", "negative", "neutral", "positive", "positive_strong", "dont_know")
    with pytest.raises(RenderError, match="1 or 2"):
        STYLE.scale_roles(positive=3, negative=2)


def test_unknown_role_is_named_with_a_hint():
    with pytest.raises(RenderError, match="did you mean 'accent'"):
        STYLE.hex("acent")


def test_tint_moves_towards_white():
    assert contrast(tint("0B4F6C", 0.5), "FFFFFF") < contrast("0B4F6C", "FFFFFF")


def test_misspelt_key_in_the_file_is_named(tmp_path):
    text = (HOUSE / "style.yaml").read_text(encoding="utf-8").replace("gap_width", "gap_with")
    path = tmp_path / "style.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RenderError, match=r"chart\.gap_with"):
        load_style(path)


def test_missing_or_malformed_file_is_named(tmp_path):
    with pytest.raises(RenderError, match="does not exist"):
        load_style(tmp_path / "style.yaml")
    (tmp_path / "style.yaml").write_text("roles: [", encoding="utf-8")
    with pytest.raises(RenderError, match="not YAML"):
        load_style(tmp_path / "style.yaml")
