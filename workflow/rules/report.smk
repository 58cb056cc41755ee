rule chart:
    input:
        figures=f"{STORE}/figures.parquet",
        comparisons=f"{STORE}/comparisons.parquet",
        style=house("style.yaml"),
        look=house("wavedeck.mplstyle"),
    output:
        folder=directory(f"{DRAFT}/charts{{suffix}}"),
    log:
        f"{LOG}/chart{{suffix}}.log",
    params:
        study=study_settings,
        language=language,
        code=code_digest("wavedeck.render.compose.report"),
    message:
        "Drawing the charts of {wildcards.study} {wildcards.wave}"
    script:
        "../scripts/chart.py"


rule deck:
    input:
        figures=f"{STORE}/figures.parquet",
        comparisons=f"{STORE}/comparisons.parquet",
        quotes=quotes_file,
        texts=texts,
        style=house("style.yaml"),
        template=house("deck.pptx"),
    output:
        deck=f"{DRAFT}/deck{{suffix}}.pptx",
        ledger=f"{DRAFT}/ledger{{suffix}}.csv",
        claims=f"{DRAFT}/claims{{suffix}}.csv",
    log:
        f"{LOG}/deck{{suffix}}.log",
    params:
        study=study_settings,
        language=language,
        code=code_digest("wavedeck.render.compose.report"),
    message:
        "Writing the deck of {wildcards.study} {wildcards.wave}"
    script:
        "../scripts/deck.py"


rule pdf:
    input:
        deck=f"{DRAFT}/deck{{suffix}}.pptx",
    output:
        pdf=f"{DRAFT}/deck{{suffix}}.pdf",
    log:
        f"{LOG}/pdf{{suffix}}.log",
    params:
        language=lambda wildcards: language_tag(language(wildcards)),
        published=lambda wildcards: STUDIES[wildcards.study].wave(wildcards.wave).published,
        title=report_title,
        code=code_digest("wavedeck.render.pdf"),
    message:
        "Making the PDF of {wildcards.study} {wildcards.wave}"
    script:
        "../scripts/pdf.py"


rule claims:
    input:
        claims=f"{DRAFT}/claims{{suffix}}.csv",
    output:
        seen=f"{DRAFT}/.claims{{suffix}}",
    log:
        f"{LOG}/claims{{suffix}}.log",
    params:
        strict=is_strict,
        code=code_digest("wavedeck.narrative.claims"),
    message:
        "Looking over the claims of {wildcards.study} {wildcards.wave}"
    script:
        "../scripts/claims.py"


rule deliver:
    input:
        deck=f"{DRAFT}/deck{{suffix}}.pptx",
        pdf=f"{DRAFT}/deck{{suffix}}.pdf",
        ledger=f"{DRAFT}/whole_ledger{{suffix}}.csv",
        figures=f"{DRAFT}/figures{{suffix}}.csv",
        tables=f"{DRAFT}/tables{{suffix}}.xlsx",
        ledger_tables=f"{DRAFT}/ledger_tables{{suffix}}.csv",
        charts=f"{DRAFT}/charts{{suffix}}",
        claims=f"{DRAFT}/.claims{{suffix}}",
        recomputed=f"{STORE}/recompute.csv",
        verified=f"{DRAFT}/verification{{suffix}}.txt",
        audit=f"{DRAFT}/audit{{suffix}}",
    output:
        deck=f"{REPORT}/deck{{suffix}}.pptx",
        pdf=f"{REPORT}/deck{{suffix}}.pdf",
        ledger=f"{REPORT}/ledger{{suffix}}.csv",
        figures=f"{REPORT}/figures{{suffix}}.csv",
        tables=f"{REPORT}/tables{{suffix}}.xlsx",
        ledger_tables=f"{REPORT}/ledger_tables{{suffix}}.csv",
        charts=directory(f"{REPORT}/charts{{suffix}}"),
        audit=directory(f"{REPORT}/audit{{suffix}}"),
    log:
        f"{LOG}/deliver{{suffix}}.log",
    params:
        code=code_digest("wavedeck.render.files"),
    message:
        "Putting the report of {wildcards.study} {wildcards.wave} in place"
    script:
        "../scripts/deliver.py"


rule all_chart:
    input:
        wanted("chart"),


rule all_deck:
    input:
        wanted("deck"),


rule all_pdf:
    input:
        wanted("pdf"),
