"""Our figures beside R's own on clusters, panels, raked designs, multiple response and independence.

`more.R` made the answers on the same KTO respondents.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from reference.agreement import Agreement, agree, read_json
from reference.kto import ASPECTS, ITEMS, WAVES, respondents
from wavedeck.stats.cells import Cells, estimate_means
from wavedeck.stats.chisquare import check_independence
from wavedeck.stats.comparisons import Comparisons, compare_groups, compare_with_rest
from wavedeck.stats.design import Design
from wavedeck.stats.linearised import means, mention_shares, totals
from wavedeck.weighting.calibration import calibrate
from wavedeck.weighting.raking import rake
from wavedeck.weighting.result import Weighted

TARGETS = {"gender": {"m": 48.0, "f": 50.0, "x": 2.0}, "role": {"applicant": 70.0, "sponsor": 30.0}}
FILE = "kto_more"


@cache
def answers() -> dict:
    """Return R's answers."""
    return read_json(FILE)


@cache
def people() -> pd.DataFrame:
    """Return the respondents with invented clusters and persons."""
    data = respondents()
    return data.assign(area=data["id"] % 97, person=data["id"] % 1400)


@cache
def weighted(name: str) -> Weighted:
    """Return the weights that R raked or calibrated."""
    data = people()
    if name == "greg":
        columns = [
            np.ones(len(data)),
            data["gender"] == "m",
            data["gender"] == "x",
            data["role"] == "sponsor",
        ]
        n = float(len(data))
        known = {"all": n, "m": n * 0.48, "x": n * 0.02, "sponsor": n * 0.3}
        return calibrate(np.column_stack(columns), known, start=data["wx"].to_numpy())
    return rake({c: data[c].to_numpy() for c in TARGETS}, TARGETS)


@cache
def design(name: str) -> Design:
    """Return one of the designs of `more.R`."""
    data, areas = people(), {}
    if "cluster" in name:
        areas = {"clusters": people()["area"].to_numpy(), "strata": people()["wave"].to_numpy()}
    if name in answers()["weights"]:
        made = weighted(name)
        return Design(made.weights, calibration=made.calibration, **areas)
    if name == "panel":
        areas = {"clusters": data["person"].to_numpy()}
    if name == "cells":
        areas = {"strata": data["wave_cell"].to_numpy()}
    return Design(data["wx"].to_numpy(), **areas)


@cache
def groups() -> tuple[list[tuple[int, str]], np.ndarray]:
    """Return wave x group, with totals."""
    data = people()
    keys = [(wave, key) for wave in WAVES for key in ["total", *sorted(data["group"].unique())]]
    member = [(data["wave"] == wave) & ((key == "total") | (data["group"] == key)) for wave, key in keys]
    return keys, np.column_stack(member)


@cache
def cells(name: str) -> Cells:
    """Return all items in all groups and waves."""
    return estimate_means(people()[ITEMS].to_numpy(float), groups()[1], design(name))


def weights() -> list[Agreement]:
    """Compare the weights themselves and the degrees of freedom."""
    found = [
        agree(FILE, f"{name} weights", r, weighted(name).weights) for name, r in answers()["weights"].items()
    ]
    return found + [
        agree(FILE, f"{name} degf", r, design(name).degf) for name, r in answers()["degf"].items()
    ]


def domain_means() -> list[Agreement]:
    """Compare means and standard errors."""
    found = []
    for name, part in pd.DataFrame(answers()["means"]).groupby("design"):
        c = cells(name)
        at = ([groups()[0].index(key) for key in zip(part["wave"], part["key"], strict=True)], _items(part))
        found += [agree(FILE, f"{name} {x}", part[x], y[at]) for x, y in (("mean", c.estimate), ("se", c.se))]
    return found


def _items(part: pd.DataFrame) -> list[int]:
    return [ITEMS.index(item) for item in part["item"]]


