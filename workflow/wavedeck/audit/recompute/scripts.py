"""SPSS syntax and an R script for one figure, with the rows that both read."""

from __future__ import annotations

import csv
from pathlib import Path

from wavedeck.audit.recompute.figure import ROW_COLUMNS, FigureRows


def write_rows(figure: FigureRows, path: Path) -> None:
    """Write the rows behind a figure as CSV; TRUE and FALSE are 1 and 0."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(ROW_COLUMNS)
        for row in figure.rows:
            writer.writerow([_plain(value) for value in row])


def _plain(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return int(value)
    return repr(value) if isinstance(value, float) else value


def spss_syntax(figure: FigureRows, rows: Path) -> str:
    """Return syntax that makes a figure from its rows.

    SPSS counts weights as frequencies: the mean is right, its standard error is not, so only the mean and
    the bases are asked for.
    """
    answers = max((len(str(row[6])) for row in figure.rows if row[6] is not None), default=1)
    return "\n".join(
        [
            f"* {figure.address}.",
            f"GET DATA /TYPE=TXT /FILE='{rows.name}' /ENCODING='UTF8' /DELIMITERS=',' /QUALIFIER='\"'",
            "  /ARRANGEMENT=DELIMITED /FIRSTCASE=2",
            "  /VARIABLES=row F8.0 id A64 cell A64 weight F20.16 included F1.0 in_group F1.0",
            f"  answer A{max(answers, 1)} score_made F20.12 cluster A64 stratum A64.",
            *_score_lines(figure),
            "SELECT IF (included = 1 AND in_group = 1 AND answer <> '').",
            "* Unweighted base.",
            "WEIGHT OFF.",
            "DESCRIPTIVES VARIABLES=score /STATISTICS=MEAN.",
            "* Weighted base and estimate.",
            "WEIGHT BY weight.",
            f"COMPUTE score = {figure.scale:g} * score.",
            "MEANS TABLES=score /CELLS=MEAN COUNT.",
            *_stored(figure, "* In the store: {}."),
            "",
        ]
    )


def _score_lines(figure: FigureRows) -> list[str]:
    if figure.scores is None:
        return ["COMPUTE score = NUMBER(answer, F20.12)."]
    lines = ["COMPUTE score = 0."]
    return lines + [f"IF (answer = '{answer}') score = {score:g}." for answer, score in figure.scores.items()]


def r_script(figure: FigureRows, rows: Path, *, method: str) -> str:
    """Return an R script that makes a figure from its rows with `survey`, with its standard error.

    Parameters
    ----------
    method
        How weights were made: after cell weighting the variance knows the cells.
    """
    lines = [
        f"# {figure.address}",
        "suppressMessages(library(survey))",
        f"d <- read.csv('{rows.name}', colClasses = c(answer = 'character', id = 'character'))",
        "d <- d[d$included == 1, ]",
        "plain <- svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, data = d, nest = TRUE)",
        "design <- plain",
    ]
    if method == "cell":
        lines += [
            "cells <- setdiff(unique(d$cell), '')",
            "names <- paste0('cell', seq_along(cells))",
            "for (k in seq_along(cells)) d[[names[k]]] <- as.numeric(d$cell == cells[k])",
            "plain <- svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, data = d, nest = TRUE)",
            "totals <- colSums(d$weight * as.matrix(d[names]))",
            "design <- calibrate(plain, as.formula(paste('~ 0 +', paste(names, collapse = ' + '))), totals)",
        ]
    return "\n".join(
        [
            *lines,
            "found <- svymean(~score, subset(design, in_group == 1), na.rm = TRUE)",
            "counted <- d$in_group == 1 & !is.na(d$score)",
            f"scale <- {figure.scale:g}",
            "cat(sprintf('estimate %.15g\\nse %.15g\\n', scale * coef(found), scale * SE(found)))",
            "cat(sprintf('base %d\\nweighted_base %.15g\\n', sum(counted), sum(d$weight[counted])))",
            *_stored(figure, "# In the store: {}"),
            "",
        ]
    )


def _stored(figure: FigureRows, line: str) -> list[str]:
    fields = ("estimate", "se", "base", "weighted_base")
    told = ", ".join(f"{one} {figure.stored[one]:.12g}" for one in fields if one in figure.stored)
    return [line.format(told)]
