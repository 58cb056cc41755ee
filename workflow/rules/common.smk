import re
import sys
from pathlib import Path

from snakemake.exceptions import WorkflowError

from wavedeck.audit.explain.delivered import delivered_files, deliveries
from wavedeck.audit.provenance.code import code_state
from wavedeck.audit.provenance.inputs import place_of, report_inputs
from wavedeck.audit.provenance.manifest import described
from wavedeck.audit.recompute.handover import files_read, recompute_settings
from wavedeck.figures.digits import only_printed_digits
from wavedeck.figures.recipe import store_settings
from wavedeck.figures.impact_recipe import impact_recipe
from wavedeck.figures.recipe import recipe_for
from wavedeck.figures.quote_recipe import quote_settings, quoted_parts
from wavedeck.pages.files import look_digest
from wavedeck.study.base import language_tag
from wavedeck.study.build_config import read_config
from wavedeck.study.code import code_digest
from wavedeck.study.errors import WavedeckError
from wavedeck.study.handover import dump_study, intake_settings, weight_settings
from wavedeck.study.wordless import wordless
from wavedeck.study.plan import Report, chosen_reports, read_studies

DATA = "data/processed/{study}/{wave}/{part}"
STORE = "data/processed/{study}/{wave}"
DRAFT = "data/processed/{study}/{wave}/draft"
REPORT = "reports/{study}/{wave}"
LOG = "logs/{study}/{wave}"
DELIVERED = (
    "deck{suffix}.pptx",
    "deck{suffix}.pdf",
    "ledger{suffix}.csv",
    "figures{suffix}.csv",
    "tables{suffix}.xlsx",
    "ledger_tables{suffix}.csv",
    "charts{suffix}",
    "audit{suffix}",
)

try:
    STUDIES = read_studies(Path("config/studies"), config)
    REPORTS = chosen_reports(STUDIES, config, tell=lambda text: print(text, file=sys.stderr))
except WavedeckError as error:
    raise WorkflowError(str(error)) from None


def wanted(*stages):
    """Return the files of stages for every report of this build."""
    patterns = {
        "intake": [f"{DATA}/responses.parquet"],
        "weight": [f"{DATA}/weights.parquet"],
        "estimate": [f"{DATA}/figures.parquet"],
        "impact": [f"{DATA}/impact_figures.parquet"],
        "store": [f"{STORE}/figures.parquet"],
        "recompute": [f"{STORE}/recompute.csv"],
        "restate": [f"{STORE}/restatements.csv"],
        "store_csv": [f"{DRAFT}/figures{{suffix}}.csv"],
        "chart": [f"{DRAFT}/charts{{suffix}}"],
        "deck": [f"{DRAFT}/deck{{suffix}}.pptx"],
        "pdf": [f"{DRAFT}/deck{{suffix}}.pdf"],
        "workbook": [f"{DRAFT}/tables{{suffix}}.xlsx"],
        "verify": [f"{DRAFT}/verification{{suffix}}.txt", f"{DRAFT}/verification_tables{{suffix}}.txt"],
        "pages": [f"{DRAFT}/audit{{suffix}}"],
        "deliver": [f"{REPORT}/{name}" for name in DELIVERED],
        "provenance": [f"{REPORT}/manifest.json"],
    }
    chosen = [
        (report, pattern)
        for stage in stages
        for pattern in patterns[stage]
        for report in REPORTS
        if stage != "impact" or report.study.impact.analyses
        if stage != "provenance" or report.whole
    ]
    return sorted({path for report, pattern in chosen for path in report.paths(pattern)})


def every_part(name, impact):
    """Return an input function: a file of each wave up to the one built, and of each of its parts.

    A study with analyses of impact has a second file there.
    """

    def files(wildcards):
        names = [name, impact] if STUDIES[wildcards.study].impact.analyses else [name]
        return [path for one in names for path in of_every_part(one)(wildcards)]

    return files


def of_every_part(name):
    """Return an input function: a file of each wave up to the one built, and of each of its parts."""

    def files(wildcards):
        study = STUDIES[wildcards.study]
        places = [(wave, part) for wave in study.waves_until(wildcards.wave) for part in study.parts_in(wave)]
        return [f"{DATA}/{name}".format(study=study.name, wave=wave, part=part) for wave, part in places]

    return files


