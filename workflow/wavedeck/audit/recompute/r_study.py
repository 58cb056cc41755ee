"""Standard errors by another program: data and an R script for `survey`, run where R is there."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from wavedeck.audit.ledger import AuditError
from wavedeck.audit.recompute.sql import Session, name, text
from wavedeck.study.load import Study

DATA, WANTED, FOUND, SCRIPT = "rows.csv", "wanted.csv", "found.csv", "recompute.R"
FOLDER = "r"
R_ROUTE = "r"
METHODS = ("none", "given", "cell")
R_PROGRAM = r"""# Means, shares, tests against the rest and correlations, by the package survey.
suppressMessages(library(survey))
options(survey.lonely.psu = "LONELY")
d <- read.csv("rows.csv", check.names = FALSE, na.strings = "",
  colClasses = c(cell_ = "character", cluster_ = "character", stratum_ = "character"))
wanted <- read.csv("wanted.csv", colClasses = "character")
made <- function(weights, data = d)
  svydesign(ids = ~cluster_, strata = ~stratum_, weights = weights, data = data, nest = TRUE)
plain <- made(rep(1, nrow(d)))
design <- made(d$weight_)
if ("METHOD" == "cell") {
  cells <- setdiff(unique(d$cell_), NA)
  dummies <- paste0("cell_dummy", seq_along(cells))
  for (place in seq_along(cells)) d[[dummies[place]]] <- as.numeric(d$cell_ %in% cells[place])
  totals <- colSums(d$weight_ * as.matrix(d[dummies]))
  design <- calibrate(made(d$weight_), as.formula(paste("~ 0 +", paste(dummies, collapse = " + "))), totals)
}
correlation <- quote((uv - u * v) / sqrt((uu - u^2) * (vv - v^2)))
one <- function(kind, group, x, y, weighted) {
  use <- if (weighted == "true") design else plain
  use <- update(use, x_ = d[[x]], y_ = if (y == "") 0 else d[[y]], in_ = d[[group]] == 1 & d$included_ == 1)
  if (kind == "mean") {
    found <- svymean(~x_, subset(use, in_), na.rm = TRUE)
    return(c(coef(found), SE(found), NA, NA))
  }
  if (kind == "rest") {
    found <- summary(svyglm(x_ ~ in_, subset(use, !is.na(x_) & included_ == 1)))
    line <- found$coefficients[2, ]
    return(c(line[1:2], found$df.residual, 2 * pt(-abs(line[1] / line[2]), found$df.residual)))
  }
  first <- d[[x]]
  second <- d[[y]]
  use <- update(use, u = first, v = second, uv = first * second, uu = first^2, vv = second^2)
  moments <- svymean(~u + v + uv + uu + vv, subset(use, in_), na.rm = TRUE)
  found <- svycontrast(moments, correlation)
  c(coef(found), SE(found), NA, NA)
}
safely <- function(...) tryCatch(suppressWarnings(one(...)), error = function(problem) rep(NA, 4))
result <- mapply(safely, wanted$kind, wanted$group, wanted$x, wanted$y, wanted$weighted)
scale <- as.numeric(wanted$scale)
digits <- function(values) ifelse(is.na(values), "", sprintf("%.17g", values))
found <- data.frame(address = wanted$address, kind = wanted$kind, estimate = digits(result[1, ] * scale),
  se = digits(result[2, ] * scale), df = digits(result[3, ]), p = digits(result[4, ]))