def tests() -> list[Agreement]:
    """Compare a group with the rest, and with the wave before."""
    keys, found = groups()[0], []
    within = [keys.index((wave, "total")) for wave, _ in keys]
    for (name, kind), part in pd.DataFrame(answers()["tests"]).groupby(["design", "kind"]):
        now = [keys.index((2025, key)) for key in part["key"]]
        if kind == "rest":
            compared = compare_with_rest(cells(name), within=within, minimum_base=2)
            at = (now, _items(part))
        else:
            first = sorted(set(now))
            before = [keys.index((2023, keys[i][1])) for i in first]
            compared = compare_groups(cells(name), first, before, minimum_base=2)
            at = ([first.index(i) for i in now], _items(part))
        found += _tested(f"{name} {kind}", part, compared, at)
    return found


def _tested(part: str, r: pd.DataFrame, compared: Comparisons, at: tuple) -> list[Agreement]:
    columns = {"diff": "difference", "t": "t", "df": "df", "p": "p"}
    return [agree(FILE, f"{part} {x}", r[x], getattr(compared, y)[at]) for x, y in columns.items() if x in r]


def multiple() -> list[Agreement]:
    """Compare shares of respondents and of mentions, and totals."""
    data, found = people(), []
    channels = [column for column in data if column.startswith("channel_")]
    ticked = data[channels].to_numpy(float)
    for (name, wave, key), part in pd.DataFrame(answers()["multiple"]).groupby(["design", "wave", "key"]):
        domain = design(name).domain(groups()[1][:, groups()[0].index((wave, key))])
        shares, mentions, sums = means(ticked, domain), mention_shares(ticked, domain), totals(ticked, domain)
        ours = {"base": shares.base, "mean": shares.estimate, "se": shares.se, "ratio": mentions.estimate}
        ours |= {"ratio_se": mentions.se, "total": sums.estimate, "total_se": sums.se}
        order = [channels.index(option) for option in part["option"]]
        found += [agree(FILE, f"{name} multiple {x}", part[x], y[order]) for x, y in ours.items()]
    return found


def independence() -> list[Agreement]:
    """Compare Rao-Scott and Wald tests."""
    data, found = people(), []
    for row in pd.DataFrame(answers()["independence"]).itertuples():
        by = np.unique(data[row.by], return_inverse=True)[1].astype(float)
        domain = design(row.design).domain(data["wave"] == 2025)
        t = check_independence(data[row.item].to_numpy(float), by, domain, statistic=row.statistic)
        ours = [t.value, t.df, t.ddf if np.isfinite(row.ddf) else np.nan, t.p]
        label = f"{row.design} {row.statistic} {row.item} {row.by}"
        found.append(agree(FILE, label, [row.value, row.df, row.ddf, row.p], ours))
    return found


def overlap() -> list[Agreement]:
    """Compare two groups that share respondents."""
    data, r = people(), pd.DataFrame(answers()["overlap"])
    now = data["wave"] == 2025
    member = np.column_stack([now & (data["role"] == "applicant"), now & (data["gender"] == "f")])
    c = estimate_means(data[ITEMS].to_numpy(float), member, Design(data["wx"].to_numpy()))
    compared = compare_groups(c, [0], [1], minimum_base=2)
    return _tested("overlap", r, compared, (np.zeros(len(r), dtype=int), _items(r)))


def pairs() -> list[Agreement]:
    """Compare the difference of two items and an index of them, on respondents who answered both."""
    data, found = people(), []
    marks = data[ASPECTS].where(data["wave"] == 2025).to_numpy(float)
    for row in pd.DataFrame(answers()["pairs"]).itertuples():
        two = marks[:, [ASPECTS.index(row.first), ASPECTS.index(row.second)]]
        m = means(np.where(np.isnan(two).any(axis=1, keepdims=True), np.nan, two), design(row.design))
        gap, index = m.difference(0, 1), m.combine([0.3, 0.7])
        ours = [m.covariance[0, 1], gap.estimate[0], gap.se[0], index.estimate[0], index.se[0]]
        wanted = [row.covariance, row.diff, row.diff_se, row.index, row.index_se]
        found.append(agree(FILE, f"{row.design} {row.first} {row.second}", wanted, ours))
    return found


def everything() -> list[Agreement]:
    """Compare all that `more.R` made."""
    parts = (weights, domain_means, tests, multiple, independence, overlap, pairs)
    return [agreement for part in parts for agreement in part()]
