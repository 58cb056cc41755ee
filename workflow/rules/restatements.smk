rule restate:
    input:
        figures=f"{STORE}/figures.parquet",
        comparisons=f"{STORE}/comparisons.parquet",
        delivered=lambda wildcards: delivered_files(Path(), STUDIES[wildcards.study], wildcards.wave),
    output:
        restatements=f"{STORE}/restatements.csv",
    log:
        f"{LOG}/restate.log",
    params:
        delivered=lambda wildcards: deliveries(Path(), STUDIES[wildcards.study], wildcards.wave),
        language=lambda wildcards: STUDIES[wildcards.study].settings.languages[0],
        code=code_digest("wavedeck.audit.explain.restated"),
    message:
        "Holding the figures of earlier waves of {wildcards.study} {wildcards.wave} against what was delivered"
    script:
        "../scripts/restate.py"
