rule impact:
    input:
        responses=f"{DATA}/responses.parquet",
        weights=f"{DATA}/weights.parquet",
    output:
        figures=f"{DATA}/impact_figures.parquet",
        comparisons=f"{DATA}/impact_comparisons.parquet",
        cards=f"{DATA}/impact.json",
        findings=f"{DATA}/impact_findings.csv",
    log:
        f"{LOG}/{{part}}/impact.log",
    params:
        recipe=lambda wildcards: wordless(
            impact_recipe(STUDIES[wildcards.study], wildcards.part, wildcards.wave)
        ),
        code=code_digest("wavedeck.figures.impact"),
    message:
        "Analysing what drives the judgement in {wildcards.study} {wildcards.part} {wildcards.wave}"
    script:
        "../scripts/impact.py"


rule all_impact:
    input:
        wanted("impact"),
