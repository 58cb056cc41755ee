"""Claims of another wave that would print the same are found by what stands beside the number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from audit.verify import finished
from wavedeck.audit.verify.bindings import Binding, read_bindings
from wavedeck.audit.verify.deck import account_slide
from wavedeck.audit.verify.ooxml import open_package
from wavedeck.audit.verify.result import Verification
from wavedeck.audit.verify.slides import Shape, Slide, read_slides
from wavedeck.audit.verify.waves import check_waves

OLD, NEW = "2023", "2024"


def claim(wave: str, printed: str, field: str = "estimate") -> Binding:
    return Binding("body/p1", f"visitors/overall/all/{wave}", field, printed)


def faults(text: str, *claims: Binding) -> list[str]:
    result = Verification()
    slide = Slide(1, "1", "", (Shape("body", "", tuple(text.split("\n"))),))
    check_waves(result, finished.truth(), slide, {"body": list(claims)})
    return [fault.message for fault in result.faults]


@pytest.mark.parametrize(
    ("text", "waves"),
    [
        ("Visitors give 7.4.", [NEW]),
        ("Visitors give 7.4, after 7.4 in 2023.", [NEW, OLD]),
        ("In 2023: 7.4 and 7.4.", [OLD, OLD]),
        ("Lowest 2023 (7.4).", [OLD]),
        ("Better than in 2023: 7.4, against 7.4.", [NEW, OLD]),
        ("It went from 7.4 to 7.4; since 2023 much changed.", [OLD, NEW]),
    ],
)
def test_wave_that_follows_is_no_fault(text: str, waves: list[str]) -> None:
    assert faults(text, *(claim(wave, "7.4") for wave in waves)) == []


@pytest.mark.parametrize(
    ("text", "waves", "said"),
    [
        ("Visitors give 7.4.", [OLD], "nothing beside it names that wave"),
        ("Visitors give 7.4, after 7.4 in 2023.", [OLD, OLD], "nothing beside it names"),
        ("Visitors give 7.4, after 7.4 in 2023.", [NEW, NEW], "beside it stands '2023'"),
        ("In 2023: 7.4 and 7.4.", [OLD, NEW], "beside it stands '2023'"),
        ("Lowest 2023 (7.4).", [NEW], "beside it stands '2023'"),
        ("Visitors give 7.4.\nMore than in 2023.", [OLD], "nothing beside it names"),
    ],
)
def test_wave_that_does_not_follow_is_a_fault(text: str, waves: list[str], said: str) -> None:
    (found,) = faults(text, *(claim(wave, "7.4") for wave in waves))
    assert said in found


def test_difference_beside_an_earlier_wave_is_no_fault() -> None:
    assert faults("+0.2 on 2023", claim(NEW, "+0.2", "previous.difference")) == []


def alike() -> Iterator[tuple[Slide, dict[str, list[Binding]], str]]:
    """Yield the claims of a slide, one of them moved to another wave that prints the same."""
    package, truth = open_package(finished.deck()), finished.truth()
    ledger = read_bindings(package)
    for slide in read_slides(package).slides:
        claims = ledger.slides.get(slide.id, {})
        for shape, own in claims.items():
            for place, one in enumerate(own):
                other = replace(one, address=one.address.replace(f"/{NEW}", f"/{OLD}"))
                if one.field == "estimate" and other != one and not truth.problem(other):
                    yield slide, {**claims, shape: [*own[:place], other, *own[place + 1 :]]}, one.element


def test_no_figure_of_the_deck_can_be_claimed_of_an_earlier_wave() -> None:
    made = list(alike())
    missed = []
    for slide, claims, element in made:
        result = Verification()
        account_slide(result, finished.truth(), slide, claims)
        check_waves(result, finished.truth(), slide, claims)
        if result.passes and not element.startswith("alt:"):
            missed.append(f"slide {slide.number}, {element}")
    assert missed == []
    assert len(made) >= 3
