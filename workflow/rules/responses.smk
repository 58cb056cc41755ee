rule intake:
    input:
        raw=raw_file,
        coding=coding_file,
    output:
        responses=f"{DATA}/responses.parquet",
        log=f"{DATA}/cleaning_log.csv",
        dispositions=f"{DATA}/dispositions.csv",
        findings=f"{DATA}/findings.csv",
    log:
        f"{LOG}/{{part}}/intake.log",
    params:
        settings=lambda wildcards: intake_settings(STUDIES[wildcards.study], wildcards.part, wildcards.wave),
        code=code_digest("wavedeck.intake.run", "wavedeck.intake.write"),
    message:
        "Reading the responses of {wildcards.study} {wildcards.part} {wildcards.wave}"
    script:
        "../scripts/intake.py"


rule weight:
    input:
        responses=f"{DATA}/responses.parquet",
    output:
        weights=f"{DATA}/weights.parquet",
        certificate=f"{DATA}/certificate.json",
    log:
        f"{LOG}/{{part}}/weight.log",
    params:
        settings=lambda wildcards: weight_settings(STUDIES[wildcards.study], wildcards.part),
        code=code_digest("wavedeck.weighting.stage"),
    message:
        "Weighting {wildcards.study} {wildcards.part} {wildcards.wave}"
    script:
        "../scripts/weight.py"


rule all_intake:
    input:
        wanted("intake"),


rule all_weight:
    input:
        wanted("weight"),
