rule recompute:
    input:
        figures=f"{STORE}/full_figures.parquet",
        comparisons=f"{STORE}/full_comparisons.parquet",
        responses=of_every_part("responses.parquet"),
        weights=of_every_part("weights.parquet"),
        raw=lambda wildcards: files_read(STUDIES[wildcards.study], wildcards.wave),
    output:
        outcome=f"{STORE}/recompute.csv",
    log:
        f"{LOG}/recompute.log",
    params:
        settings=lambda wildcards: recompute_settings(STUDIES[wildcards.study]),
        code=code_digest("wavedeck.audit.recompute.stage", "wavedeck.audit.recompute.outcome"),
    message:
        "Recomputing the figures of {wildcards.study} {wildcards.wave} by a second route"
    script:
        "../scripts/recompute.py"


rule all_recompute:
    input:
        wanted("recompute"),