def behind_pages(wildcards):
    """Return what intake, weighting and impact left of each wave and part."""
    names = ["responses.parquet", "weights.parquet", "certificate.json"]
    names += ["cleaning_log.csv", "dispositions.csv", "findings.csv"]
    if STUDIES[wildcards.study].impact.analyses:
        names += ["impact.json", "impact_findings.csv"]
    return [path for name in names for path in of_every_part(name)(wildcards)]


def declarations(wildcards):
    """Return the files whose lines a trace names."""
    folder = STUDIES[wildcards.study].folder
    return [str(path) for path in (folder / "indicators.yaml", folder / "impact.yaml") if path.is_file()]


def raw_file(wildcards):
    return STUDIES[wildcards.study].raw_file(wildcards.part, wildcards.wave)


def coding_file(wildcards):
    """Return the file with codes of open answers, where a part has one in a wave."""
    declared = STUDIES[wildcards.study].verbatims.coding(wildcards.part, wildcards.wave)
    return [declared.path(wildcards.wave)] if declared else []


def quoted(wildcards, pattern):
    """Return a file of each part of which quotes are chosen."""
    parts = quoted_parts(STUDIES[wildcards.study], wildcards.wave)
    return [pattern.format(study=wildcards.study, wave=wildcards.wave, part=part) for part in parts]


def cleared_files(wildcards):
    """Return the file with cleared texts of each part of which quotes are chosen."""
    study = STUDIES[wildcards.study]
    parts = quoted_parts(study, wildcards.wave)
    return [study.verbatims.cleared(part, wildcards.wave).path(wildcards.wave) for part in parts]


def quotes_file(wildcards):
    """Return the file with quotes, where a study chooses some in a wave."""
    return quoted(wildcards, f"{STORE}/quotes.csv")[:1]


def house(name):
    """Return an input function: a file of the study's house templates, the study's own folder first."""

    def file(wildcards):
        path = f"templates/{STUDIES[wildcards.study].settings.house}/{name}"
        return path if Path(path).exists() else f"{workflow.basedir}/{path}"

    return file


def texts(wildcards):
    return sorted(map(str, Path("templates", wildcards.study).glob("*.j2")))


def language(wildcards):
    return wildcards.suffix[1:] or STUDIES[wildcards.study].settings.languages[0]


def is_strict(wildcards):
    """Tell whether a claim that does not hold keeps a report from being delivered."""
    return read_config(config).strict or STUDIES[wildcards.study].settings.claims == "strict"


def report_title(wildcards):
    return STUDIES[wildcards.study].report_title(wildcards.wave, language(wildcards))


def study_settings(wildcards):
    """Return the whole study as plain data, for the stages that write reports."""
    return dump_study(STUDIES[wildcards.study])


def languages_of(wildcards):
    """Return the languages of a report, the main one first."""
    asked = [one.languages for one in REPORTS if (one.study.name, one.wave) == tuple(wildcards[:2])]
    return asked[0] if asked else tuple(STUDIES[wildcards.study].settings.languages)


def delivered(wildcards):
    """Return what is delivered of a report in all its languages."""
    whole = Report(STUDIES[wildcards.study], wildcards.wave, languages_of(wildcards))
    return list(dict.fromkeys(path for name in DELIVERED for path in whole.paths(f"{REPORT}/{name}")))


def drafts(wildcards):
    """Return, by its name in the report's folder, each verified draft that is delivered."""
    tops = REPORT.format(**wildcards), DRAFT.format(**wildcards)
    names = [path.removeprefix(f"{tops[0]}/") for path in delivered(wildcards)]
    return {name: f"{tops[1]}/{'whole_' if name.startswith('ledger.') else ''}{name}" for name in names}


def inputs_of(wildcards):
    """Return kind and path of every file that a report rests on."""
    found = report_inputs(STUDIES[wildcards.study], wildcards.wave, root=Path())
    return [list(one) for one in found]


def files_behind(wildcards):
    """Return where every file stands that a report rests on."""
    study = STUDIES[wildcards.study]
    found = report_inputs(study, wildcards.wave, root=Path())
    return [str(place_of(one, study, root=Path())) for one in found]


def kept_inside(wildcards):
    """Return the files of a report that stay inside: respondents, weights, and both stores."""
    stores = [f"{kind}{name}.parquet" for kind in ("full_", "") for name in ("figures", "comparisons")]
    names = [*stores, "methods.json", "recompute.csv"]
    parts = [
        path for name in ("responses", "weights") for path in of_every_part(f"{name}.parquet")(wildcards)
    ]
    return parts + [f"{STORE}/{name}".format(**wildcards) for name in names]