write.csv(found, "found.csv", row.names = FALSE, quote = 1:2)
"""
SCORED = """SELECT DISTINCT place, answers, numeric FROM figure WHERE answers <> ''"""


def r_is_there() -> bool:
    """Tell whether Rscript with the package survey can be run."""
    program = shutil.which("Rscript")
    if program is None:
        return False
    asked = [program, "-e", "quit(status = !requireNamespace('survey', quietly = TRUE))"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def write_r(session: Session, study: Study, folder: Path, *, part: str) -> bool:
    """Write data, wanted figures and script of the wave of a part that was recomputed last.

    Returns
    -------
    bool
        Whether there is a script: for raked weights there is none, since `survey` would rake anew.
    """
    declared = study.weighting.parts.get(part)
    method = declared.method if declared else "none"
    if method not in METHODS:
        return False
    folder.mkdir(parents=True, exist_ok=True)
    design = study.settings.parts[part].design
    _write_wanted(session, folder / WANTED)
    _write_rows(session, folder / DATA, clusters=design.clusters, strata=design.strata)
    script = R_PROGRAM.replace("METHOD", method).replace("LONELY", design.lonely_strata)
    (folder / SCRIPT).write_text(script, encoding="utf-8")
    return True


def _write_wanted(session: Session, path: Path) -> None:
    columns = "address, 'in ' || \"group\" AS \"group\", 'x' || place AS x, '' AS y, weighted, scale"
    own = "answers <> '' AND NOT regexp_matches(address, '/(a|b|either) [0-9]+/')"
    pairs = ""
    if _has(session, "correlated"):
        pairs = (
            "UNION ALL SELECT 'correlation', address, 'in ' || \"group\", 'm' || driver, 'm' || "
            "outcome, TRUE, 1.0 "
            "FROM correlated"
        )
    query = (
        f"SELECT 'mean' AS kind, {columns} FROM figure WHERE {own} UNION ALL "
        f"SELECT 'rest', {columns} FROM figure WHERE {own} AND \"group\" <> 'all' AND statistic <> "
        "'composition' "
        f"{pairs}"
    )
    session.connection.execute(f"COPY ({query}) TO {text(str(path))} (HEADER)")


def _has(session: Session, table: str) -> bool:
    query = (
        "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() "
        f"AND table_name = {text(table)}"
    )
    return bool(session.rows(query)[0][0])


def _write_rows(session: Session, path: Path, *, clusters: str | None, strata: str | None) -> None:
    cluster = f"CAST({name(clusters)} AS VARCHAR)" if clusters else "CAST(_row AS VARCHAR)"
    stratum = f"CAST({name(strata)} AS VARCHAR)" if strata else "'1'"
    scores = (
        "SELECT _row, 'x' || one.place AS what, CASE WHEN numeric THEN CAST(value.answer AS DOUBLE) ELSE "
        f"coalesce(score, 0) END AS x FROM ({SCORED}) AS one JOIN value USING (answers) LEFT JOIN score "
        "ON score.place = one.place AND score.answer = value.answer"
    )
    if _has(session, "marked"):
        scores += " UNION ALL SELECT _row, 'm' || what, x FROM marked"
    session.connection.execute(
        f"CREATE OR REPLACE TABLE r_wide AS PIVOT ({scores}) ON what USING first(x) GROUP BY _row"
    )
    sides = [row[0] for row in session.rows("DESCRIBE side") if row[0].startswith("in ")]
    flags = ", ".join(f"CAST({name(side)} AS INT) AS {name(side)}" for side in sides)
    session.connection.execute(
        "COPY (SELECT weight AS weight_, cell AS cell_, CAST(included AS INT) AS included_, "
        "cluster_, stratum_, "
        f"{flags}, r_wide.* EXCLUDE (_row)\nFROM weight JOIN side USING (_row) JOIN (SELECT _row, "
        f"{cluster} AS "
        f"cluster_, {stratum} AS stratum_ FROM people) USING (_row) LEFT JOIN r_wide USING (_row) "
        "ORDER BY _row) "
        f"TO {text(str(path))} (HEADER)"
    )


def run_r(folder: Path) -> Path:
    """Run the script of a folder and return its results.

    Raises
    ------
    AuditError
        With what R said, when it stopped.
    """
    program = shutil.which("Rscript") or "Rscript"
    done = subprocess.run([program, SCRIPT], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode or not (folder / FOUND).is_file():
        raise AuditError(f"{folder / SCRIPT}: R stopped: {done.stderr.strip()[-500:]}")
    return folder / FOUND


def add_r_results(session: Session, found: Path) -> None:
    """Add what R found to ``recomputed``: standard errors, and tests against the rest."""
    table = f"read_csv({text(str(found))}, header=true, columns={{{_kinds()}}}, auto_detect=false)"
    for where, field, value in (
        ("kind = 'mean'", "se", "se"),
        ("kind = 'correlation'", "se", "se"),
        ("kind = 'rest'", "rest.se", "se"),
        ("kind = 'rest'", "rest.t", "estimate / se"),
        ("kind = 'rest'", "rest.df", "df"),
        ("kind = 'rest'", "rest.p", "p"),
    ):
        session.connection.execute(
            f"INSERT INTO main.recomputed SELECT found.address, {text(field)}, {value}, {text(R_ROUTE)} "
            f"FROM {table} AS found JOIN main.stored_value AS s ON s.address = found.address AND s.field = "
            f"{text(field)} WHERE {where} AND found.se IS NOT NULL"
        )


def _kinds() -> str:
    kinds = {"address": "VARCHAR", "kind": "VARCHAR"} | dict.fromkeys(("estimate", "se", "df", "p"), "DOUBLE")
    return ", ".join(f"{text(word)}: {text(kind)}" for word, kind in kinds.items())
