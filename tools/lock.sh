#!/usr/bin/env bash
# Pin every package, with hashes, for all systems; names no package host.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tools/common.sh

explain_system
need_uv
"$UV" pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
    --generate-hashes --no-header --quiet -o requirements.lock "$@"
say "requirements.lock is up to date"
