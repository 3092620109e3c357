#!/usr/bin/env bash
# Installs what is missing and nothing else: setup.sh runtime | test | samples
#
# System packages come from apt (with sudo when not root), Python packages into .venv at the versions of
# requirements.lock. A second run finds everything there and says nothing. uv is used where present.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/system_packages.sh
. scripts/system_packages.sh

purpose=${1:-runtime}
case $purpose in
    runtime) extra='' ;;
    test | samples) extra='[dev]' ;;
    *) echo "setup.sh: runtime, test or samples, not '$purpose'" >&2; exit 2 ;;
esac

find_python() {
    local candidate
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    echo "Motcua needs Python 3.11 or newer (apt-get install python3), or name one: make setup PYTHON=/path/to/python3" >&2
    return 1
}

quietly() {
    local log
    log=$(mktemp)
    if "$@" >"$log" 2>&1; then
        rm -f "$log"
    else
        cat "$log" >&2
        rm -f "$log"
        return 1
    fi
}

make_venv() {
    if .venv/bin/python -c '' 2>/dev/null; then return; fi
    rm -rf .venv
    if has_uv; then
        UV_PYTHON_DOWNLOADS=never quietly uv venv -q --python "$python" .venv
    else
        quietly "$python" -m venv .venv
    fi
}

install_python_packages() {
    local wanted stamp=.venv/.installed-for-${extra:-runtime}
    wanted=$(cat pyproject.toml requirements.lock | sha256sum)
    if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then return; fi
    echo "Installing Python packages into .venv; the first time takes a minute or two." >&2
    if has_uv; then
        VIRTUAL_ENV=$PWD/.venv quietly uv pip install -q -c requirements.lock -e ".$extra"
    else
        .venv/bin/python -m pip --version >/dev/null 2>&1 || quietly .venv/bin/python -m ensurepip
        quietly .venv/bin/python -m pip install -q --disable-pip-version-check -c requirements.lock -e ".$extra"
    fi
    echo "$wanted" >"$stamp"
    # the packages of the tests include those of the product
    if [ -n "$extra" ]; then echo "$wanted" >.venv/.installed-for-runtime; fi
}

python=$(find_python)
need_system_packages "$purpose" "$python"
make_venv
install_python_packages
