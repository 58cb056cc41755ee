"""R's figures of importance beside ours."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from reference import kto
from reference.agreement import Agreement, agree, read_data, read_json, table
from wavedeck.impact.importance import measure_importance
from wavedeck.impact.model import Model
from wavedeck.impact.replicates import given_replicates
from wavedeck.impact.sweeps import r_squared_of_subsets
from wavedeck.stats.design import Design

OUTCOME = "overall"


def weights(name: str) -> np.ndarray:
    data = kto.respondents()
    return np.ones(len(data)) if name == "none" else data[name].to_numpy(float)


def model(drivers: list[str], *, wave: object, weight: str, missing: str) -> Model:
    data = kto.respondents()
    inside = np.ones(len(data), bool) if int(wave) == 0 else (data["wave"] == int(wave)).to_numpy()  # type: ignore[call-overload]
    return Model(
        data[OUTCOME].to_numpy(float),
        data[drivers].to_numpy(float),
        Design(weights(weight)).domain(inside),
        missing=missing,
        names=drivers,
    )


def importance_of(part: str, r: dict, m: Model) -> list[Agreement]:
    correlation = m.correlation
    squares = r_squared_of_subsets(correlation[None])[:, 0]
    full = len(squares) - 1
    last = [squares[full] - squares[full - (1 << j)] for j in range(m.count)]
    beta = measure_importance(m, "coefficient").estimate
    lmg = measure_importance(m, "shapley")
    ours = {
        "r2": lmg.r_squared,
        "lmg": lmg.estimate,
        "johnson": measure_importance(m, "johnson").estimate,
        "beta": beta,
        "zero_order_r": correlation[:-1, -1],
        "pratt": beta * correlation[:-1, -1],
        "first": correlation[:-1, -1] ** 2,
        "last": last,
    }
    return [agree("kto_drivers", f"{part} {name}", r[name], value) for name, value in ours.items()]


@cache
def listwise() -> tuple[Agreement, ...]:
    found = []
    for r in read_json("kto_drivers")["relimp"]:
        m = model(r["drivers"], wave=r["wave"], weight=r["weight"], missing="listwise")
        part = f"{r['set']} {r['wave']} {r['weight']}"
        found.append(agree("kto_drivers", f"{part} n", r["n"], m.complete_base))
        found += importance_of(part, r, m)
    return tuple(found)


@cache
def pairwise() -> tuple[Agreement, ...]:
    found = []
    for r in read_json("kto_drivers")["pairwise"]:
        m = model(r["names"][1:], wave=r["wave"], weight="w", missing="pairwise")
        matrix = np.roll(m.matrices.correlation[0], 1, axis=(0, 1))
        part = f"pairwise {r['wave']}"
        found.append(agree("kto_drivers", f"{part} R", r["R"], matrix))
        ten = model(r["relimp10"]["drivers"], wave=r["wave"], weight="w", missing="pairwise")
        found += importance_of(f"{part} 10", r["relimp10"], ten)
        smallest = np.linalg.eigvalsh(matrix[1:, 1:])[0]
        found.append(agree("kto_drivers", f"{part} eigenvalue", r["min_eigen"], smallest))
        johnson = measure_importance(m, "johnson")
        found.append(agree("kto_drivers", f"{part} johnson", r["johnson"], johnson.estimate))
        found.append(agree("kto_drivers", f"{part} r2", r["r2"], johnson.r_squared))
    return tuple(found)


@cache
def correlations() -> tuple[Agreement, ...]:
    found, data = [], kto.respondents()
    for r in read_json("kto_drivers")["correlation"]:
        design = kto.design(r["design"]).domain(data["wave"] == r["wave"])
        m = Model(data[OUTCOME].to_numpy(float), data[[r["item"]]].to_numpy(float), design)
        ours = measure_importance(m, "correlation")
        part = f"{r['design']} {r['wave']} {r['item']} r"
        found.append(
            agree(
                "kto_drivers", part, [r["n"], r["r"], r["se"]], [ours.base[0], ours.estimate[0], ours.se[0]]
            )
        )
    return tuple(found)


@cache
def coefficients() -> tuple[Agreement, ...]:
    from wavedeck.impact.coefficients import listwise_slopes

    answers, data, found = read_json("kto_drivers"), kto.respondents(), []
    drivers = answers["meta"]["drivers8"]
    for name, by_wave in answers["svyglm"].items():
        for wave, r in by_wave.items():
            design = kto.design(name)
            design = design if wave == "all" else design.domain(data["wave"] == int(wave))
            m = Model(
                data[OUTCOME].to_numpy(float), data[drivers].to_numpy(float), design, missing="listwise"
            )
            slopes, importance = listwise_slopes(m), measure_importance(m, "coefficient")
            rows = r["rows"][1:]
            found += [
                agree(
                    "kto_drivers", f"{name} {wave} slope", [x["est"] for x in rows], slopes.slopes.estimate
                ),
                agree("kto_drivers", f"{name} {wave} se", [x["se"] for x in rows], slopes.slopes.se),
                agree("kto_drivers", f"{name} {wave} p", [x["p"] for x in rows], importance.p),
            ]
    return tuple(found)


@cache
def replicates() -> tuple[Agreement, ...]:
    r, counts, data = read_json("kto_boot"), read_data("kto_boot").set_index("id"), kto.respondents()
    multipliers = counts.reindex(data["id"]).fillna(0.0).to_numpy(float).T
    m = model(r["drivers"], wave=2025, weight="wx", missing="listwise")
    given = given_replicates(m.design, multipliers)
    lmg = measure_importance(m, "shapley", replicates=given)
    johnson = measure_importance(m, "johnson", replicates=given)
    ours = {
        "n": m.complete_base,
        "lmg": lmg.estimate,
        "lmg_se": lmg.se,
        "lmg_lo": lmg.ci_low,
        "lmg_hi": lmg.ci_high,
        "johnson": johnson.estimate,
        "johnson_se": johnson.se,
        "r2": lmg.r_squared,
        "r2_se": lmg.r_squared_se,
    }
    return tuple(agree("kto_boot", name, r[name], value) for name, value in ours.items())


@pytest.mark.parametrize("part", [listwise, pairwise, correlations, coefficients, replicates])
def test_agreement_with_r(part: object) -> None:
    agreements = part()  # type: ignore[operator]
    wrong = [a for a in agreements if a.worst > a.relative]
    assert not wrong, table(wrong)


def test_agreement_count() -> None:
    parts = (listwise, pairwise, correlations, coefficients, replicates)
    assert sum(a.compared for part in parts for a in part()) >= 5_000
