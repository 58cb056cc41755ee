"""Claims that do not hold, from the real workflow."""

from __future__ import annotations

from workplace import Workplace

CLAIM = (
    "{% claim 'rises' if rises('visitors/overall/all') %}\n# It rises\n"
    "{% otherwise %}\n# It does not rise\n{% endclaim %}\n"
)


def claimed(place: Workplace) -> Workplace:
    (place.folder / "templates/tiny/overall.en.j2").write_text(CLAIM)
    return place


def test_claim_that_does_not_hold_is_listed_by_every_build(built: Workplace) -> None:
    place = claimed(built)
    for stages in ({"deck", "pdf", "verify", "claims", "pages", "deliver", "provenance"}, set()):
        run = place.wavedeck("build", "tiny")
        assert run.code == 0, run.text
        assert "claim 'rises' does not hold, the alternative is printed; it rests on visitors/" in run.text
        assert ("Nothing to do" in run.text) is not bool(stages)
    listed = (place.folder / "data/processed/tiny/2024/draft/claims.csv").read_text()
    assert ",overall,rises,no,alternative,visitors/overall/all/2024 = 7.4 [previous: same]" in listed
    assert not list((place.folder / "reports").rglob("claims*"))


def test_strict_build_fails_and_leaves_the_report_as_it_was(built: Workplace) -> None:
    before = {path: path.read_bytes() for path in built.reports.glob("*.*")}
    run = claimed(built).wavedeck("build", "tiny", "--strict")
    assert run.code == 1
    assert "tiny 2024: 1 claim does not hold, and the study is strict about claims" in run.text
    assert {path: path.read_bytes() for path in built.reports.glob("*.*")} == before


def test_strict_study_fails_without_being_asked(built: Workplace) -> None:
    built.edit(built.study("study"), "dummy: true", "dummy: true\nclaims: strict")
    run = claimed(built).snakemake()
    assert run.code == 1
    assert "1 claim does not hold" in run.text


def test_strict_build_of_a_deck_alone_fails_too(built: Workplace) -> None:
    run = claimed(built).wavedeck("build", "tiny", "--only", "deck", "--strict")
    assert run.code == 1
    assert "1 claim does not hold, and the build is strict; it is listed above" in run.text
