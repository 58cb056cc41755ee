"""Our figures on the synthetic KTO data beside R's."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from reference.agreement import LOGIT, RELATIVE, Agreement, agree, read_data, read_json
from wavedeck.stats.association import correlations
from wavedeck.stats.calibrated import Poststratified
from wavedeck.stats.cells import Cells, estimate_means
from wavedeck.stats.columns import nps_column
from wavedeck.stats.comparisons import Comparisons, compare_groups, compare_with_rest
from wavedeck.stats.corrections import adjust_p
from wavedeck.stats.design import Design
from wavedeck.stats.quantiles import estimate_quantile
from wavedeck.stats.regression import Regression, regress
from wavedeck.stats.shares import cell_interval
from wavedeck.weighting.proof import prove_margins
from wavedeck.weighting.raking import rake
from wavedeck.weighting.trimming import trim

WAVES = (2021, 2023, 2025)
YES_NO = ["visited_website", "had_contact", "in_time", "complaint", "easy_form", "legal_help"]
THEMES = ("info", "contact", "apply", "time", "staff")
ASPECTS = [f"{theme}_{i}" for theme in THEMES for i in range(1, 6)]
ITEMS = [*ASPECTS, "overall", *YES_NO, "nps"]
METHODS = {
    "logit": "logit",
    "xlogit": "logit",
    "wilson": "wilson",
    "beta": "beta",
    "asin": "asin",
    "mean": "mean",
}
Key = tuple[int, str, str]


@cache
def respondents() -> pd.DataFrame:
    """Return the respondents, with the net promoter column."""
    data = read_data("kto")
    return data.assign(
        nps=nps_column(data["overall"]), wave_cell=data["wave"].astype(str) + " " + data["cell"]
    )


@cache
def design(name: str) -> Design:
    """Return one of the five designs of R's scripts."""
    data = respondents()
    weights = data[{"w0": "w0", "wx": "wx"}.get(name, "w")].to_numpy()
    if name == "strat":
        return Design(weights, strata=data["wave_cell"].to_numpy())
    if name == "post":
        codes = np.unique(data["wave_cell"], return_inverse=True)[1]
        return Design(weights, strata=data["wave"].to_numpy(), calibration=Poststratified(codes, weights))
    return Design(weights)


@cache
def groups() -> tuple[list[Key], np.ndarray]:
    """Return wave x (total, group, cell): keys, and membership of shape (n, g)."""
    data = respondents()
    keys: list[Key] = []
    for wave in WAVES:
        keys.append((wave, "total", "total"))
        keys += [(wave, by, value) for by in ("group", "cell") for value in sorted(data[by].unique())]
    member = [(data["wave"] == w) & ((by == "total") | (data.get(by) == value)) for w, by, value in keys]
    return keys, np.column_stack(member)


@cache
def cells(name: str) -> Cells:
    """Return all items x groups x waves under one design."""
    return estimate_means(respondents()[ITEMS].to_numpy(float), groups()[1], design(name))


def position(wave: object, by: str, key: str) -> int:
    """Return where a group stands."""
    return groups()[0].index((int(wave), by, key))  # type: ignore[call-overload]


def _by(key: str) -> str:
    return "total" if key == "total" else "group"


def means() -> list[Agreement]:
    """Compare domain means, standard errors and bases."""
    answers = read_json("kto_means")
    rows, found = pd.DataFrame(answers["results"]), []
    for name, part in rows.groupby("design"):
        c = cells(name)
        g = [position(*key) for key in zip(part["wave"], part["by"], part["key"], strict=True)]
        k = [ITEMS.index(item) for item in part["item"]]
        plain = estimate_means(c.data.values, c.data.groups, Design(np.ones(c.data.design.n)))
        sd = plain.sd * np.sqrt(plain.base / np.maximum(plain.base - 1, 1))
        ours = {
            "mean": c.estimate,
            "se": c.se,
            "n": c.base,
            "n_pos": c.positive_base,
            "sum_w": c.weighted_base,
        }
        ours |= {"neff": c.effective_base, "sd_w": c.sd, "mean_unw": plain.estimate, "sd_unw": sd}
        found += [agree("kto_means", f"{name} {x}", part[x], values[g, k]) for x, values in ours.items()]
        found.append(agree("kto_means", f"{name} degf", answers["meta"]["degf"][name], design(name).degf))
    return found


def proportions() -> list[Agreement]:
    """Compare shares and their intervals."""
    rows, found = pd.DataFrame(read_json("kto_proportions")["results"]), []
    columns = [ITEMS.index(item) for item in YES_NO]
    for (name, method), part in rows.groupby(["design", "method"]):
        if method == "likelihood":
            continue
        c = cells(name)
        low, high = cell_interval(c, columns=columns, method=METHODS[method])
        g = [position(w, _by(key), key) for w, key in zip(part["wave"], part["key"], strict=True)]
        k = np.array([YES_NO.index(item) for item in part["item"]])
        ours = {
            "df": c.degf[:, columns],
            "est": c.estimate[:, columns],
            "se": c.se[:, columns],
            "lo": low,
            "hi": high,
        }
        limit = LOGIT if method == "logit" else RELATIVE
        found += [
            agree("kto_proportions", f"{name} {method} {x}", part[x], values[g, k], relative=limit)
            for x, values in ours.items()
        ]
    return found


