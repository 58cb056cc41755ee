#!/usr/bin/env bash
# Copy raw files of studies from $WAVEDECK_DATA/<study>/raw/<wave>/ to data/raw/<study>/<wave>/.
# A file that is there already is never touched.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tools/common.sh

if [ -z "${WAVEDECK_DATA:-}" ]; then exit 0; fi
[ -d "$WAVEDECK_DATA" ] || fail "WAVEDECK_DATA is '$WAVEDECK_DATA', which is not a folder." \
    "It must hold <study>/raw/<wave>/ with the raw files."

folder=${WAVEDECK_DATA%/}
copied=0
while IFS= read -r -d '' source; do
    name=${source#"$folder"/}
    study=${name%%/*}
    target="data/raw/$study/${name#"$study"/raw/}"
    if [ -e "$target" ]; then continue; fi
    mkdir -p "$(dirname "$target")"
    cp "$source" "$target.part"
    mv "$target.part" "$target"
    copied=$((copied + 1))
done < <(find "$folder" -mindepth 4 -path '*/raw/*/*' -type f -print0)
if [ "$copied" -gt 0 ]; then say "Copied $copied raw files into data/raw"; fi
