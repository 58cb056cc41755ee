from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import tiny_study
from wavedeck.narrative.check import copied_sentences, foreign_sentences, template_problems

LANGUAGES = ("en",)


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny_study.TEMPLATES, tmp_path / "tiny"))


def problems(folder: Path, languages: tuple[str, ...] = LANGUAGES) -> list[tuple[str, str]]:
    found = template_problems(tiny_study.study(), folder, wave="2024", languages=languages)
    return [(slide.id, problem) for slide, problem in found]


def test_sound_templates_have_no_problems(templates: Path) -> None:
    assert problems(templates) == []


def test_every_template_that_lacks_or_cannot_be_read_is_named(templates: Path) -> None:
    (templates / "cover.en.j2").unlink()
    (templates / "overall.en.j2").write_text("# T\n{% if %}\n")
    (templates / "services.en.j2").write_text("# T\n{{ fig('visitors/overall/all') | float }}\n")
    found = dict(problems(templates))
    assert set(found) == {"cover", "overall", "services"}
    assert "cover.en.j2 is missing" in found["cover"]
    assert "overall.en.j2, line 2: " in found["overall"]
    assert "services.en.j2, line 2: No filter named 'float'" in found["services"]


def test_mistake_in_an_included_template_is_found(templates: Path) -> None:
    (templates / "cover.en.j2").write_text("{% include 'part.en.j2' %}\n")
    (templates / "part.en.j2").write_text("# T\n{{ 'x' | nope }}\n")
    ((slide, problem),) = problems(templates)
    assert (slide, "part.en.j2, line 2" in problem) == ("cover", True)


@pytest.mark.parametrize(
    ("call", "mistake"),
    [
        ("rize('visitors/overall/all')", "there is no function rize()"),
        ("rises('visitors/overal/all')", "'visitors/overal/all': there is no indicator 'overal'"),
    ],
)
def test_misspelt_name_in_a_claim_is_found_without_figures(templates: Path, call: str, mistake: str) -> None:
    (templates / "cover.en.j2").write_text(f"# T\n{{% claim 'one' if {call} %}}\nUp.\n{{% endclaim %}}\n")
    [(slide, found)] = problems(templates)
    assert slide == "cover"
    assert f"cover.en.j2, line 2: {mistake}" in found


def test_templates_of_every_language_are_looked_for(templates: Path) -> None:
    slides = tiny_study.study().deck.slides_in("2024")
    assert len(problems(templates, ("nl",))) == len(slides)


def copied(folder: Path) -> list[tuple[str, int, str]]:
    return [(path.name, line, told) for path, line, told in copied_sentences(folder, ["nl", "en"])]


def test_sentence_that_was_not_translated_is_found_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.nl.j2").write_text("# Titel\n- Klanten geven een hoog cijfer: {{ x }}\n- Kort\n")
    (tmp_path / "a.en.j2").write_text(
        "# Title\n{% if y %}\n- Klanten geven een hoog cijfer: {{ x }}\n{% endif %}\n- Kort\n"
    )
    assert copied(tmp_path) == [
        ("a.en.j2", 3, "'Klanten geven een hoog cijfer:' stands in a.nl.j2 too; translate it")
    ]


def test_sentence_within_a_claim_is_looked_at(tmp_path: Path) -> None:
    text = "{% claim 'x' if y() %}\n- Klanten geven een hoog cijfer.\n{% endclaim %}\n"
    (tmp_path / "a.nl.j2").write_text(text)
    (tmp_path / "a.en.j2").write_text(text)
    assert len(copied(tmp_path)) == 1


def test_texts_in_one_language_are_no_copies(tmp_path: Path) -> None:
    (tmp_path / "a.nl.j2").write_text("# Klanten geven een hoog cijfer\n")
    (tmp_path / "a.en.j2").write_text("# Clients give a high mark\n")
    assert copied(tmp_path) == []


def test_mail_address_needs_no_translation(tmp_path: Path) -> None:
    for language in ("nl", "en"):
        (tmp_path / f"a.{language}.j2").write_text("Anna \\\na.de.voorbeeld@bureau.example\n")
    assert copied(tmp_path) == []


@pytest.mark.parametrize(
    ("planted", "word"),
    [
        ("- Klanten zijn tevreden over {{ x }}.", "zijn"),
        ("{{ y }} en {{ z }}", "en"),
        ("{{ words.apart(y, 'de andere klanten') }}", "de"),
        ("{% claim 'x' if y() %}- Het loket{% endclaim %}", "het"),
    ],
)
def test_dutch_text_in_an_english_template_is_found_with_its_line(
    tmp_path: Path, planted: str, word: str
) -> None:
    (tmp_path / "a.nl.j2").write_text("# Iets anders\n")
    (tmp_path / "a.en.j2").write_text(f"# Clients\n- They are satisfied.\n{planted}\n")
    (found,) = foreign_sentences(tmp_path, ["nl", "en"])
    path, line, told = found
    assert (path.name, line) == ("a.en.j2", 3)
    assert f"has '{word}' in it; translate it" in told


def test_texts_in_their_own_language_are_not_foreign(tmp_path: Path) -> None:
    (tmp_path / "a.nl.j2").write_text(
        "# Klanten geven {{ x }} en {{ counted(y, 'het aspect', 'de aspecten') }}\n"
    )
    (tmp_path / "a.en.j2").write_text("# The De Gaulle counter\n{{ join(['a b', 'c d']) }}\n")
    assert list(foreign_sentences(tmp_path, ["nl", "en"])) == []
