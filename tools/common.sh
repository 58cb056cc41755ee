# Shared by the scripts in this folder; to be sourced. They run with bash, from the root of the project.
UV_VERSION=0.13.9
UV=.setup/uv/bin/uv

say() { printf '%s\n' "$*"; }

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

# Prints the prefix that lets a command write to the system; fails where there is none.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        echo env
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        echo "sudo -n env"
    else
        return 1
    fi
}

has_apt() { command -v apt-get >/dev/null; }

# Waits for another apt; what it says goes to .setup/apt.log, errors to the screen too.
apt_get() {
    local root
    root=$(as_root)
    mkdir -p .setup
    # shellcheck disable=SC2086
    $root DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -qq "$@" >>.setup/apt.log
}

explain_system() {
    case "$(uname -s)" in
        Linux) ;;
        Darwin) fail "wavedeck is set up on Debian or Ubuntu. On macOS: use the container (see Dockerfile):" \
            "    docker build -t wavedeck . && docker run --rm -v \"\$PWD/reports:/wavedeck/reports\" wavedeck" ;;
        *) fail "wavedeck is set up on Debian or Ubuntu. On Windows: run it in WSL (wsl --install -d Debian)" \
            "or in the container (see Dockerfile):" \
            "    docker build -t wavedeck . && docker run --rm -v \"\$PWD/reports:/wavedeck/reports\" wavedeck" ;;
    esac
}

# Prints the newest fit python3 that is found first; fails where none is 3.11 or newer.
find_python() {
    local candidate
    for candidate in python3 python3.11 python3.12 python3.13 python3.14; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

need_python() {
    PYTHON=$(find_python) || fail \
        "wavedeck needs Python 3.11 or newer; found: $(python3 --version 2>/dev/null || echo none)." \
        "Install one, for example:" \
        "    sudo apt-get install python3.11 python3.11-venv"
}

has_venv() { "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null; }

# Debian keeps ensurepip apart from Python.
need_venv() {
    if has_venv; then return; fi
    local package
    package=$("$PYTHON" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if has_apt && as_root >/dev/null; then
        say "Installing $package ..."
        apt_get update && apt_get install -y --no-install-recommends "$package"
    fi
    has_venv || fail "$PYTHON lacks the module venv, which Debian and Ubuntu keep apart. Install it:" \
        "    sudo apt-get install $package"
}

# Keeps a uv of our own version apart from whatever the machine has.
need_uv() {
    if [ "$("$UV" --version 2>/dev/null | cut -d ' ' -f 2)" = "$UV_VERSION" ]; then return; fi
    need_python
    need_venv
    say "Installing uv $UV_VERSION into .setup/uv ..."
    rm -rf .setup/uv
    "$PYTHON" -m venv .setup/uv
    .setup/uv/bin/python -m pip install --quiet --disable-pip-version-check "uv==$UV_VERSION"
}
