rule estimate:
    input:
        responses=f"{DATA}/responses.parquet",
        weights=f"{DATA}/weights.parquet",
    output:
        figures=f"{DATA}/figures.parquet",
        comparisons=f"{DATA}/comparisons.parquet",
    log:
        f"{LOG}/{{part}}/estimate.log",
    params:
        recipe=lambda wildcards: wordless(
            recipe_for(STUDIES[wildcards.study], wildcards.part, wildcards.wave)
        ),
        code=code_digest("wavedeck.figures.estimate"),
    message:
        "Computing the figures of {wildcards.study} {wildcards.part} {wildcards.wave}"
    script:
        "../scripts/estimate.py"


rule store:
    input:
        figures=every_part("figures.parquet", impact="impact_figures.parquet"),
        comparisons=every_part("comparisons.parquet", impact="impact_comparisons.parquet"),
    output:
        full_figures=f"{STORE}/full_figures.parquet",
        full_comparisons=f"{STORE}/full_comparisons.parquet",
        figures=f"{STORE}/figures.parquet",
        comparisons=f"{STORE}/comparisons.parquet",
        methods=f"{STORE}/methods.json",
    log:
        f"{LOG}/store.log",
    params:
        settings=lambda wildcards: wordless(store_settings(STUDIES[wildcards.study], wildcards.wave)),
        code=code_digest("wavedeck.figures.assemble", "wavedeck.figures.methods"),
    message:
        "Comparing waves and applying the rules of suppression for {wildcards.study} {wildcards.wave}"
    script:
        "../scripts/store.py"


rule store_csv:
    input:
        figures=f"{STORE}/figures.parquet",
        comparisons=f"{STORE}/comparisons.parquet",
    output:
        csv=f"{DRAFT}/figures{{suffix}}.csv",
    log:
        f"{LOG}/store_csv{{suffix}}.log",
    params:
        language=language,
        printed_digits=lambda wildcards: only_printed_digits(STUDIES[wildcards.study].settings.suppression),
        code=code_digest("wavedeck.figures.export"),
    message:
        "Writing figures{wildcards.suffix}.csv of {wildcards.study} {wildcards.wave}"
    script:
        "../scripts/store_csv.py"


rule all_estimate:
    input:
        wanted("estimate"),


rule all_store:
    input:
        wanted("store", "store_csv"),
