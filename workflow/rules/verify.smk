rule verify:
    input:
        deck=f"{DRAFT}/deck{{suffix}}.pptx",
        pdf=f"{DRAFT}/deck{{suffix}}.pdf",
        figures=f"{STORE}/figures.parquet",
        comparisons=f"{STORE}/comparisons.parquet",
        full_figures=f"{STORE}/full_figures.parquet",
        full_comparisons=f"{STORE}/full_comparisons.parquet",
        quotes=quotes_file,
    output:
        ledger=f"{DRAFT}/whole_ledger{{suffix}}.csv",
        counts=f"{DRAFT}/verification{{suffix}}.txt",
    log:
        f"{LOG}/verify{{suffix}}.log",
    params:
        study=study_settings,
        language=language,
        code=code_digest("wavedeck.audit.verify.report"),
    message:
        "Verifying the report of {wildcards.study} {wildcards.wave}"
    script:
        "../scripts/verify.py"


rule all_verify:
    input:
        wanted("verify"),
