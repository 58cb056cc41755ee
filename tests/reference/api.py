"""Our figures on R's api data beside R's; the files stay outside the project."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from reference.agreement import LOGIT, RELATIVE, Agreement, agree, read_data, read_json
from wavedeck.stats.association import variances
from wavedeck.stats.cells import estimate_means
from wavedeck.stats.chisquare import check_independence
from wavedeck.stats.comparisons import Comparisons, compare_groups, compare_with_value
from wavedeck.stats.design import Design
from wavedeck.stats.linearised import Estimates, means, ratios, totals
from wavedeck.stats.quantiles import estimate_quantile
from wavedeck.stats.regression import Regression, regress
from wavedeck.stats.shares import share_interval
from wavedeck.weighting.calibration import calibrate
from wavedeck.weighting.cells import poststratify
from wavedeck.weighting.raking import rake
from wavedeck.weighting.result import Weighted
from wavedeck.weighting.trimming import trim

OPTIONS = {
    "srs": {"fpc": "fpc"},
    "srs_wr": {},
    "strat": {"strata": "stype", "fpc": "fpc"},
    "strat_wr": {"strata": "stype"},
    "strat_wonly": {},
    "clus1": {"clusters": "dnum", "fpc": "fpc"},
    "clus1_wr": {"clusters": "dnum"},
}
SCORES = ["api00", "api99", "enroll", "meals", "ell", "mobility"]
TYPES = ["E", "H", "M"]


def design_of(name: str, data: pd.DataFrame, weights: np.ndarray | None = None, **more: object) -> Design:
    """Return the design of R's script, with its own or other weights."""
    options = {option: data[column].to_numpy() for option, column in OPTIONS[name].items()}
    return Design(data["pw"].to_numpy() if weights is None else weights, **options, **more)


def _rows(part: list[dict], *names: str) -> list[float]:
    return [np.nan if row[name] is None else row[name] for row in part for name in names]


def _interleaved(*columns: object) -> np.ndarray:
    return np.column_stack([np.asarray(c, dtype=float) for c in columns]).reshape(-1)


def _statistics(
    part: str, r: list[dict], ours: Estimates, design: Design, file: str = "api_estimates"
) -> list[Agreement]:
    low_z, high_z = ours.interval(quantile="normal")
    low_t, high_t = ours.interval(quantile="design")
    columns = (ours.estimate, ours.se, low_z, high_z, np.full(len(ours.se), design.degf), low_t, high_t)
    names = ("est", "se", "lo_z", "hi_z", "df", "lo_t", "hi_t")
    return [agree(file, part, _rows(r, *names), _interleaved(*columns))]


def _finite(deff: np.ndarray, n: float, total: float) -> np.ndarray:
    return deff * total / (total - n)


def _keep(data: pd.DataFrame, columns: list[str]) -> np.ndarray:
    """Return numbers, with whole rows missing as R's formula interface leaves them out."""
    return data[columns].where(data[columns].notna().all(axis=1)).to_numpy(float)


def _dummies(data: pd.DataFrame, column: str, levels: list[str]) -> np.ndarray:
    return (data[column].to_numpy()[:, None] == np.array(levels)).astype(float)


def estimates(folder: Path) -> list[Agreement]:
    """Compare everything in api_estimates that the engine covers."""
    answers, found = read_json("api_estimates", folder=folder / "expected")["designs"], []
    for name in OPTIONS:
        r = answers[name]
        data = read_data(r["data"].removesuffix(".csv"), folder=folder / "data")
        parts = (_means, _factors, _totals, _groups, _spread, _shares, _tests, _independence, _regressions)
        found += [a for part in parts for a in part(name, r, data, design_of(name, data))]
    return found


def _means(name: str, r: dict, data: pd.DataFrame, d: Design) -> list[Agreement]:
    file, listwise = "api_estimates", means(_keep(data, SCORES), d)
    two = means(_keep(data, ["api00", "enroll"]), d)
    n, total = listwise.positive_base[0], listwise.weighted_base[0]
    kish = [d.n, (d.weights > 0).sum(), d.weights.sum(), d.weights.sum() ** 2 / (d.weights**2).sum()]
    kish.append(d.n / kish[-1])
    three = means(_keep(data, ["api00", "api99", "enroll"]), d)
    return [
        agree(file, f"{name} degf n", [r["degf"], r["n"]], [d.degf, d.n]),
        agree(file, f"{name} kish", list(r["kish"].values()), kish),
        *_statistics(f"{name} mean", r["mean"], listwise, d),
        agree(file, f"{name} deff", _rows(r["mean"], "deff"), _finite(listwise.deff, n, total)),
        *_statistics(f"{name} mean2", r["mean_deff_replace"], two, d),
        agree(file, f"{name} deff replace", _rows(r["mean_deff_replace"], "deff"), two.deff),
        agree(file, f"{name} covariance", r["mean_vcov"], three.covariance),
    ]


