"""Recompute the store of a report: every wave and part from its raw file, then the comparison."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from wavedeck.audit.ledger import AuditError
from wavedeck.audit.recompute.averages import average_results, make_averages, make_members, make_values
from wavedeck.audit.recompute.cleaning import (
    apply_routing,
    apply_rules,
    make_answers,
    name_respondents,
)
from wavedeck.audit.recompute.coding import add_codes
from wavedeck.audit.recompute.compare import add_changes, compare, load_stored
from wavedeck.audit.recompute.conditions import Columns
from wavedeck.audit.recompute.followers import add_followers
from wavedeck.audit.recompute.groups import make_people
from wavedeck.audit.recompute.impact import Aside, Rows, recompute_impact
from wavedeck.audit.recompute.mentions import mention_results, range_results
from wavedeck.audit.recompute.others import (
    declared_results,
    difference_averages,
    difference_results,
    plan_differences,
    union,
)
from wavedeck.audit.recompute.plan import make_plan
from wavedeck.audit.recompute.r_study import FOLDER, add_r_results, r_is_there, run_r, write_r
from wavedeck.audit.recompute.sql import Session, name, text
from wavedeck.audit.recompute.tables import compare_tables, keep_checks, start_tables
from wavedeck.audit.recompute.verbatim import read_verbatim
from wavedeck.audit.recompute.weights import make_weights
from wavedeck.study.load import Study

SQL_ROUTE, IMPACT_ROUTE = "sql", "sql and formula"


@dataclass(frozen=True)
class Files:
    """Where a study stands and what was built of it.

    Attributes
    ----------
    root
        Folder that holds config/ and data/.
    study
        Name of the study.
    """

    root: Path
    study: str

    def part(self, wave: str, part: str) -> Path:
        """Return the folder of one wave of one part."""
        return self.wave(wave) / part

    def wave(self, wave: str) -> Path:
        """Return the folder of one wave's report."""
        return self.root / "data" / "processed" / self.study / wave


def recompute_wave(
    session: Session, study: Study, files: Files, wave: str, *, with_r: bool = False
) -> list[Path]:
    """Recompute the store of a wave's report; leaves the tables ``outcome`` and ``table_check``.

    Parameters
    ----------
    with_r
        Whether R scripts are written out, run where R is there, and compared.

    Returns
    -------
    list of Path
        Folders with R scripts.

    Raises
    ------
    AuditError
        When something that was built is not there.
    """
    folder = files.wave(wave)
    stored = [folder / f"full_{one}.parquet" for one in ("figures", "comparisons")]
    for path in stored:
        if not path.is_file():
            raise AuditError(f"{path}: is not there; build the figures first")
    start(session, *stored)
    asides: list[Aside] = []
    scripts: list[Path] = []
    for one in study.waves_until(wave):
        for part in study.parts_in(one):
            recompute_part(session, study, files, asides, part=part, wave=one)
            folder = files.part(one, part) / FOLDER
            if with_r and write_r(session, study, folder, part=part):
                scripts.append(folder)
    if scripts and r_is_there():
        for folder in scripts:
            add_r_results(session, run_r(folder))
    add_changes(session, list(_pairs(study, wave)))
    add_followers(session)
    compare(session, asides)
    return scripts


def start(session: Session, figures: Path, comparisons: Path) -> None:
    """Load the store, and make the tables that the parts fill."""
    load_stored(session, figures, comparisons)
    session.run(
        "CREATE OR REPLACE TABLE recomputed(address VARCHAR, field VARCHAR, value DOUBLE, route VARCHAR)"
    )
    start_tables(session)


def recompute_part(
    session: Session,
    study: Study,
    files: Files,
    asides: list[Aside],
    *,
    part: str,
    wave: str,
    only: Collection[str] | None = None,
) -> None:
    """Recompute the figures of one wave of one part into the table ``recomputed``.

    Parameters
    ----------
    asides
        Gets the analyses that are left out.
    only
        Questions that are read; all when left out, and then respondents and weights are compared too.
    """
    schema = name(f"{part} {wave}")
    session.run(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    session.run(f"SET search_path = {text(f'{schema},main')}")
    columns = make_respondents(session, study, files.root, part=part, wave=wave, only=only)
    stored = files.part(wave, part) / "weights.parquet"
    checks = make_weights(session, study, columns, part=part, root=files.root, stored=stored)
    keep_checks(session, checks, part=part, wave=wave)
    if only is None:
        compare_tables(session, files.part(wave, part), part=part, wave=wave)
    plan = make_plan(study, columns, part=part, wave=wave)
    averages, joins = difference_averages(plan_differences(study, plan))
    plan.averages += averages
    make_members(session, study, columns, plan, files.root)
    make_values(session, plan)
    make_averages(session, study, plan)
    rows, left_out = recompute_impact(session, study, plan)
    asides += left_out
    clusters = study.settings.parts[part].design.clusters
    queries = [
        *declared_results(study, part, wave),
        *difference_results(joins, part, wave),
        *mention_results(study, part, wave, clusters=clusters),
    ]
    sides = "regexp_matches(address, '/(a|b|either) [0-9]+/')"
    own = f"SELECT * FROM ({average_results()}) WHERE NOT {sides}"
    _insert(session, [own, *queries])
    _insert_rows(session, rows)
    _insert(session, list(range_results(study, part, wave)))


def _insert(session: Session, queries: Sequence[str]) -> None:
    session.run(
        f"INSERT INTO main.recomputed\nSELECT address, field, value, {text(SQL_ROUTE)} FROM "
        f"(\n{union(queries)}) "
        "WHERE address <> ''"
    )


def _insert_rows(session: Session, rows: Rows) -> None:
    addresses, fields, values = zip(*rows, strict=True) if rows else ((), (), ())
    found = pa.table(
        {
            "address": pa.array(addresses, pa.string()),
            "field": pa.array(fields, pa.string()),
            "value": pa.array(values, pa.float64()),
        }
    )
    session.load("impact_row", found)
    session.run(
        f"INSERT INTO main.recomputed\nSELECT address, field, value, {text(IMPACT_ROUTE)} FROM impact_row "
        "WHERE NOT isnan(value)"
    )


def make_respondents(
    session: Session,
    study: Study,
    root: Path,
    *,
    part: str,
    wave: str,
    only: Collection[str] | None = None,
) -> Columns:
    """Make the table ``people`` of one wave of one part from its raw file."""
    settings, file = study.settings.parts[part], study.raw_file(part, wave)
    known = study.codebook.questions(part, wave)
    questions = [one for one in known if not one.coded_from and (only is None or one.name in only)]
    needed = None if only is None else {column for one in questions for column in one.raw_columns}
    raw = read_verbatim(session, root / file, file=file, source=settings.source, wave=wave, only=needed)
    columns = make_answers(session, questions, raw, study.cleaning)
    apply_rules(session, questions, columns, study.cleaning, part=part, wave=wave)
    name_respondents(session, settings.id, columns, study.cleaning)
    apply_routing(session, questions, columns, study.cleaning)
    add_codes(session, study, root, columns, part=part, wave=wave)
    make_people(session, study, columns, part=part)
    return columns


def _pairs(study: Study, wave: str) -> Iterator[tuple[str, str, str]]:
    waves, stated = study.waves_until(wave), study.settings.tests.stated_wave
    for place, one in enumerate(waves):
        if place:
            yield "previous", one, waves[place - 1]
        if stated in waves[:place]:
            yield "stated", one, str(stated)