TEST_COLUMNS = {"diff": "difference", "t": "t", "df": "df", "p": "p", "lo": "ci_low", "hi": "ci_high"}


def _tests(file: str, name: str, part: pd.DataFrame, compared: Comparisons, at: tuple) -> list[Agreement]:
    return [
        agree(file, f"{name} {x}", part[x], getattr(compared, ours)[at]) for x, ours in TEST_COLUMNS.items()
    ]


def group_vs_rest() -> list[Agreement]:
    """Compare tests of a group against the total minus that group, with corrections."""
    rows, found = pd.DataFrame(read_json("kto_group_vs_rest")["results"]), []
    within = [position(wave, "total", "total") for wave, _, _ in groups()[0]]
    for name, part in rows.groupby("design"):
        compared = compare_with_rest(cells(name), within=within, minimum_base=2)
        g = [position(w, "group", key) for w, key in zip(part["wave"], part["group"], strict=True)]
        at = (g, [ITEMS.index(item) for item in part["item"]])
        found += _tests("kto_group_vs_rest", name, part, compared, at)
        for correction in ("holm", "bh"):
            adjusted = adjust_p(compared.p[at], correction=correction, family=part["wave"].to_numpy())
            found.append(
                agree("kto_group_vs_rest", f"{name} {correction}", part[f"p_{correction}"], adjusted)
            )
    return found


def wave_vs_wave() -> list[Agreement]:
    """Compare tests between waves, for the total and for groups."""
    rows, found = pd.DataFrame(read_json("kto_wave_vs_wave")["results"]), []
    for name, part in rows.groupby("design"):
        to = [position(w, _by(key), key) for w, key in zip(part["to"], part["key"], strict=True)]
        before = [position(w, _by(key), key) for w, key in zip(part["from"], part["key"], strict=True)]
        pairs = sorted(set(zip(to, before, strict=True)))
        compared = compare_groups(cells(name), *zip(*pairs, strict=True), minimum_base=2)
        g = [pairs.index(pair) for pair in zip(to, before, strict=True)]
        at = (g, [ITEMS.index(item) for item in part["item"]])
        found += _tests("kto_wave_vs_wave", name, part, compared, at)
    return found


def design_effects() -> list[Agreement]:
    """Compare design effects and quantiles of the overall mark."""
    rows, found = pd.DataFrame(read_json("kto_deff_quantiles")["results"]), []
    k = ITEMS.index("overall")
    for name, part in rows.groupby("design"):
        c = cells(name)
        g = [position(w, _by(key), key) for w, key in zip(part["wave"], part["key"], strict=True)]
        deff, n, total = (x[g, k] for x in (c.deff, c.positive_base, c.weighted_base))
        found.append(agree("kto_deff_quantiles", f"{name} deff_replace", part["deff_replace"], deff))
        found.append(agree("kto_deff_quantiles", f"{name} deff", part["deff"], deff * total / (total - n)))
        for p in (25, 50, 75):
            ours = [_quantile(name, i, p / 100) for i in g]
            found.append(agree("kto_deff_quantiles", f"{name} q{p}", part[f"q{p}"], ours))
    return found


def _quantile(name: str, group: int, p: float) -> float:
    domain = design(name).domain(groups()[1][:, group])
    return estimate_quantile(respondents()["overall"].to_numpy(), domain, probability=p).estimate


def raking() -> list[Agreement]:
    """Compare raked and trimmed weights, and means with the raking known and taken as fixed."""
    answers, found = read_json("kto_raking"), []
    targets = answers["meta"]["targets"]
    for wave in WAVES:
        r = answers[str(wave)]
        rows = respondents().set_index("id").loc[r["id"]]
        labels = {name: rows[name].to_numpy() for name in targets}
        made = rake(labels, targets)
        prove_margins(made.weights, labels, targets, tolerance=1e-12)
        found.append(agree("kto_raking", f"{wave} weights", r["weights"], made.weights))
        trimmed = trim(made.weights, lower=0.3, upper=3.0)
        found.append(agree("kto_raking", f"{wave} trimmed", r["trimmed_03_3"], trimmed))
        c = made.certificate
        kish = [c.respondents, (made.weights > 0).sum(), c.total, c.effective_base, c.deff]
        found.append(agree("kto_raking", f"{wave} kish", list(r["kish"].values()), kish))
        known = Design(made.weights, calibration=made.calibration)
        found += _overall(f"{wave} raking known", r["mean_overall_raked_design"][0], rows, known)
        fixed = Design(made.weights)
        found += _overall(f"{wave} weights fixed", r["mean_overall_weights_as_fixed"][0], rows, fixed)
        deff = estimate_means(rows["overall"].to_numpy(), None, fixed).deff
        found.append(agree("kto_raking", f"{wave} deff", r["deff"], deff[0, 0]))
    return found


