from snakemake.utils import min_version

min_version("9.0")


configfile: "config/config.yaml"


include: "workflow/rules/common.smk"
include: "workflow/rules/responses.smk"
include: "workflow/rules/figures.smk"
include: "workflow/rules/verbatims.smk"
include: "workflow/rules/impact.smk"
include: "workflow/rules/report.smk"
include: "workflow/rules/restatements.smk"
include: "workflow/rules/workbook.smk"
include: "workflow/rules/verify.smk"
include: "workflow/rules/pages.smk"
include: "workflow/rules/audit.smk"
include: "workflow/rules/provenance.smk"


wildcard_constraints:
    study="|".join(map(re.escape, sorted(STUDIES))) or "none",
    wave="|".join(sorted({wave for study in STUDIES.values() for wave in study.wave_names})) or "none",
    part="|".join(sorted({part for study in STUDIES.values() for part in study.settings.parts})) or "none",
    suffix=r"(\.[a-z]{2})?",


rule all:
    default_target: True
    input:
        wanted("deliver", "provenance", "restate"),
