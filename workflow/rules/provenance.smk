rule provenance:
    input:
        delivered=delivered,
        read=files_behind,
        internal=kept_inside,
    output:
        manifest=f"{REPORT}/manifest.json",
        crate=f"{REPORT}/ro-crate-metadata.json",
        workflow=f"{REPORT}/workflow/Snakefile",
    log:
        f"{LOG}/provenance.log",
    params:
        about=lambda wildcards: described(STUDIES[wildcards.study], wildcards.wave, languages_of(wildcards)),
        inputs=inputs_of,
        drafts=drafts,
        program=code_state(Path(workflow.basedir)),
        code=code_digest("wavedeck.audit.provenance.stage"),
    message:
        "Listing what the report of {wildcards.study} {wildcards.wave} rests on and what was delivered"
    script:
        "../scripts/provenance.py"