def _factors(name: str, r: dict, data: pd.DataFrame, d: Design) -> list[Agreement]:
    yes_no = [_dummies(data, column, ["No", "Yes"]) for column in ("awards", "sch.wide")]
    types = _dummies(data, "stype", TYPES)
    return [
        *_statistics(f"{name} factors", r["mean_factor"], means(np.column_stack([types, *yes_no]), d), d),
        *_statistics(f"{name} factor totals", r["total_factor"], totals(types, d), d),
    ]


def _totals(name: str, r: dict, data: pd.DataFrame, d: Design) -> list[Agreement]:
    t = totals(_keep(data, ["enroll", "api.stu"]), d)
    ratio = ratios(data["api.stu"].to_numpy(), data["enroll"].to_numpy(), d)
    deff = _finite(t.deff, t.positive_base[0], t.weighted_base[0])
    return [
        *_statistics(f"{name} totals", r["total"], t, d),
        agree("api_estimates", f"{name} total deff", _rows(r["total"], "deff"), deff),
        *_statistics(f"{name} ratio", r["ratio_apistu_enroll"], ratio, d),
    ]


def _groups(name: str, r: dict, data: pd.DataFrame, d: Design) -> list[Agreement]:
    values = (
        data[["api00", "enroll"]]
        .assign(yes=data["awards"] == "Yes", no=data["awards"] == "No")
        .to_numpy(float)
    )
    keys = [(s, a) for a in (None, "No", "Yes") for s in TYPES]
    member = np.column_stack([(data["stype"] == s) & ((data["awards"] == a) | (a is None)) for s, a in keys])
    c = estimate_means(values, member, d)
    at = {(s if a is None else f"{s}.{a}"): i for i, (s, a) in enumerate(keys)}
    found = []
    for part, column in (("by_stype_mean_api00", 0), ("by_stype_awards_mean_enroll", 1)):
        rows = [at[row["key"]] for row in r[part]]
        ours = _interleaved(c.estimate[rows, column], c.se[rows, column])
        found.append(agree("api_estimates", f"{name} {part}", _rows(r[part], "est", "se"), ours))
    rows = [at[row["key"]] for row in r["by_stype_prop_awards"]]
    ours = _interleaved(c.estimate[rows, 3], c.estimate[rows, 2], c.se[rows, 3], c.se[rows, 2])
    wanted = _rows(r["by_stype_prop_awards"], "No", "Yes", "se_No", "se_Yes")
    found.append(agree("api_estimates", f"{name} by_stype_prop_awards", wanted, ours))
    by = [
        totals(data["enroll"].to_numpy(), d.domain(data["stype"] == row["key"]))
        for row in r["by_stype_total_enroll"]
    ]
    ours = _interleaved([t.estimate[0] for t in by], [t.se[0] for t in by])
    found.append(
        agree("api_estimates", f"{name} by total", _rows(r["by_stype_total_enroll"], "est", "se"), ours)
    )
    return found


def _spread(name: str, r: dict, data: pd.DataFrame, d: Design) -> list[Agreement]:
    x = _keep(data, ["api00", "api99", "ell"])
    first, second = np.divmod(np.arange(9), 3)
    v = variances(x[:, first], x[:, second], d)
    matrix = v.estimate.reshape(3, 3)
    size = np.sqrt(np.diag(matrix))
    quantiles = [estimate_quantile(data["api00"].to_numpy(), d, probability=p) for p in (0.25, 0.5, 0.75)]
    ours = [x for q in quantiles for x in (q.estimate, q.ci_low, q.ci_high, q.se)]
    return [
        agree("api_estimates", f"{name} variance", r["var_matrix"], matrix),
        agree("api_estimates", f"{name} variance se", r["var_se"], v.se.reshape(3, 3)),
        agree("api_estimates", f"{name} correlation", r["cor_matrix"], matrix / np.outer(size, size)),
        agree(
            "api_estimates", f"{name} quantiles", _rows(r["quantile_api00"], "est", "lo", "hi", "se"), ours
        ),
    ]


