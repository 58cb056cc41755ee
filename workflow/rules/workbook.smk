rule workbook:
    input:
        figures=f"{STORE}/figures.parquet",
        comparisons=f"{STORE}/comparisons.parquet",
        style=house("style.yaml"),
    output:
        tables=f"{DRAFT}/tables{{suffix}}.xlsx",
    log:
        f"{LOG}/workbook{{suffix}}.log",
    params:
        study=study_settings,
        language=language,
        code=code_digest("wavedeck.render.book.book"),
    message:
        "Writing the table book of {wildcards.study} {wildcards.wave}"
    script:
        "../scripts/workbook.py"


rule verify_workbook:
    input:
        tables=f"{DRAFT}/tables{{suffix}}.xlsx",
        figures=f"{STORE}/figures.parquet",
        comparisons=f"{STORE}/comparisons.parquet",
        full_figures=f"{STORE}/full_figures.parquet",
        full_comparisons=f"{STORE}/full_comparisons.parquet",
    output:
        ledger=f"{DRAFT}/ledger_tables{{suffix}}.csv",
        counts=f"{DRAFT}/verification_tables{{suffix}}.txt",
    log:
        f"{LOG}/verify_workbook{{suffix}}.log",
    params:
        study=study_settings,
        language=language,
        code=code_digest("wavedeck.audit.verify.report"),
    message:
        "Verifying the table book of {wildcards.study} {wildcards.wave}"
    script:
        "../scripts/verify_workbook.py"


rule all_workbook:
    input:
        wanted("workbook"),
