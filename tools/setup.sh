#!/usr/bin/env bash
# Set up what wavedeck needs: `setup.sh` does everything, `setup.sh python` and `setup.sh system` a part;
# `setup.sh browser` installs the browser in which the tests open the audit pages.
# Quick when all is there already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tools/common.sh

# --- Python packages ---

python_stamp() { { pwd && cat tools/common.sh pyproject.toml requirements.lock; } | sha256sum; }

# A virtual environment does not survive a move, nor the removal of its Python.
venv_fits() {
    grep -qF "'$PWD/.venv'" .venv/bin/activate 2>/dev/null &&
        .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

setup_python() {
    if [ -x .venv/bin/wavedeck ] && [ "$(python_stamp)" = "$(cat .setup/stamp 2>/dev/null)" ]; then return; fi
    need_python
    need_uv
    export UV_PYTHON_DOWNLOADS=never
    venv_fits || "$UV" venv --quiet --clear --python "$PYTHON" .venv
    say "Installing the Python packages of requirements.lock into .venv ..."
    "$UV" pip sync --quiet --python .venv/bin/python --require-hashes --compile-bytecode requirements.lock
    "$UV" pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e .
    python_stamp >.setup/stamp
}

# --- LibreOffice, fonts, poppler ---

OFFICE=libreoffice-impress-nogui
TRIED_OFFICE=25.2

has_impress() {
    local office
    office=$(command -v soffice) && [ -e "$(dirname "$(readlink -f "$office")")/libsdlo.so" ]
}

has_font() { fc-list : family 2>/dev/null | grep "$1" >/dev/null; }

missing_packages() {
    has_impress || echo "$OFFICE"
    command -v fc-list >/dev/null || echo fontconfig
    has_font Carlito || echo fonts-crosextra-carlito
    has_font Caladea || echo fonts-crosextra-caladea
    has_font 'Liberation Sans' || echo fonts-liberation
    command -v pdftoppm >/dev/null || echo poppler-utils
}

# Only the LibreOffice of bookworm is too old for us; its backports have a newer one.
backports_suite() {
    if grep -q '^VERSION_CODENAME=bookworm' /etc/os-release 2>/dev/null; then echo bookworm-backports; fi
}

know_backports() {
    local root
    if apt-cache policy | grep -q "n=$1"; then return; fi
    root=$(as_root)
    # shellcheck disable=SC2086
    $root python3 tools/backports.py "$1" && apt_get update
}

install_office() {
    local suite
    suite=$(backports_suite)
    if [ -n "$suite" ] && know_backports "$suite" &&
        apt_get install -y --no-install-recommends -t "$suite" "$OFFICE"; then return; fi
    apt_get install -y --no-install-recommends "$OFFICE"
}

explain_missing() {
    fail "$1 Still missing: $(echo "$2" | tr '\n' ' ')" \
        "Have this run once by somebody who may install software, then try again:" \
        "    sudo tools/setup.sh system" \
        "which comes down to" \
        "    sudo apt-get update && sudo apt-get install --no-install-recommends $(echo "$2" | tr '\n' ' ')"
}

note_old_office() {
    local version
    version=$(dpkg-query -W -f '${Version}' libreoffice-core-nogui 2>/dev/null ||
        dpkg-query -W -f '${Version}' libreoffice-core 2>/dev/null || true)
    version=${version#*:}
    version=$(echo "$version" | cut -d . -f 1,2)
    if [ -n "$version" ] && [ "$(printf '%s\n' "$version" "$TRIED_OFFICE" | sort -V | head -n 1)" != "$TRIED_OFFICE" ]; then
        say "Note: LibreOffice is $version; wavedeck was tried with $TRIED_OFFICE. With an older one deck.pdf is made," \
            "but may lack the alternative text of charts, their data tables and the number formats of axes" \
            "(7.4 lacks all of these), and may not pass as PDF/UA. deck.pptx is the same."
    fi
}

setup_system() {
    local missing
    missing=$(missing_packages)
    if [ -n "$missing" ]; then
        has_apt || explain_missing "This system has no apt-get." "$missing"
        as_root >/dev/null || explain_missing "This account may not install software." "$missing"
        say "Installing $(echo "$missing" | tr '\n' ' ')..."
        apt_get update
        case "$missing" in *"$OFFICE"*) install_office ;; esac
        # shellcheck disable=SC2046
        apt_get install -y --no-install-recommends $(echo "$missing" | grep -v "^$OFFICE$" || true)
        missing=$(missing_packages)
        [ -z "$missing" ] || explain_missing "The installation did not bring everything." "$missing"
    fi
    note_old_office
}

# --- A browser, for tests of pages only ---

has_browser() { command -v chromium >/dev/null || command -v google-chrome >/dev/null; }

# Ubuntu has Chromium as a snap only, which does not run everywhere; tests of pages skip there and say why.
setup_browser() {
    if has_browser; then return; fi
    if has_apt && as_root >/dev/null && [ "$(. /etc/os-release && echo "$ID")" = debian ]; then
        say "Installing chromium ..."
        apt_get update
        apt_get install -y --no-install-recommends chromium
    fi
    has_browser || say "Note: there is no Chromium here; the tests that open pages in a browser are skipped."
}

explain_system
mkdir -p .setup
touch .setup/lock .setup/apt.log
if [ -n "${SUDO_UID:-}" ]; then chown "$SUDO_UID" .setup .setup/lock .setup/apt.log; fi
# Two runs at a time would spoil each other's work.
exec 9>.setup/lock
if command -v flock >/dev/null; then flock 9; fi

case "${1:-all}" in
    all)
        setup_python
        setup_system
        ;;
    python) setup_python ;;
    system) setup_system ;;
    browser) setup_browser ;;
    *) fail "usage: tools/setup.sh [all|python|system|browser]" ;;
esac