def _shares(name: str, r: dict, data: pd.DataFrame, d: Design) -> list[Agreement]:
    m, found = means((data["ell"] == 0).to_numpy(float), d), []
    for method, answer in r["ciprop_ell0"].items():
        if method == "likelihood":
            continue
        low, high = share_interval(
            m.estimate, m.se, degf=m.degf, n=m.base, method="logit" if method == "xlogit" else method
        )
        ours = [m.estimate[0], m.se[0], low[0], high[0]]
        value = answer["value"]
        limit = LOGIT if method == "logit" else RELATIVE
        wanted = [value["est"], value["se"], *value["ci"]]
        found.append(agree("api_estimates", f"{name} share {method}", wanted, ours, relative=limit))
    return found


def _ttest(part: str, r: dict, ours: Comparisons, file: str = "api_estimates") -> Agreement:
    r = r.get("value", r)
    wanted = [r["stat"], *r["df"].values(), r["p"], r["est"], *r["ci"]]
    columns = ("t", "df", "p", "difference", "ci_low", "ci_high")
    return agree(file, part, wanted, [getattr(ours, column).reshape(-1)[0] for column in columns])


def _tests(name: str, r: dict, data: pd.DataFrame, d: Design) -> list[Agreement]:
    values = data[["api00", "enroll"]].to_numpy(float)
    improved, school = data["comp.imp"].to_numpy() == "Yes", data["stype"].to_numpy() == "E"
    c = estimate_means(values, np.column_stack([improved, ~improved, school, ~school]), d)
    limits = {"minimum_base": 2}
    by_improved = compare_groups(c, [0], [1], **limits)
    found = [_ttest(f"{name} t api00", r["ttest_api00_compimp"], by_improved)]
    enroll = compare_groups(estimate_means(values[:, 1], c.data.groups, d), [0], [1], **limits)
    found.append(_ttest(f"{name} t enroll", r["ttest_enroll_compimp"], enroll))
    paired = compare_with_value(estimate_means(data["api00"] - data["api99"], None, d), 0.0, **limits)
    found.append(_ttest(f"{name} t paired", r["ttest_paired_api00_api99"], paired))
    found.append(_ttest(f"{name} t rest", r["ttest_group_E_vs_rest"], compare_groups(c, [2], [3], **limits)))
    return found


def _independence(name: str, r: dict, data: pd.DataFrame, d: Design) -> list[Agreement]:
    def code(column: str) -> np.ndarray:
        return np.unique(data[column], return_inverse=True)[1].astype(float)

    def compare(answer: dict, columns: tuple[str, str], statistic: str) -> Agreement:
        t = check_independence(code(columns[0]), code(columns[1]), d, statistic=statistic)  # type: ignore[arg-type]
        wanted = [answer["stat"], *answer["df"].values(), answer["p"]]
        ours = [t.value, t.df, t.p] if statistic == "Chisq" else [t.value, t.df, t.ddf, t.p]
        return agree("api_estimates", f"{name} {statistic} {columns[1]}", wanted, ours)

    found = [
        compare(answer, ("sch.wide", "stype"), statistic)
        for statistic, answer in r["chisq_schwide_stype"].items()
        if statistic in {"F", "Chisq", "Wald", "adjWald"}
    ]
    return [*found, compare(r["chisq_schwide_compimp_F"], ("sch.wide", "comp.imp"), "F")]


def _fit(part: str, r: dict, fit: Regression) -> list[Agreement]:
    c = fit.coefficients
    return [
        agree(
            "api_estimates",
            part,
            _rows(r["rows"], "est", "se", "t", "p"),
            _interleaved(c.estimate, c.se, fit.t, fit.p),
        ),
        agree("api_estimates", f"{part} vcov", r["vcov"], c.covariance),
        agree("api_estimates", f"{part} df", r["df_resid"], fit.df),
    ]


def _regressions(name: str, r: dict, data: pd.DataFrame, d: Design) -> list[Agreement]:
    x = data[["ell", "meals", "mobility"]].to_numpy(float)
    found = _fit(f"{name} glm", r["glm_api00"], regress(data["api00"].to_numpy(float), x, d))
    rows = r["glm_quasibin_schwide"]["rows"]
    drivers = data[[row["term"] for row in rows[1:]]].to_numpy(float)
    fit = regress((data["sch.wide"] == "Yes").to_numpy(float), drivers, d, family="binomial")
    label = f"{name} binomial"
    return [*found, agree("api_estimates", label, _rows(rows, "est"), fit.coefficients.estimate)]


def weighting(folder: Path) -> list[Agreement]:
    """Compare everything in api_weighting: weights, and figures after weighting."""
    answers, found = read_json("api_weighting", folder=folder / "expected"), []
    for name in ("clus1", "clus1_wr", "srs", "srs_wr", "strat_wr"):
        r = answers[name]
        data = read_data(r["data"].removesuffix(".csv"), folder=folder / "data")
        for part, made in _weightings(data, answers["meta"]).items():
            found += _after(name, part, r, data, made)
        found += _trimmed(name, r)
    return found


