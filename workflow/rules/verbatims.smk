rule quotes:
    input:
        responses=lambda wildcards: quoted(wildcards, f"{DATA}/responses.parquet"),
        cleared=cleared_files,
    output:
        quotes=f"{STORE}/quotes.csv",
        sources=f"{STORE}/quote_log.csv",
        findings=f"{STORE}/quote_findings.csv",
    log:
        f"{LOG}/quotes.log",
    params:
        settings=lambda wildcards: wordless(quote_settings(STUDIES[wildcards.study], wildcards.wave)),
        code=code_digest("wavedeck.figures.quotes"),
    message:
        "Choosing quotes for {wildcards.study} {wildcards.wave}"
    script:
        "../scripts/quotes.py"
