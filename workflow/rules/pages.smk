rule pages:
    input:
        deck=f"{DRAFT}/deck{{suffix}}.pptx",
        pdf=f"{DRAFT}/deck{{suffix}}.pdf",
        ledger=f"{DRAFT}/whole_ledger{{suffix}}.csv",
        verified=f"{DRAFT}/verification{{suffix}}.txt",
        csv=f"{DRAFT}/figures{{suffix}}.csv",
        tables=f"{DRAFT}/tables{{suffix}}.xlsx",
        ledger_tables=f"{DRAFT}/ledger_tables{{suffix}}.csv",
        verified_tables=f"{DRAFT}/verification_tables{{suffix}}.txt",
        figures=f"{STORE}/figures.parquet",
        comparisons=f"{STORE}/comparisons.parquet",
        full_figures=f"{STORE}/full_figures.parquet",
        full_comparisons=f"{STORE}/full_comparisons.parquet",
        methods=f"{STORE}/methods.json",
        recomputed=f"{STORE}/recompute.csv",
        parts=behind_pages,
        raw=lambda wildcards: files_read(STUDIES[wildcards.study], wildcards.wave),
        declared=declarations,
    output:
        public=directory(f"{DRAFT}/audit{{suffix}}"),
        internal=directory(f"{STORE}/audit{{suffix}}"),
    log:
        f"{LOG}/pages{{suffix}}.log",
    params:
        study=study_settings,
        language=language,
        look=look_digest(),
        code=code_digest("wavedeck.pages.site"),
    message:
        "Writing the audit pages of {wildcards.study} {wildcards.wave}"
    script:
        "../scripts/pages.py"


rule all_pages:
    input:
        wanted("pages"),