def _overall(part: str, r: dict, rows: pd.DataFrame, with_design: Design) -> list[Agreement]:
    marks = rows["overall"].to_numpy()
    t = estimate_means(marks, None, with_design, quantile="design")
    z = estimate_means(marks, None, with_design, quantile="normal")
    ours = [t.estimate, t.se, z.ci_low, z.ci_high, t.ci_low, t.ci_high]
    names = ("est", "se", "lo_z", "hi_z", "lo_t", "hi_t")
    return [
        agree("kto_raking", part, [r[name] for name in names], [x[0, 0] for x in ours]),
        agree("kto_raking", f"{part} df", r["df"], with_design.degf),
    ]


def drivers_correlations() -> list[Agreement]:
    """Compare correlations of each aspect with the overall mark."""
    rows, found = pd.DataFrame(read_json("kto_drivers")["correlation"]), []
    data = respondents()
    for (name, wave), part in rows.groupby(["design", "wave"]):
        domain = design(name).domain(data["wave"] == wave)
        first = data[part["item"].tolist()].to_numpy(float)
        r = correlations(first, np.repeat(data[["overall"]].to_numpy(float), len(part), axis=1), domain)
        ours = {"n": r.base, "r": r.estimate, "se": r.se}
        found += [agree("kto_drivers", f"{name} {wave} {x}", part[x], values) for x, values in ours.items()]
    return found


def regressions() -> list[Agreement]:
    """Compare linear regressions: eight drivers, one driver at a time, and waves x groups."""
    answers, data, found = read_json("kto_drivers"), respondents(), []
    marks = data["overall"].to_numpy(float)
    for name, by_wave in answers["svyglm"].items():
        for wave, r in by_wave.items():
            domain = design(name) if wave == "all" else design(name).domain(data["wave"] == int(wave))
            fit = regress(marks, data[answers["meta"]["drivers8"]].to_numpy(float), domain)
            found += _fit(f"{name} glm {wave}", r, fit)
            found.append(agree("kto_drivers", f"{name} glm {wave} n", r["n"], fit.base))
        x = _waves_by_groups(data)
        found += _fit(
            f"{name} glm wave x group", answers["svyglm_wave_by_group"][name], regress(marks, x, design(name))
        )
    for row in answers["correlation"]:
        domain = design(row["design"]).domain(data["wave"] == row["wave"])
        fit = regress(marks, data[row["item"]].to_numpy(float), domain)
        ours = [fit.coefficients.estimate[1], fit.coefficients.se[1], fit.t[1], fit.p[1]]
        wanted = [row[x] for x in ("slope", "slope_se", "t", "p")]
        found.append(agree("kto_drivers", f"{row['design']} {row['wave']} {row['item']} slope", wanted, ours))
    return found


def binomial_regressions() -> list[Agreement]:
    """Compare coefficients of a top three score on its drivers; R's se comes from a round before the last."""
    data, found = respondents(), []
    top = np.where(data["overall"].isna(), np.nan, data["overall"] >= 8)
    for name, r in read_json("kto_drivers")["svyglm_quasibinomial_top3"].items():
        drivers = data[[row["term"] for row in r["rows"][1:]]].to_numpy(float)
        fit = regress(top, drivers, design(name).domain(data["wave"] == 2025), family="binomial")
        wanted = [*(row["est"] for row in r["rows"]), r["df_resid"], r["df_design"]]
        ours = [*fit.coefficients.estimate, fit.df, fit.coefficients.degf[0]]
        found.append(agree("kto_drivers", f"{name} binomial", wanted, ours))
    return found


def _waves_by_groups(data: pd.DataFrame) -> np.ndarray:
    wave = [(data["wave"] == w).to_numpy(float) for w in WAVES[1:]]
    group = [(data["group"] == g).to_numpy(float) for g in sorted(data["group"].unique())[1:]]
    return np.column_stack([*wave, *group, *(w * g for g in group for w in wave)])


def _fit(part: str, r: dict, fit: Regression) -> list[Agreement]:
    c = fit.coefficients
    wanted = [row[x] for row in r["rows"] for x in ("est", "se", "t", "p")]
    ours = np.column_stack([c.estimate, c.se, fit.t, fit.p]).reshape(-1)
    return [
        agree("kto_drivers", part, wanted, ours),
        agree("kto_drivers", f"{part} vcov", r["vcov"], c.covariance),
        agree("kto_drivers", f"{part} df", [r["df_resid"], r["df_design"]], [fit.df, c.degf[0]]),
    ]


def everything() -> list[Agreement]:
    """Compare all that the project's own reference files hold for this engine."""
    parts = (
        means,
        proportions,
        group_vs_rest,
        wave_vs_wave,
        design_effects,
        raking,
        drivers_correlations,
        regressions,
        binomial_regressions,
    )
    return [agreement for part in parts for agreement in part()]