def _weightings(data: pd.DataFrame, meta: dict) -> dict[str, Weighted]:
    size, start = 6194.0, data["pw"].to_numpy()
    names = {"stype": "pop_stype", "sch.wide": "pop_schwide", "comp.imp": "pop_compimp"}
    targets = {c: {row[c]: row["Freq"] / size for row in meta[n]} for c, n in names.items()}
    labels = {c: data[c].to_numpy() for c in names}
    two = ("stype", "sch.wide")

    def raked(columns: tuple[str, ...]) -> Weighted:
        return rake(
            {c: labels[c] for c in columns}, {c: targets[c] for c in columns}, start=start, total=size
        )

    one, types = np.ones((len(data), 1)), _dummies(data, "stype", ["H", "M"])
    by_type = np.column_stack([one, types, _dummies(data, "sch.wide", ["Yes"])])
    known = {"all": size, "H": 755.0, "M": 1018.0, "wide": 5122.0}
    scored = np.column_stack([one, types, data["api99"].to_numpy(float)])
    scores = {"all": size, "H": 755.0, "M": 1018.0, "api99": 3914069.0}
    return {
        "rake_tight_2": raked(two),
        "rake_tight_3": raked((*two, "comp.imp")),
        "postStratify_stype": poststratify(labels["stype"], targets["stype"], start=start, total=size),
        "calibrate_linear": calibrate(by_type, known, start=start),
        "calibrate_raking": calibrate(by_type, known, start=start, method="raking"),
        "calibrate_linear_api99": calibrate(scored, scores, start=start),
        "calibrate_raking_api99": calibrate(scored, scores, start=start, method="raking"),
        "calibrate_logit_bounded": calibrate(scored, scores, start=start, method="logit", bounds=(0.5, 2.5)),
        "calibrate_linear_bounded": calibrate(scored, scores, start=start, bounds=(0.6, 1.6)),
    }


def _after(name: str, part: str, r: dict, data: pd.DataFrame, made: Weighted) -> list[Agreement]:
    file, answer, label = "api_weighting", r[part], f"{name} {part}"
    d = design_of(name, data, made.weights, calibration=made.calibration)
    x = np.column_stack(
        [
            _keep(data, ["api00", "enroll"]),
            _dummies(data, "stype", TYPES),
            _dummies(data, "sch.wide", ["No", "Yes"]),
        ]
    )
    types = _dummies(data, "stype", [row["key"] for row in answer["by_stype"]]) > 0
    c = estimate_means(data["api00"].to_numpy(float), types, d)
    ours = _interleaved(c.estimate[:, 0], c.se[:, 0])
    k = made.certificate
    found = [
        agree(file, f"{label} weights", answer["weights"], made.weights),
        *_statistics(f"{label} mean", _known_margins(label, answer["mean"]), means(x, d), d, file),
        *_statistics(f"{label} total", answer["total"], totals(data["enroll"].to_numpy(float), d), d, file),
        agree(file, f"{label} groups", _rows(answer["by_stype"], "est", "se"), ours),
        agree(
            file,
            f"{label} kish",
            list(answer["kish"].values()),
            [d.n, d.n, k.total, k.effective_base, k.deff],
        ),
    ]
    if f"{part}_weights_as_fixed" in r:
        fixed = Design(made.weights, clusters=d.clusters)
        found += _statistics(
            f"{label} fixed",
            r[f"{part}_weights_as_fixed"],
            means(_keep(data, ["api00", "enroll"]), fixed),
            fixed,
            file,
        )
    return found


def _known_margins(label: str, rows: list[dict]) -> list[dict]:
    """Leave out the se of the margin raked last in one design: R gives 0 there and 1e-10 in its twin."""
    if label != "srs rake_tight_2":
        return rows
    return [{**row, "se": None} if row["name"].startswith("sch.wide") else row for row in rows]


def _trimmed(name: str, r: dict) -> list[Agreement]:
    if "weights" not in r["trim"]:
        return []
    trimmed = trim(r["rake_tight_3"]["weights"], lower=r["trim"]["lower"], upper=r["trim"]["upper"])
    return [agree("api_weighting", f"{name} trim", r["trim"]["weights"], trimmed)]


def everything(folder: Path) -> list[Agreement]:
    """Compare all that the shared api files hold for this engine."""
    return [*estimates(folder), *weighting(folder)]
