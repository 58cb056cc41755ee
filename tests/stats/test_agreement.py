"""Every figure of R's that the engine covers, beside ours."""

from __future__ import annotations

import sys
from collections import Counter
from functools import cache

import pytest

from reference import api, kto, more
from reference.agreement import Agreement, shared_folder, table

LEFT_OUT = {
    "waves, ids": "labels of rows, not figures",
    "kto_proportions likelihood": "not offered: it needs a profile of R's quasi-likelihood",
    "kto_drivers importance": "compared where importance is computed, in the tests of impact",
    "kto_boot": "bootstrap of importance: see impact",
    "kto_drivers quasibinomial se": "R's is of an early round, 3e-7 off what its epsilon=1e-15 gives",
    "kto_drivers regTermTest": "not offered",
    "kto_raking default_max_diff": "how far R's default tolerance stays from the margins",
    "edge_cases": "R's answers to cases without an answer; test_edges.py holds ours beside them",
    "api_estimates clus2": "second stage without replacement; the engine samples with replacement",
    "api_estimates ranktest, lincom, saddlepoint, likelihood, regTermTest": "not offered",
    "api_estimates quasibinomial se": "as in kto_drivers, up to 3e-5 off",
    "api_weighting checks": "R's comparison of its own rake and calibrate",
    "api_weighting rake_default": "R's default tolerance stops before the margins hold",
    "api_weighting srs rake_tight_2": "se of the margin raked last: R gives 0, and 1e-10 without fpc",
    "api_replicate": "replicate weights are another method",
}


@cache
def own() -> tuple[Agreement, ...]:
    return (*kto.everything(), *more.everything())


@cache
def shared() -> tuple[Agreement, ...]:
    folder = shared_folder()
    if folder is None:
        pytest.skip(
            "WAVEDECK_SHARED does not point at the shared files; the api files stay outside the project"
        )
    return tuple(api.everything(folder))


def disagreeing(agreements: tuple[Agreement, ...]) -> list[Agreement]:
    return [a for a in agreements if a.worst > a.relative]


def test_agreement_kto() -> None:
    assert not disagreeing(own()), table(disagreeing(own()))


def test_agreement_api() -> None:
    assert not disagreeing(shared()), table(disagreeing(shared()))


def counts(agreements: tuple[Agreement, ...]) -> Counter[str]:
    total: Counter[str] = Counter()
    for a in agreements:
        total[a.file] += a.compared
    return total


def listed(agreements: tuple[Agreement, ...]) -> str:
    lines = [f"{file:24}{count:8}" for file, count in counts(agreements).items()]
    lines.append(f"{'compared':24}{sum(counts(agreements).values()):8}")
    return "\n".join([*lines, *(f"left out: {what}: {why}" for what, why in LEFT_OUT.items())])


def test_agreement_count_in_the_project(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n{listed(own())}\n")
    assert sum(counts(own()).values()) >= 80_000


def test_agreement_count_with_shared_files(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n{listed((*own(), *shared()))}\n")
    assert sum(counts((*own(), *shared())).values()) >= 100_000


def test_agreement_notices_a_wrong_figure() -> None:
    right = own()[0]
    wrong = Agreement(right.file, right.part, right.expected, right.actual * (1 + 1e-7))
    assert disagreeing((wrong,))
